import type { LinkedSection, Memory } from './memories';

/** What an object file gave to the program. */
export interface LinkedObject {
  /** As the linker names it: a path, or an archive with the member in parentheses. */
  readonly name: string;
  /** Code and values, which are kept in flash. */
  readonly flashBytes: number;
}

/** What a map file says. */
export interface LinkerMap {
  /** None where the linker was told of no memories, or does not write them down. */
  readonly memories: readonly Memory[];
  readonly sections: readonly LinkedSection[];
  readonly objects: readonly LinkedObject[];
}

/** The lines of a map file. A line of one is short; of what is longer the beginning is enough. */
export function* mapLines(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    yield text.slice(start, Math.min(end, start + 1000)).trimEnd();
    start = end + 1;
  }
}

/** Sections that are no part of what is loaded; their address is 0, which may be that of a memory. */
export const notLoaded =
  /^\.(?:debug|comment|stab|symtab|strtab|shstrtab|ARM\.attributes|riscv\.attributes|xtensa\.|xt\.|gnu\.|note\.GNU|last_section|esp_flash)/;

/** Sections of object files that take nothing of flash. */
export const takesNoFlash = /^(?:\.s?bss|\.t?bss|\.noinit|\.uninitialized|\.ext_ram|COMMON|\.heap|\.stack)/;

/** Object files of a map, of which more are not looked at. */
const mostObjects = 100_000;

/** Adds up what each object file gives. */
export class ObjectBytes {
  readonly #bytes = new Map<string, number>();

  add(name: string, bytes: number): void {
    if (bytes === 0 || (this.#bytes.size >= mostObjects && !this.#bytes.has(name))) return;
    this.#bytes.set(name, (this.#bytes.get(name) ?? 0) + bytes);
  }

  get all(): readonly LinkedObject[] {
    return [...this.#bytes].map(([name, flashBytes]) => ({ name, flashBytes }));
  }
}
