import { defaultArenaRegion } from '../../boards/arenaRegions';
import type { ValueOrigin } from '../../firmware/join/origins';
import { calledName } from '../../firmware/syntax/expression';
import type { Target } from '../../runtimes/target';
import { bytesText, exactBytesText } from '../../text/units';
import { replacing, textAt } from '../edits';
import { arenaNeed, isSure } from '../needs';
import type { FirmwareContext, FirmwareHit, FirmwareRule } from '../rule';

type HeapOrigin = ValueOrigin & { readonly kind: 'heap' };

/** An arena from a heap that aligns to less than 16 bytes. */
export const heapAlignment: FirmwareRule = {
  code: 'firmware-heap-alignment',
  severity: 'information',
  documentation: 'The tensor arena comes from a heap that aligns to 4 or 8 bytes, so that some of it is lost.',
  find: (context) =>
    heapArenas(context)
      .filter(({ origin: { expression, isAdjusted } }) => !isAdjusted && !/align|make_unique/.test(nameOf(expression)))
      .map(({ origin }) => ({
        file: origin.place.file,
        at: origin.expression,
        message: `This memory is aligned to 4 or 8 bytes, the interpreter needs 16: it skips up to 12 bytes at the start and as many at the end. Ask for aligned memory.`,
        fixes: alignedFixes(origin),
      })),
};

function alignedFixes({ expression, place: { file } }: HeapOrigin): FirmwareHit['fixes'] {
  if (expression.kind !== 'call' || nameOf(expression) !== 'heap_caps_malloc') return [];
  const { callee, arguments: given } = expression;
  const start = callee.start;
  const edits = [replacing(file, { start, end: given[0].start }, 'heap_caps_aligned_alloc(16, ')];
  return [{ title: 'Ask for memory that is aligned to 16 bytes', isPreferred: true, edits }];
}

/** An arena in external memory that would fit on the chip. */
export const arenaInPsram: FirmwareRule = {
  code: 'firmware-arena-in-psram',
  severity: 'information',
  documentation: 'The tensor arena is asked for in external memory, though it fits into the memory of the chip.',
  find: (context) => {
    return heapArenas(context).flatMap(({ origin, needBytes, board }) => {
      const region = board === undefined ? undefined : defaultArenaRegion(board);
      if (region?.kind !== 'ram') return [];
      const capability = externalCapability(origin);
      if (capability === undefined || needBytes === undefined || needBytes > region.bytes) return [];
      const { file } = origin.place;
      return [
        {
          file,
          at: capability,
          message: `The arena lies in external memory, which is slower with every access. The model needs ${exactBytesText(needBytes)}, and ${region.name} has ${bytesText(region.bytes)}. Ask for internal memory.`,
          fixes: [
            {
              title: 'Ask for internal memory',
              isPreferred: true,
              edits: [replacing(file, capability, internalOf(textAt(file, capability)))],
            },
          ],
        },
      ];
    });
  },
};

function internalOf(text: string): string {
  return text === 'MALLOC_CAP_SPIRAM' ? 'MALLOC_CAP_INTERNAL' : text.replace(/^ps_/, '');
}

/** The word that asks for external memory. */
function externalCapability({
  expression,
  place: { file },
}: HeapOrigin): { readonly start: number; readonly end: number } | undefined {
  if (expression.kind !== 'call') return undefined;
  if (/^ps_[mc]alloc$/.test(nameOf(expression))) return expression.callee;
  const at = textAt(file, expression).search(/\bMALLOC_CAP_SPIRAM\b/);
  return at < 0 ? undefined : { start: expression.start + at, end: expression.start + at + 'MALLOC_CAP_SPIRAM'.length };
}

interface HeapArena {
  readonly origin: HeapOrigin;
  readonly needBytes?: number;
  readonly board?: Target['board'];
}

/** Memory that interpreters work in and ask for while the program runs, where it comes from one place alone. */
function heapArenas({ pairings }: FirmwareContext): readonly HeapArena[] {
  const found = new Map<string, HeapArena>();
  for (const pairing of pairings) {
    const [origin] = pairing.arena?.origins ?? [];
    if (pairing.arena?.origins.length !== 1 || origin.kind !== 'heap' || pairing.activity !== 'yes') continue;
    const need = isSure(pairing) ? arenaNeed(pairing) : undefined;
    const key = `${origin.place.file.path} ${origin.expression.start}`;
    const needBytes = need?.isLowerBound === true ? undefined : need?.bytes;
    found.set(key, { origin, needBytes, board: need?.model.target.board });
  }
  return [...found.values()];
}

function nameOf(expression: HeapOrigin['expression']): string {
  return calledName(expression) ?? (expression.kind === 'newArray' ? 'new' : '');
}
