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
export type Macros = ReadonlyMap<string, readonly Macro[]>;

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
