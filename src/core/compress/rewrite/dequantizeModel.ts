import { isConstant, type Graph, type Model, type Operator, type Tensor } from '../../model/model';
import { HumanError } from '../../model/problem';
import type { LiftedClamp } from '../lift/clamps';
import { addClamps, liftedClamps, withActivation } from '../lift/clamps';
import type { GraphDraft } from './graphDraft';
import { draftOf } from './graphDraft';
import { redraw } from './redraw';
import { realValues } from '../../model/values/real';

/**
 * The float twin of a quantized model, with the same operators and tensors under the same indices: every quantized
 * tensor holds the real numbers that it stood for, and conversions between them become copies (a RESHAPE to the same
 * shape). Clamps that only the ranges made are kept as far as an activation function says them that can be fused. A
 * float model comes back as it is.
 * @throws HumanError `dequantize-unsupported` for constants that are quantized in a way without a formula for single
 * values.
 */
export function dequantizeModel(model: Model): Model {
  const [graph] = model.graphs;
  if (!isQuantizedModel(model)) return model;
  return redraw(model, dequantizedDraft(graph, liftedClamps(graph)));
}

/**
 * As `dequantizeModel`, with operators of their own where the range of an output clamps values at 0 and no activation
 * function can be fused: tensors keep their indices, operators do not.
 */
export function floatModelOf(model: Model): Model {
  const [graph] = model.graphs;
  if (!isQuantizedModel(model)) return model;
  const clamps = liftedClamps(graph);
  const draft = dequantizedDraft(graph, clamps);
  const atZero = [...clamps].filter(([, { rest }]) => rest?.least === 0);
  addClamps(draft, new Map(atZero.map(([tensor, { rest }]) => [tensor, rest!])));
  return redraw(model, draft);
}

function dequantizedDraft(graph: Graph, clamps: ReadonlyMap<number, LiftedClamp>): GraphDraft {
  const operators = graph.operators.map((operator): Operator => {
    const isConversion = operator.kind === 'QUANTIZE' || operator.kind === 'DEQUANTIZE';
    if (isConversion) return asCopy(operator);
    return { ...withActivation(operator, clamps.get(operator.outputs[0])), version: 1 };
  });
  return draftOf(graph, { tensors: graph.tensors.map(dequantizeTensor), operators });
}

/** True where activations of graph 0 are integers that stand for real numbers. */
export function isQuantizedModel({ graphs: [graph] }: Model): boolean {
  return graph.tensors.some((tensor) => !isConstant(tensor) && isQuantized(tensor));
}

function isQuantized({ type, quantization }: Tensor): boolean {
  return (quantization?.scales.length ?? 0) > 0 && /^u?int/.test(type);
}

function asCopy(operator: Operator): Operator {
  return { ...operator, kind: 'RESHAPE', version: 1, options: undefined, options2: undefined };
}

function dequantizeTensor(tensor: Tensor): Tensor {
  if (!isQuantized(tensor)) return tensor;
  const float: Tensor = { ...tensor, type: 'float32', quantization: undefined };
  if (tensor.data === undefined) return float;
  const values = realValues(tensor);
  if (values !== undefined) return { ...float, data: new Uint8Array(values.buffer) };
  throw new HumanError(
    'dequantize-unsupported',
    `The constant "${tensor.name}" is quantized in a way that cannot be undone, so that the model cannot be trained. Prune it without repair.`,
  );
}
