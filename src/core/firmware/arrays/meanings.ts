import { integerOf, type MacroText, type Meanings } from './attributes';
import type { DirectiveLine } from './directives';
import type { NumberConstant } from './sourceArray';

/** More definitions of one macro are alternatives that nobody reads. */
const mostDefinitions = 8;

/** The macros and constants of one text, as far as it has been read. */
export class KnownMeanings implements Meanings {
  readonly #macros = new Map<string, MacroText[]>();
  readonly #constants = new Map<string, NumberConstant>();

  macros(name: string): readonly MacroText[] {
    return this.#macros.get(name) ?? [];
  }

  value(name: string): number | undefined {
    return this.#constants.get(name)?.value;
  }

  get constants(): readonly NumberConstant[] {
    return [...this.#constants.values()];
  }

  addConstant(constant: NumberConstant): void {
    this.#constants.set(constant.name, constant);
  }

  /** A `#define` line; `lineText` is that line as it stands. */
  define({ rest, start }: DirectiveLine, lineText: string): void {
    const [, name, list, text = ''] = /^([A-Za-z_$][\w$]*)(\([^)]*\))?\s*([^]*)$/.exec(rest) ?? [];
    if (name === undefined) return;
    const parameters = list
      ?.slice(1, -1)
      .split(',')
      .map((each) => each.trim());
    const known = this.#macros.get(name) ?? [];
    if (known.length < mostDefinitions) this.#macros.set(name, [...known, { ...(parameters && { parameters }), text }]);
    const [, digits] = /^\(?\s*([\w']+)\s*\)?$/.exec(text) ?? [];
    const value = digits === undefined || parameters !== undefined ? undefined : integerOf(digits);
    const offset = digits === undefined ? -1 : lineText.lastIndexOf(digits);
    if (value === undefined || digits === undefined || offset < 0) return;
    const valueSpan = { start: start + offset, end: start + offset + digits.length };
    this.addConstant({ name, value, valueSpan });
  }
}
