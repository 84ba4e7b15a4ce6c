import { elementCount } from '../../model/dataType';
import { isConstant, type Operator } from '../../model/model';
import type { Report } from '../../estimate/report';
import { countText } from '../wording';
import type { QuantizedGraph } from './quantizedGraph';

/** What the same values take in integers, of what they take as float. */
const shares = { int8: 'a quarter', int16: 'half' } as const;

/**
 * What operators that stay float cost on the target, as a complete sentence: cycles of theirs and of the conversions at
 * their edges, and the bytes of the float values that they take and give. Conversions elsewhere, at float inputs and
 * outputs or between scales, would be there without them. `after` is the report of the written file, whose layers are
 * in the same order.
 */
export function islandCostText(quantized: QuantizedGraph, after: Report): string | undefined {
  const { model, activations, origins, islands } = quantized;
  if (islands.size === 0) return undefined;
  const [{ operators, tensors }] = model.graphs;
  const floats = operators.filter((_, place) => islands.has(origins[place]));
  const values = floatValues(floats, tensors);
  const cycles = operators.flatMap((operator, place) => {
    const isCounted = floats.includes(operator) || (origins[place] < 0 && isAtEdge(operator, floats));
    return isCounted ? [after.layers[place]?.cycles] : [];
  });
  const known = cycles.every((value) => value !== undefined);
  const sum = cycles.reduce<number>((total, value) => total + (value ?? 0), 0);
  const total = after.latency?.cycles;
  const stay = `${countText(islands.size, 'operator')} ${islands.size === 1 ? 'stays' : 'stay'} float`;
  const time =
    known && total !== undefined
      ? `with the conversions at the edges ${Math.round(sum).toLocaleString('en')} of ${Math.round(total).toLocaleString('en')} cycles`
      : 'each costs conversions at its edges and time that is not known for this target';
  const bytes = values.reduce((all, index) => all + 4 * elementCount(tensors[index].shape), 0);
  return `${stay}: ${time}, and ${bytes.toLocaleString('en')} bytes of float values, of which ${activations} would need ${shares[activations]}.`;
}

/** Whether a conversion gives an operator that stays float what it reads, or takes what it writes. */
function isAtEdge({ kind, inputs, outputs }: Operator, floats: readonly Operator[]): boolean {
  if (kind === 'DEQUANTIZE') return floats.some((operator) => operator.inputs.includes(outputs[0]));
  return floats.some((operator) => operator.outputs.includes(inputs[0]));
}

type Tensors = QuantizedGraph['model']['graphs'][number]['tensors'];

function floatValues(floats: readonly Operator[], tensors: Tensors): readonly number[] {
  const values = new Set(floats.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]));
  return [...values].filter((index) => tensors[index]?.type === 'float32' && !isConstant(tensors[index]));
}
