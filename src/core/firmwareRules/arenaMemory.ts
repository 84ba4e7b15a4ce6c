import type { Board } from '../boards/board';
import { arenaRegions, defaultArenaRegion } from '../boards/arenaRegions';
import type { SourceFile } from '../firmware/firmware';
import { declarationsOf } from '../firmware/join/alignment';
import type { ValueOrigin } from '../firmware/join/origins';
import type { Attribute } from '../firmware/source/maskedText';
import type { Extent } from '../firmware/syntax/expression';
import { calledName } from '../firmware/syntax/expression';
import { textAt } from './edits';
import { arenaNeed, isSure } from './needs';
import type { FirmwareContext, ModelPairing } from './rule';

/** The memory that an arena is asked for in, and the word that asks. */
export interface ArenaMemory {
  readonly file: SourceFile;
  readonly kind: 'internal' | 'external' | 'plain';
  /** An attribute, a capability or a function; of a plain array its name. */
  readonly at: Extent;
  /** Of a declared array. */
  readonly attribute?: Attribute;
  /** An attribute that the configuration of the build leaves without effect. */
  readonly idle?: Attribute & { readonly file: SourceFile };
  readonly origin: KnownOrigin;
  readonly pairing: ModelPairing;
  readonly board?: Board;
  /** What is enough for the models that surely run in it; absent where that is not known. */
  readonly needBytes?: number;
}

type KnownOrigin = Exclude<ValueOrigin, { kind: 'unknown' } | { kind: 'made' }>;

/** Arenas that surely are used and come from one place alone, with the memory that they lie in; each once. */
export function arenaMemories(context: FirmwareContext): readonly ArenaMemory[] {
  const found = new Map<string, ArenaMemory>();
  for (const pairing of context.pairings) {
    const [origin] = pairing.arena?.origins ?? [];
    if (pairing.activity !== 'yes' || pairing.arena?.origins.length !== 1) continue;
    if (origin.kind !== 'variable' && origin.kind !== 'heap') continue;
    const memory = origin.kind === 'variable' ? declared(context, origin) : asked(origin);
    if (memory === undefined) continue;
    const need = isSure(pairing) ? arenaNeed(pairing) : undefined;
    const needBytes = need?.isLowerBound === true ? undefined : need?.bytes;
    const before = found.get(keyOf(memory));
    const most = Math.max(needBytes ?? 0, before?.needBytes ?? 0);
    const isKnown = needBytes !== undefined && (before === undefined || before.needBytes !== undefined);
    const { board } = need?.model.target ?? {};
    found.set(keyOf(memory), { ...memory, origin, pairing, board, needBytes: isKnown ? most : undefined });
  }
  return [...found.values()];
}

type Place = Pick<ArenaMemory, 'file' | 'kind' | 'at' | 'attribute' | 'idle'>;

function keyOf({ file, at }: Place): string {
  return `${file.path} ${at.start}`;
}

/** Attributes that put a variable into memory outside of the chip, of ESP-IDF, Teensyduino and Arduino's Mbed core. */
const externalWords = /^(?:EXT_RAM_(?:BSS_|NOINIT_)?ATTR|EXTMEM|SDRAM_DATA)$/;
const externalSection = /section\s*\(\s*"[^"]*(?:ext_ram|extram|psram|sdram|spiram)[^"]*"/i;

/** ESP-IDF's attribute is empty where its configuration does not let variables lie there. */
function isWithoutEffect({ firmware }: FirmwareContext, { path }: SourceFile, { name }: Attribute): boolean {
  return /^EXT_RAM_(?:BSS_)?ATTR$/.test(name) && firmware.flagsFor(path)?.putsDataInPsram === false;
}

/** Words that say nothing of where a variable lies. */
const placeless = /^(?:alignas|_Alignas|__ALIGNED|__ALIGN_BEGIN|__ALIGN_END|DMA_ATTR|WORD_ALIGNED_ATTR|DRAM_ATTR)$/;

/** An array with attributes that are not understood may lie anywhere. */
function declared(context: FirmwareContext, origin: ValueOrigin & { readonly kind: 'variable' }): Place | undefined {
  const { file, variable } = origin.variable;
  // A vector's bytes lie on the heap.
  if (variable.typeName === 'vector') return undefined;
  if (variable.inFunction !== undefined && variable.storage === 'none') return undefined;
  const all = declarationsOf(context.firmware, origin.variable);
  for (const { file: home, variable: each } of all) {
    const attribute = each.attributes.find(
      ({ name, argument = '' }) => externalWords.test(name) || externalSection.test(argument),
    );
    if (attribute !== undefined && isWithoutEffect(context, home, attribute)) {
      return { file, kind: 'plain', at: variable.nameExtent, idle: { ...attribute, file: home } };
    }
    if (attribute !== undefined) return { file: home, kind: 'external', at: attribute, attribute };
  }
  const isPlain = all.every(({ variable: { attributes } }) =>
    attributes.every(
      ({ name, argument = '' }) => placeless.test(name) || (/^__attribute/.test(name) && !/section/.test(argument)),
    ),
  );
  return isPlain ? { file, kind: 'plain', at: variable.nameExtent } : undefined;
}

function asked({ expression, place: { file } }: ValueOrigin & { readonly kind: 'heap' }): Place | undefined {
  if (expression.kind !== 'call') return undefined;
  if (/^(?:ps_[mc]alloc|extmem_malloc)$/.test(calledName(expression) ?? '')) {
    return { file, kind: 'external', at: expression.callee };
  }
  for (const [word, kind] of capabilities) {
    const at = textAt(file, expression).search(word);
    const { start } = expression;
    if (at >= 0) return { file, kind, at: { start: start + at, end: start + at + wordEnd(file, start + at) } };
  }
  return undefined;
}

const capabilities: readonly (readonly [RegExp, ArenaMemory['kind']])[] = [
  [/\bMALLOC_CAP_SPIRAM\b/, 'external'],
  [/\bMALLOC_CAP_INTERNAL\b/, 'internal'],
];

function wordEnd({ text }: SourceFile, start: number): number {
  return /^\w+/.exec(text.slice(start, start + 40))?.[0].length ?? 0;
}

/** Bytes that a board has for what is asked for there, and its name for that memory. */
export function memoryOf(
  { kind }: ArenaMemory,
  board: Board,
): { readonly name: string; readonly bytes: number } | undefined {
  const regions = arenaRegions(board);
  const region = kind === 'external' ? regions.find((each) => each.kind === 'psram') : defaultArenaRegion(board);
  return region ?? (kind === 'external' && regions.length > 0 ? { name: 'external memory', bytes: 0 } : undefined);
}
