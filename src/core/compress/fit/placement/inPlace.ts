import type { Graph, Model } from '../../../model/model';
import type { PlannedBuffer } from '../../../runtimes/facts';

/**
 * Kinds whose kernel copies its input to its output element by element in order, or not at all where both are at one
 * place. Source: tensorflow/tflite-micro 90b983c2, tensorflow/lite/micro/kernels/reshape.cc and expand_dims.cc.
 */
const copying: ReadonlySet<string> = new Set(['RESHAPE', 'EXPAND_DIMS']);

/** Buffers that may lie at one place, as lists of their positions; most have one. */
export type Places = readonly (readonly number[])[];

/** Every buffer at a place of its own. */
export function ownPlaces({ length }: readonly PlannedBuffer[]): Places {
  return Array.from({ length }, (_, position) => [position]);
}

/**
 * Buffers by place, where a tensor and its copies in other shapes have one: they hold the same bytes from the step
 * that writes them to the last that reads one of them, since nothing else writes to a tensor that is no variable. The
 * planner would give each copy bytes of its own.
 */
export function placesInPlace({ graphs }: Model, buffers: readonly PlannedBuffer[]): Places {
  const positions = new Map<string, number>();
  buffers.forEach(({ kind, graph, index }, position) => {
    if (kind === 'tensor') positions.set(`${graph} ${index}`, position);
  });
  const groups = buffers.map((_, position): number[] => [position]);
  for (const graph of graphs) {
    for (const [input, output] of copiesOf(graph)) {
      const [from, to] = [input, output].map((tensor) => positions.get(`${graph.index} ${tensor}`));
      if (from === undefined || to === undefined || buffers[from].bytes !== buffers[to].bytes) continue;
      join(groups, from, to);
    }
  }
  return [...new Set(groups)];
}

/** Inputs and outputs of operators that copy; a variable is written again. */
function copiesOf({ operators, tensors }: Graph): readonly (readonly [input: number, output: number])[] {
  return operators
    .filter(({ kind, outputs }) => copying.has(kind) && outputs.length === 1)
    .map(({ inputs, outputs }) => [inputs[0], outputs[0]] as const)
    .filter((pair) => pair.every((index) => !tensors[index]?.isVariable));
}

/** The lists of two buffers become one. */
function join(groups: number[][], from: number, to: number): void {
  if (groups[from] === groups[to]) return;
  const [kept, moved] = [groups[from], groups[to]];
  for (const position of moved) groups[position] = kept;
  kept.push(...moved);
}
