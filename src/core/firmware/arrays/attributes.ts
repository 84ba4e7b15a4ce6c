import { lookup } from '../../text/lookup';

/** What attributes and macros of a declaration say. */
interface Attributes {
  readonly alignBytes?: number;
  readonly section?: string;
  readonly isProgmem: boolean;
  readonly unknownWords: readonly string[];
}

/** Macros of a text and of well-known headers, and its constants. */
export interface Meanings {
  /**
   * The definition of a macro: its parameters (absent for one without) and its text. Several where branches define it.
   */
  macros(name: string): readonly MacroText[];
  /** The value of a constant. */
  value(name: string): number | undefined;
}

export interface MacroText {
  readonly parameters?: readonly string[];
  readonly text: string;
}

/**
 * Macros that come with toolchains and frameworks. Sources: avr-libc, CMSIS-Core, Zephyr's toolchain.h, ESP-IDF's
 * esp_attr.h.
 */
const wellKnown = lookup<MacroText>({
  PROGMEM: { text: '__attribute__((__progmem__))' },
  ICACHE_RODATA_ATTR: { text: '' },
  __ALIGNED: { parameters: ['x'], text: '__attribute__((aligned(x)))' },
  __aligned: { parameters: ['x'], text: '__attribute__((aligned(x)))' },
  WORD_ALIGNED_ATTR: { text: '__attribute__((aligned(4)))' },
  DMA_ATTR: { text: '__attribute__((aligned(4)))' },
  __section: { parameters: ['x'], text: '__attribute__((section(x)))' },
  DRAM_ATTR: { text: '__attribute__((section(".dram1")))' },
  EXT_RAM_BSS_ATTR: { text: '__attribute__((section(".ext_ram.bss")))' },
  EXT_RAM_ATTR: { text: '__attribute__((section(".ext_ram.bss")))' },
});

/** Words that neither align nor place anything. */
const plainWords = new Set(
  'const constexpr constinit static extern inline volatile mutable register thread_local restrict used unused maybe_unused gnu using weak visibility'
    .split(' ')
    .flatMap((word) => [word, `__${word}__`, `__${word}`]),
);

/** Macros within macros are followed this far, and so many words are looked at in all. */
const deepest = 4;
const mostWords = 200;

/** What the words of a declaration, without those of its type and name, say by attributes. */
export function attributesOf(words: readonly string[], meanings: Meanings): Attributes {
  return attributesWithin(words, { meanings, depth: 0, budget: { words: mostWords } });
}

function attributesWithin(words: readonly string[], context: Context): Attributes {
  let found: Attributes = { isProgmem: false, unknownWords: [] };
  for (let at = 0; at < words.length && context.budget.words-- > 0;) {
    const end = words[at + 1] === '(' ? closing(words, at + 1) + 1 : at + 1;
    const inner = end > at + 1 ? words.slice(at + 2, end - 1) : undefined;
    found = joined(found, one(words[at], inner, context));
    at = end;
  }
  return found;
}

interface Context {
  readonly meanings: Meanings;
  readonly depth: number;
  readonly budget: { words: number };
}

function one(word: string, inner: readonly string[] | undefined, context: Context): Attributes {
  const { meanings, depth } = context;
  const nothing: Attributes = { isProgmem: false, unknownWords: [] };
  const unknown: Attributes = { isProgmem: false, unknownWords: [inner ? `${word}(${inner.join('')})` : word] };
  const name = word.replace(/^__|__$/g, '');
  if (!/^[A-Za-z_]/.test(word) || plainWords.has(word)) return nothing;
  if (['attribute', 'declspec'].includes(name)) return attributesWithin(inner ?? [], context);
  if (['alignas', '_Alignas', 'aligned', 'align'].includes(name) && inner !== undefined) {
    const bytes = alignment(inner, meanings);
    return bytes === undefined ? unknown : { ...nothing, alignBytes: bytes };
  }
  if (name === 'section') return { ...nothing, section: (inner ?? []).join('').replaceAll('"', '') };
  if (name === 'progmem') return { ...nothing, isProgmem: true };
  const macros = [...meanings.macros(word), ...(wellKnown[word] === undefined ? [] : [wellKnown[word]])];
  if (macros.length === 0 || depth >= deepest) return unknown;
  const within = { ...context, depth: depth + 1 };
  const said = macros.map((macro) => attributesWithin(expanded(macro, inner ?? []), within));
  return said.find((each) => each.alignBytes !== undefined) ?? said.find(({ section }) => section) ?? said[0];
}

/**
 * Bytes of an alignment: a number, a constant, or a product of such. `aligned` alone means the largest of the machine.
 */
function alignment(words: readonly string[], meanings: Meanings): number | undefined {
  const factors = words.filter((word) => !['(', ')', '*'].includes(word));
  const values = factors.map((word) => integerOf(word) ?? meanings.value(word) ?? typeAlignments[word]);
  const product = values.reduce<number | undefined>((all, each) => all && each && all * each, 1);
  return factors.length > 0 && product !== undefined && product > 0 ? product : undefined;
}

const typeAlignments = lookup<number>({ int: 4, float: 4, uint32_t: 4, int32_t: 4, uint64_t: 8, double: 8, long: 4 });

/** An integer literal of C. */
export function integerOf(word: string): number | undefined {
  const [, digits] = /^(0[xX][\da-fA-F']+|0[bB][01']+|\d[\d']*)[uUlLzZ]*$/.exec(word) ?? [];
  if (digits === undefined) return undefined;
  const plain = digits.replaceAll("'", '');
  const value = /^0\d/.test(plain) ? Number(`0o${plain.slice(1)}`) : Number(plain);
  return Number.isSafeInteger(value) ? value : undefined;
}

function joined(first: Attributes, second: Attributes): Attributes {
  const alignBytes = Math.max(first.alignBytes ?? 0, second.alignBytes ?? 0);
  const section = second.section ?? first.section;
  return {
    ...(alignBytes === 0 ? {} : { alignBytes }),
    ...(section === undefined ? {} : { section }),
    isProgmem: first.isProgmem || second.isProgmem,
    unknownWords: [...first.unknownWords, ...second.unknownWords],
  };
}

/** A macro's text with its arguments in place, as words. */
function expanded({ parameters, text }: MacroText, inner: readonly string[]): readonly string[] {
  const words = wordsOf(text);
  if (parameters === undefined || parameters.length !== 1) return words;
  return words.flatMap((word) => (word === parameters[0] ? inner : [word]));
}

/** Words, numbers, literals and punctuators of a short text. */
function wordsOf(text: string): readonly string[] {
  return text.slice(0, 500).match(/[A-Za-z_$]\w*|\d[\w']*|"[^"]*"|::|\S/g) ?? [];
}

/** Index of the parenthesis that closes the one at `open`; the last index where none does. */
function closing(words: readonly string[], open: number): number {
  let depth = 0;
  for (let at = open; at < words.length; at++) {
    if (words[at] === '(') depth++;
    else if (words[at] === ')' && --depth === 0) return at;
  }
  return words.length;
}
