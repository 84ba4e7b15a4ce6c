import type { Rounding, TensorValue } from '../../../execute/executable';
import { prepare } from '../../../execute/prepare';
import { lending, spendBytes } from '../../../model/budget';
import type { Graph, Model, Operator, Tensor } from '../../../model/model';
import { isConstant } from '../../../model/model';
import { elementCount, storedBytes } from '../../../model/dataType';
import { heldValues } from '../../../model/values/real';
import { encode, heldType } from '../../../model/values/stored';

/**
 * An operator with the tensors of its graph, or with others in their place where the question is about less than the
 * whole.
 */
interface Question {
  readonly operator: Operator;
  readonly tensors: readonly Tensor[];
}

/**
 * Runs one operator by itself, as the device does it: what is proved about its arithmetic is proved with its own
 * kernel. `values` are the stored values of its inputs that are no constants, repeated to the end where they are fewer
 * than elements; absent ones are zero. Answers with its first output; `undefined` where it cannot be executed.
 */
export function runAlone(
  { operator, tensors }: Question,
  values: ReadonlyMap<number, ArrayLike<number>>,
  rounding: Rounding,
): TensorValue | undefined {
  if (!isProbed({ operator, tensors })) return undefined;
  const used = [...new Set([...operator.inputs, ...operator.outputs])].filter((index) => index >= 0);
  const place = new Map(used.map((index, position) => [index, position]));
  const moved = (list: readonly number[]): readonly number[] => list.map((index) => place.get(index) ?? -1);
  const inputs = [...new Set(operator.inputs)].filter((index) => index >= 0 && !isConstant(tensors[index]));
  const graph: Graph = {
    index: 0,
    name: '',
    tensors: used.map((index, position) => ({ ...tensors[index], index: position })),
    inputs: moved(inputs),
    outputs: moved(operator.outputs.slice(0, 1)),
    operators: [
      { ...operator, index: 0, inputs: moved(operator.inputs), outputs: moved(operator.outputs), intermediates: [] },
    ],
  };
  try {
    return lending(() => {
      const given = inputs.map((index) => storedInput(tensors[index], values.get(index)));
      return prepare(modelOf(graph), { rounding }).invoke(given)[0];
    });
  } catch {
    // An operator that the engine does not execute is one about which nothing is proved.
    return undefined;
  }
}

/** As `runAlone`, with the stored values of the output as numbers. */
export function probe(
  question: Question,
  values: ReadonlyMap<number, ArrayLike<number>>,
  rounding: Rounding,
): Float64Array | undefined {
  const result = runAlone(question, values, rounding);
  if (result === undefined) return undefined;
  return heldValues(result);
}

function modelOf(graph: Graph): Model {
  return { format: 'tflite', formatVersion: 3, fileBytes: 0, graphs: [graph], metadata: [], signatures: [] };
}

/** Of activations. Beyond every microcontroller: what is proved there is of no use, and takes long. */
const mostElements = 2 ** 22;

/** True where the operator's activations are few enough to be tried. */
export function isProbed({ operator, tensors }: Question): boolean {
  const indices = [...operator.inputs, ...operator.outputs].filter((index) => index >= 0);
  const elements = indices.reduce((sum, index) => {
    return isConstant(tensors[index]) ? sum : sum + elementCount(tensors[index].shape);
  }, 0);
  return elements <= mostElements;
}

function storedInput({ type, shape }: Tensor, values: ArrayLike<number> = [0]): Uint8Array {
  const elements = elementCount(shape);
  const held = heldType(type);
  const first = encode(held, Array.from(values).slice(0, elements))!;
  const bytes = new Uint8Array(storedBytes(held, elements));
  spendBytes(bytes.length);
  bytes.set(first);
  // What is filled is copied behind itself, twice as much each time.
  for (let filled = first.length; filled > 0 && filled < bytes.length; filled *= 2) bytes.copyWithin(filled, 0, filled);
  return bytes;
}
