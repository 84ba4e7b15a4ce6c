import type { SourceFile } from '../../firmware/firmware';
import { activityAt } from '../../firmware/firmware';
import type { Expression, Extent } from '../../firmware/syntax/expression';
import { calledName } from '../../firmware/syntax/expression';
import { textAt } from '../edits';
import type { FirmwareContext, FirmwareHit, FirmwareRule } from '../rule';

const allocators = /^(?:malloc|calloc|realloc|heap_caps_\w*alloc|ps_[mc]alloc|pvPortMalloc|k_malloc|extmem_malloc)$/;

/** Memory that is asked for with every pass of the loop that runs the model. */
export const heapInLoop: FirmwareRule = {
  code: 'firmware-heap-in-loop',
  severity: 'information',
  documentation: 'The loop that runs the model asks for memory of the heap with every pass.',
  find: ({ firmware, pairings }: FirmwareContext) =>
    pairings.length === 0 ? [] : firmware.naming('Invoke').flatMap(inFile),
};

interface Allocation extends Extent {
  readonly name: string;
  readonly inFunction?: number;
}

function inFile(file: SourceFile): readonly FirmwareHit[] {
  const loops = loopsIn(file);
  if (loops.length === 0) return [];
  return allocationsIn(file)
    .filter(({ start }) => activityAt(file, start) === 'yes')
    .filter((each) =>
      loops.some((loop) => loop.start < each.start && each.end < loop.end && isEachPass(file, loop, each)),
    )
    .map(({ name, start, end }) => ({
      file,
      at: { start, end },
      message: `${name} asks for memory with every pass of the loop that runs the model: the heap is torn into pieces in time, and the interpreter needs none once AllocateTensors() is through. Make it once, before the loop, or static.`,
    }));
}

/** Bodies of Arduino's `loop()` and of endless loops, where the model is run in them. */
function loopsIn(file: SourceFile): readonly Extent[] {
  const { functions, calls } = file.syntax;
  const runs = calls.filter(({ call }) => calledName(call) === 'Invoke');
  const isArduino = functions.some(({ name }) => name === 'setup');
  const own = functions.flatMap((each): readonly Extent[] => {
    if (each.name === 'loop' && isArduino) return [each];
    const head = /\bwhile\s*\(\s*(?:1|true)\s*\)\s*\{|\bfor\s*\(\s*;\s*;\s*\)\s*\{/.exec(textAt(file, each));
    return head === null ? [] : [{ start: each.start + head.index + head[0].length, end: each.end }];
  });
  return own.filter((loop) => runs.some(({ start }) => loop.start < start && start < loop.end));
}

function allocationsIn({ syntax }: SourceFile): readonly Allocation[] {
  const called = syntax.calls
    .filter(({ call }) => call.callee.kind === 'name' && allocators.test(calledName(call) ?? ''))
    .map(({ call, start, end, inFunction }) => ({ name: `${calledName(call) ?? ''}()`, start, end, inFunction }));
  const made = syntax.made
    .filter(({ made: { placed } }) => placed.length === 0)
    .map(({ start, end, inFunction }) => ({ name: 'new', start, end, inFunction }));
  const arrays = [
    ...syntax.variables.map(({ initializer }) => initializer),
    ...syntax.assignments.map(({ value }) => value),
  ]
    .filter((value): value is Expression & { readonly kind: 'newArray' } => value?.kind === 'newArray')
    .map(({ start, end }) => ({ name: 'new', start, end }));
  return [...called, ...made, ...arrays];
}

/** Under no condition, and not what is kept from the first pass on. */
function isEachPass(file: SourceFile, loop: Extent, { start }: Extent): boolean {
  const isKept = file.syntax.variables.some(
    (variable) => variable.storage === 'static' && variable.start <= start && start < variable.end,
  );
  const before = file.text.slice(loop.start, start);
  const condition = Math.max(before.lastIndexOf('if '), before.lastIndexOf('if('), before.lastIndexOf('? '));
  return !isKept && (condition < 0 || (before.indexOf(';', condition) >= 0 && before.indexOf('}', condition) >= 0));
}
