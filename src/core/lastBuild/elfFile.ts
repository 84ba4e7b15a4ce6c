import type { LinkedSection } from './memories';

/** A variable or function of a program. */
interface ElfSymbol {
  /** As the linker has it, mangled. */
  readonly name: string;
  readonly address: number;
  readonly bytes: number;
}

/** The program that was linked last, as far as its headers say. */
export interface ElfFile {
  readonly sections: readonly LinkedSection[];
  /** Of all sections that are kept in flash or copied from there. */
  readonly loadedBytes: number;
  /** Variables alone, those of the file's own among them. */
  readonly variables: readonly ElfSymbol[];
}

/**
 * Headers, segments and symbols of which a program for a microcontroller has no more: the largest has some hundred
 * sections, ten segments and 100,000 symbols.
 */
const mostHeaders = 0xffff;
const mostSegments = 256;
const mostSymbols = 1_000_000;
const mostNameLength = 1000;
/** All names together, as a multiple of the file: linkers let names share their ends, no more. */
const mostShared = 4;

const [typeNoBits, typeSymbols] = [8, 2];
const flagAlloc = 2;
const objectSymbol = 1;

/**
 * A program for a microcontroller, whose addresses have 32 bits; nothing for other files, and for one whose tables do
 * not lie in it. Source: TIS Portable Formats Specification 1.2, "Executable and Linkable Format".
 */
export function readElf(bytes: Uint8Array): ElfFile | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 52 || view.getUint32(0) !== 0x7f454c46 || bytes[4] !== 1) return undefined;
  const [isLittle, isExecutable] = [bytes[5] === 1, view.getUint16(16, bytes[5] === 1) === 2];
  if (!isExecutable) return undefined;
  const words = new Words(view, isLittle);
  const [programs, programSize, programCount] = [words.word(28), words.half(42), words.half(44)];
  const [headers, size, count, names] = [words.word(32), words.half(46), words.half(48), words.half(50)];
  if (size < 40 || count === 0 || count > mostHeaders || headers + size * count > bytes.length) return undefined;
  if (programCount > mostSegments) return undefined;
  if (programCount > 0 && (programSize < 32 || programs + programSize * programCount > bytes.length)) return undefined;
  const all = Array.from({ length: count }, (_, index) => headerAt(words, headers + size * index));
  const nameTable = all.at(names);
  if (names >= count || nameTable === undefined || !isInside(nameTable, bytes)) return undefined;
  if (all.some((header) => header.type !== typeNoBits && header.type !== 0 && !isInside(header, bytes)))
    return undefined;
  const segments = Array.from({ length: programCount }, (_, index) => segmentAt(words, programs + programSize * index));
  const linked = all.filter(({ flags, bytes: length }) => (flags & flagAlloc) !== 0 && length > 0);
  const loaded = linked.filter(({ type }) => type !== typeNoBits);
  const sections = linked.map((header): LinkedSection => {
    const keptAt = header.type === typeNoBits ? undefined : loadAddress(header, segments);
    return {
      name: textAt(bytes, nameTable, header.name),
      address: header.address,
      bytes: header.bytes,
      ...(keptAt === undefined || keptAt === header.address ? {} : { keptAt }),
    };
  });
  const loadedBytes = loaded.reduce((sum, header) => sum + header.bytes, 0);
  // A program has one table of symbols at the most: others would be the same bytes again.
  const symbols = all.find(({ type }) => type === typeSymbols);
  return { sections, loadedBytes, variables: symbols === undefined ? [] : symbolsOf(bytes, words, { all, symbols }) };
}

/** Reads numbers of the file's byte order. */
class Words {
  readonly #view: DataView;
  readonly #isLittle: boolean;

  constructor(view: DataView, isLittle: boolean) {
    this.#view = view;
    this.#isLittle = isLittle;
  }

  word(at: number): number {
    return this.#view.getUint32(at, this.#isLittle);
  }

  half(at: number): number {
    return this.#view.getUint16(at, this.#isLittle);
  }
}

interface Header {
  readonly name: number;
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly offset: number;
  readonly bytes: number;
  readonly link: number;
  readonly entryBytes: number;
}

function headerAt(words: Words, at: number): Header {
  const [name, type, flags, address, offset, bytes, link] = [0, 4, 8, 12, 16, 20, 24].map((by) => words.word(at + by));
  return { name, type, flags, address, offset, bytes, link, entryBytes: words.word(at + 36) };
}

interface Segment {
  readonly offset: number;
  readonly load: number;
  readonly bytes: number;
}

function segmentAt(words: Words, at: number): Segment {
  return { offset: words.word(at + 4), load: words.word(at + 12), bytes: words.word(at + 16) };
}

/** Where the bytes of a section are kept, as the segment says that has them. */
function loadAddress({ offset, bytes }: Header, segments: readonly Segment[]): number | undefined {
  const segment = segments.find(
    (each) => each.bytes > 0 && each.offset <= offset && offset + bytes <= each.offset + each.bytes,
  );
  return segment && segment.load + offset - segment.offset;
}

function isInside({ offset, bytes }: Header, file: Uint8Array): boolean {
  return offset + bytes <= file.length;
}

/** A text of a table, up to its end; of a long one the beginning. */
function textAt(file: Uint8Array, { offset, bytes }: Header, at: number): string {
  if (at >= bytes) return '';
  const start = offset + at;
  const most = file.subarray(start, Math.min(offset + bytes, start + mostNameLength));
  const end = most.indexOf(0);
  return new TextDecoder('latin1').decode(end < 0 ? most : most.subarray(0, end));
}

function symbolsOf(
  file: Uint8Array,
  words: Words,
  { all, symbols }: { readonly all: readonly Header[]; readonly symbols: Header },
): readonly ElfSymbol[] {
  const { offset, bytes, link, entryBytes } = symbols;
  const names = all.at(link);
  if (entryBytes < 16 || names === undefined || link >= all.length || names.type === typeNoBits) return [];
  const count = Math.min(Math.floor(bytes / entryBytes), mostSymbols);
  const found: ElfSymbol[] = [];
  let left = mostShared * file.length;
  for (let index = 0; index < count && left > 0; index += 1) {
    const at = offset + entryBytes * index;
    const [size, isObject] = [words.word(at + 8), (file[at + 12] & 15) === objectSymbol];
    if (!isObject || size === 0) continue;
    const name = textAt(file, names, words.word(at));
    left -= name.length;
    found.push({ name, address: words.word(at + 4), bytes: size });
  }
  return found;
}

/**
 * Variables of a name as sources have it, whatever stands around it. Source: Itanium C++ ABI, "Mangling": a name has
 * its length in front, the last one stands before the end; compilers put `.1` and `.lto_priv.0` behind some.
 */
export function variablesNamed({ variables }: ElfFile, name: string): readonly ElfSymbol[] {
  const plain = (symbol: string): string => symbol.replace(/(?:\.lto_priv)?\.\d+$/, '');
  const ending = new Set([`${name.length}${name}`, `${name.length}${name}E`]);
  return variables.filter((symbol) => {
    if (!symbol.name.includes(name)) return false;
    const own = plain(symbol.name);
    if (own === name) return true;
    if (!own.startsWith('_Z')) return false;
    return [...ending].some((end) => own.replace(/_\d+$/, '').endsWith(end));
  });
}
