import { parseText, type ParsedText, type PythonSyntax } from './readSyntax';

/** Characters of texts whose trees are kept. */
const mostCharacters = 4_000_000;

/** What a text is for the memory: where it stands, as it was read last. */
interface KeptText extends ParsedText {
  readonly source: string;
}

/**
 * Texts by where they stand, parsed once. A text that changes is parsed from what was there before: a key costs what
 * it changes, not the whole file.
 */
export class SyntaxMemory {
  readonly #kept = new Map<string, KeptText>();
  #characters = 0;

  read(place: string, source: string): PythonSyntax {
    const before = this.#kept.get(place);
    const parsed = before?.source === source ? before : { ...parseText(source, before), source };
    this.#keep(place, parsed);
    return parsed.syntax;
  }

  #keep(place: string, parsed: KeptText): void {
    this.#forget(place);
    this.#kept.set(place, parsed);
    this.#characters += parsed.source.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#characters <= mostCharacters) return;
      this.#forget(oldest);
    }
  }

  #forget(place: string): void {
    this.#characters -= this.#kept.get(place)?.source.length ?? 0;
    this.#kept.delete(place);
  }
}
