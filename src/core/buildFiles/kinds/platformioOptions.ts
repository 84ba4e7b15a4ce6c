import type { IniSection } from '../syntax/ini';
import type { PlacedText } from '../syntax/lines';
import { partsOf } from '../syntax/lines';

/** Levels of values that name others, and characters of what they come to. */
const mostLevels = 10;
const mostLength = 64 * 1024;

/**
 * Options of `platformio.ini` as they hold for a section: its own, those of the sections it extends, those of `[env]`;
 * `${section.option}` is filled in.
 * Source of the order: platformio/platformio-core, project/config.py, walk_options.
 */
export class PlatformioOptions {
  readonly #sections: ReadonlyMap<string, IniSection>;
  readonly #open = new Set<string>();

  constructor(sections: ReadonlyMap<string, IniSection>) {
    this.#sections = sections;
  }

  /** The only line of an option; nothing where it is not known. */
  text(section: string, key: string): PlacedText | undefined {
    const lines = this.lines(section, key);
    return lines.length === 1 && isKnown(lines[0].text) ? lines[0] : undefined;
  }

  /** Values a line each, or in one line with `separator` between them. */
  list(section: string, key: string, separator = ','): readonly PlacedText[] {
    const lines = this.lines(section, key);
    return lines.length === 1 ? partsOf(lines[0], separator) : lines;
  }

  /** The lines of an option. What cannot be filled in stays `${…}`. */
  lines(section: string, key: string): readonly PlacedText[] {
    return this.#filled(section, key, { level: 0, length: 0 });
  }

  /** Whether every flag of a section is known, and no other file changes it. */
  isResolved(section: string): boolean {
    const keys = ['build_flags', 'build_src_flags', 'build_unflags'];
    const isKnownHere = keys.every((key) => this.lines(section, key).every(({ text }) => isKnown(text)));
    return isKnownHere && this.#own('platformio', 'extra_configs').length === 0;
  }

  #filled(section: string, key: string, taken: { level: number; length: number }): readonly PlacedText[] {
    const name = `${section}.${key}`;
    if (taken.level > mostLevels || this.#open.has(name)) return [];
    this.#open.add(name);
    const lines = this.#lookedUp(section, key).flatMap((line) => this.#line(line, section, taken));
    this.#open.delete(name);
    return lines;
  }

  #line(line: PlacedText, section: string, taken: { level: number; length: number }): readonly PlacedText[] {
    const whole = referenceOf(line.text);
    const deeper = { ...taken, level: taken.level + 1 };
    if (whole !== undefined && line.text.length === whole.end) {
      const lines = this.#referred(whole, section, deeper);
      return lines ?? [line];
    }
    let [text, from] = ['', 0];
    for (let found = whole; found !== undefined; found = referenceOf(line.text, from)) {
      const lines = this.#referred(found, section, deeper);
      text += line.text.slice(from, found.start);
      text += lines?.map((each) => each.text).join(' ') ?? line.text.slice(found.start, found.end);
      from = found.end;
      taken.length += text.length;
      if (taken.length > mostLength) return [];
    }
    return [from === 0 ? line : { ...line, text: text + line.text.slice(from), isFilled: true }];
  }

  /** Nothing where the option is one of the system's or is not there. */
  #referred(
    { section: named, key }: Reference,
    from: string,
    taken: { level: number; length: number },
  ): readonly PlacedText[] | undefined {
    const section = named === 'this' ? from : named;
    if (!this.#sections.has(section) && section !== 'env') return undefined;
    if (this.#lookedUp(section, key).length === 0 && !this.#isThere(section, key)) return undefined;
    return this.#filled(section, key, taken);
  }

  #isThere(section: string, key: string): boolean {
    return this.#chain(section).some((name) => this.#sections.get(name)?.options.has(key) === true);
  }

  #lookedUp(section: string, key: string): readonly PlacedText[] {
    const holder = this.#chain(section).find((name) => this.#sections.get(name)?.options.has(key) === true);
    return holder === undefined ? [] : this.#own(holder, key);
  }

  #own(section: string, key: string): readonly PlacedText[] {
    return this.#sections.get(section)?.options.get(key)?.lines ?? [];
  }

  /** Sections in the order in which an option is looked for. */
  #chain(section: string): readonly string[] {
    const open = section.startsWith('env:') ? ['env', section] : [section];
    const chain: string[] = [];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (chain.includes(next) || !this.#sections.has(next) || chain.length > mostLevels * 10) continue;
      chain.push(next);
      const extended = this.#own(next, 'extends').flatMap((line) => partsOf(line, ',').map(({ text }) => text));
      open.push(...extended.reverse());
    }
    return chain;
  }
}

interface Reference {
  readonly section: string;
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/** The first `${section.option}` of a text from an offset on. A section has no dot in its name. */
function referenceOf(text: string, from = 0): Reference | undefined {
  const start = text.indexOf('${', from);
  const end = start < 0 ? -1 : text.indexOf('}', start);
  if (end < 0) return undefined;
  const inner = text.slice(start + 2, end);
  const dot = inner.indexOf('.');
  return { section: inner.slice(0, Math.max(dot, 0)), key: inner.slice(dot + 1), start, end: end + 1 };
}

function isKnown(text: string): boolean {
  return !text.includes('${');
}
