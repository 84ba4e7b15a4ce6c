import type { Report } from '../../estimate/report';
import { counted } from '../wording';
import type { QuantizedGraph } from './quantizeGraph';

/**
 * What operators that stay float cost on the target, as a whole sentence: cycles of theirs and of the conversions at their edges, and the
 * bytes of the float values that they take and give. `after` is the report of the written file, whose layers are in the same order.
 */
export function islandCostText({ model, origins, islands }: QuantizedGraph, after: Report): string | undefined {
  if (islands.size === 0) return undefined;
  const [{ operators, tensors }] = model.graphs;
  const places = [...operators.keys()].filter((place) => origins[place] < 0 || islands.has(origins[place]));
  const cycles = places.map((place) => after.layers[place]?.cycles);
  const known = cycles.every((value) => value !== undefined);
  const sum = cycles.reduce<number>((total, value) => total + (value ?? 0), 0);
  const total = after.latency?.cycles;
  const stay = `${counted(islands.size, 'operator')} ${islands.size === 1 ? 'stays' : 'stay'} float`;
  const time =
    known && total !== undefined
      ? `with the conversions at the edges ${Math.round(sum).toLocaleString('en')} of ${Math.round(total).toLocaleString('en')} cycles`
      : 'each costs conversions at its edges and time that is not known for this target';
  return `${stay}: ${time}, and ${floatBytes(operators, tensors).toLocaleString('en')} bytes of float values, of which int8 would need a quarter.`;
}

type Graph = QuantizedGraph['model']['graphs'][number];

function floatBytes(operators: Graph['operators'], tensors: Graph['tensors']): number {
  const values = new Set(operators.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]));
  return [...values]
    .map((index) => tensors[index])
    .filter((tensor) => tensor?.type === 'float32' && tensor.data === undefined)
    .reduce((sum, { shape }) => sum + 4 * shape.reduce((product, size) => product * size, 1), 0);
}
