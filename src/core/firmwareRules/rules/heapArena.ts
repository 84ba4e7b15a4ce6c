import type { ValueOrigin } from '../../firmware/join/origins';
import { calledName } from '../../firmware/syntax/expression';
import { replacing } from '../edits';
import type { FirmwareContext, FirmwareHit, FirmwareRule } from '../rule';

type HeapOrigin = ValueOrigin & { readonly kind: 'heap' };

/** An arena from a heap that aligns to less than 16 bytes. */
export const heapAlignment: FirmwareRule = {
  code: 'firmware-heap-alignment',
  severity: 'information',
  documentation: 'The tensor arena comes from a heap that aligns to 4 or 8 bytes, so that some of it is lost.',
  find: (context) =>
    heapArenas(context)
      .filter(({ expression, isAdjusted }) => !isAdjusted && !/align|make_unique/.test(nameOf(expression)))
      .map((origin) => ({
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

/** Memory that interpreters work in and ask for while the program runs, where it comes from one place alone. */
function heapArenas({ pairings }: FirmwareContext): readonly HeapOrigin[] {
  const found = new Map<string, HeapOrigin>();
  for (const { arena, activity } of pairings) {
    const [origin] = arena?.origins ?? [];
    if (arena?.origins.length !== 1 || origin.kind !== 'heap' || activity !== 'yes') continue;
    found.set(`${origin.place.file.path} ${origin.expression.start}`, origin);
  }
  return [...found.values()];
}

function nameOf(expression: HeapOrigin['expression']): string {
  return calledName(expression) ?? (expression.kind === 'newArray' ? 'new' : '');
}
