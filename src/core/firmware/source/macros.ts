import type { Directive } from './maskedText';

/** A `#define`. */
export interface Macro {
  readonly name: string;
  /** Absent for one without parentheses. */
  readonly parameters?: readonly string[];
  readonly body: string;
  /** File and offset of the body; absent for one that the build sets. */
  readonly place?: { readonly file: string; readonly start: number };
  /** Whether it is defined rests on something unknown. */
  readonly isUncertain?: boolean;
}

/** What is known of names at a place: several meanings where it depends on something unknown. */
export type Macros = Pick<ReadonlyMap<string, readonly Macro[]>, 'get' | 'has'>;

/** The macro of a `#define`. */
export function macroOf({ text, textStart }: Directive, file: string): Macro | undefined {
  const match = /^([A-Za-z_]\w*)(\(([^)]*)\))?[ \t]*/.exec(text);
  if (match === null) return undefined;
  const [head, name, call, parameters] = match;
  return {
    name,
    parameters: call === undefined ? undefined : parameters.split(',').map((each) => each.trim()),
    body: text.slice(head.length),
    place: { file, start: textStart + head.length },
  };
}

/** A flag of the build, as a compiler takes it: `-DNAME` is 1. */
export function flagMacro(name: string, value: string): Macro {
  return { name, body: value === '' ? '1' : value };
}

type Meanings = readonly Macro[] | undefined;

/** What happens to names, line by line: one is defined or taken back, or another file defines whatever it does. */
type Event =
  | { readonly macro: Macro; readonly isSure: boolean }
  | { readonly forgotten: string }
  | { readonly included: Macros; readonly isSure: boolean };

/** Files that include each other are followed so far. */
const mostHeight = 200;

/**
 * The names of a file as its lines are gone through. Nothing is copied from what it includes: a name is looked up when
 * it is asked for, and what was found is kept, so that the work does not grow with the headers of a framework.
 */
export class FileMacros implements Macros {
  readonly #before: Macros;
  readonly #events: Event[] = [];
  readonly #found = new Map<string, { meanings: Meanings; upTo: number }>();
  /** Where the events of each own name and those of included files stand. */
  readonly #own = new Map<string, number[]>();
  readonly #includes: number[] = [];
  #height = 0;

  constructor(before: Macros) {
    this.#before = before;
  }

  define(macro: Macro, isSure: boolean): void {
    this.#note(macro.name, { macro, isSure });
  }

  forget(name: string): void {
    this.#note(name, { forgotten: name });
  }

  include(included: Macros, isSure: boolean): void {
    const height = included instanceof FileMacros ? included.#height + 1 : 1;
    if (height > mostHeight) return;
    this.#height = Math.max(this.#height, height);
    this.#includes.push(this.#events.length);
    this.#events.push({ included, isSure });
  }

  get(name: string): Meanings {
    const known = this.#found.get(name) ?? { meanings: this.#before.get(name), upTo: 0 };
    const places = [...after(this.#own.get(name) ?? [], known.upTo), ...after(this.#includes, known.upTo)];
    let { meanings } = known;
    for (const place of places.sort((left, right) => left - right))
      meanings = following(meanings, this.#events[place], name);
    this.#found.set(name, { meanings, upTo: this.#events.length });
    return meanings;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  #note(name: string, event: Event): void {
    const own = this.#own.get(name);
    if (own === undefined) this.#own.set(name, [this.#events.length]);
    else own.push(this.#events.length);
    this.#events.push(event);
  }
}

function after(places: readonly number[], from: number): readonly number[] {
  let at = places.length;
  while (at > 0 && places[at - 1] >= from) at -= 1;
  return places.slice(at);
}

function following(meanings: Meanings, event: Event, name: string): Meanings {
  if ('forgotten' in event) return undefined;
  if ('macro' in event) return event.isSure ? [event.macro] : withUncertain(meanings, [event.macro]);
  const added = event.included.get(name);
  if (added === undefined) return meanings;
  return event.isSure ? added : withUncertain(meanings, added);
}

/** What a header means that several others include is one meaning. */
function withUncertain(meanings: readonly Macro[] = [], added: readonly Macro[]): readonly Macro[] {
  const fresh = added.filter(
    ({ body, place }) =>
      !meanings.some(
        (each) => each.body === body && each.place?.start === place?.start && each.place?.file === place?.file,
      ),
  );
  return fresh.length === 0 ? meanings : [...meanings, ...fresh.map((macro) => ({ ...macro, isUncertain: true }))];
}
