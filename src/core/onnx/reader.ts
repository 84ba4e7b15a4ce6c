import type { Model } from '../model/model';
import { ModelError } from '../model/problem';
import { elementCount } from '../model/dataType';
import { plainValue } from './draft';
import { folds, type Computed } from './folding';
import { shapeOf } from './layout';
import { lowerNode } from './lower';
import { heldAs, Lowering } from './lowering';
import { checkPorts, listOf, numberOf, refused } from './nodes';
import { tidied } from './tidy';
import { readOnnxModel, type OnnxModel, type OnnxNode, type OnnxTensor, type OnnxValue } from './onnxModel';

/**
 * Reads an ONNX file as the graph that TFLite would have for it: pictures with their channels last, normalizations and
 * functions within the layers before them, shapes computed. Inputs and outputs keep ONNX's names and layout.
 *
 * @throws ModelError where it is none, or for the first node that TFLM has nothing for.
 */
export function readOnnx(bytes: Uint8Array): Model {
  const onnx = readOnnxModel(bytes);
  const lowering = new Lowering(onnx);
  const inputs = onnx.inputs.map((input) => inputOf(lowering, input));
  // Ahead of all others, since they may stand behind the node that looks for them.
  for (const node of onnx.nodes) {
    const constant = constantOf(node);
    if (constant !== undefined) lowering.know(node.outputs[0], constant);
  }
  for (const node of onnx.nodes) {
    if (node.kind !== 'Constant' && !lowering.done.has(node)) step(node, lowering);
  }
  const outputs = outputsOf(onnx, lowering);
  return modelOf(onnx, lowering, { inputs, outputs });
}

/** Beyond this an input is no tensor of a microcontroller. */
const mostElements = 2 ** 28;

function inputOf(lowering: Lowering, { name, type, shape }: OnnxValue): number {
  // An open batch is one sample, as on a device.
  const fixed = shape.map((size, axis) => (axis === 0 && size === -1 ? 1 : size));
  if (fixed.some((size) => size < 1 || !Number.isInteger(size)) || elementCount(fixed) > mostElements) {
    throw new ModelError(
      'onnx-open-shape',
      `The input "${name}" has a dimension without a size: [${shape.map((size) => (size < 0 ? '?' : size)).join(', ')}]. Export the model with fixed sizes.`,
    );
  }
  const tensor = lowering.draft.add(name, fixed, { type: heldAs(type) });
  lowering.set(name, plainValue(tensor, fixed));
  return tensor;
}

/** A node is computed ahead where that is possible, else lowered. */
function step(node: OnnxNode, lowering: Lowering): void {
  checkPorts(node);
  const [first] = node.inputs;
  if (node.kind === 'Shape' && lowering.isValue(first)) {
    const shape = shapeOf(lowering.followed(node, first).value.layout);
    const [start, end] = [numberOf(node, 'start', 0), numberOf(node, 'end', shape.length)];
    const values = Float64Array.from(shape.slice(start, end));
    lowering.know(node.outputs[0], { type: 'int64', shape: [values.length], values });
    return;
  }
  if (node.inputs.some((name) => lowering.isValue(name))) {
    lowerNode(node, lowering);
    return;
  }
  fold(node, lowering);
}

function fold(node: OnnxNode, lowering: Lowering): void {
  if (node.kind === 'DequantizeLinear' || node.kind === 'QuantizeLinear') {
    lowerNode(node, lowering);
    return;
  }
  const compute = folds.get(node.kind);
  const inputs = node.inputs.map((name) => (name === '' ? undefined : lowering.numbers(name)));
  const missing = node.inputs.find((name, index) => name !== '' && inputs[index] === undefined);
  if (missing !== undefined) throw refused(node, `nothing before it computes "${missing}".`);
  if (compute === undefined || node.inputs.length === 0) {
    lowerNode(node, lowering);
    return;
  }
  const results = [compute(node, inputs)].flat() as readonly Computed[];
  results.forEach((result, index) => lowering.know(node.outputs[index], result));
}

/** The value of a Constant, in whichever attribute it lies. */
function constantOf(node: OnnxNode): OnnxTensor | Computed | undefined {
  if (node.kind !== 'Constant') return undefined;
  const value = node.attributes.get('value');
  if (typeof value === 'object' && 'data' in value) return value;
  for (const [name, type] of [
    ['value_float', 'float32'],
    ['value_int', 'int64'],
    ['value_floats', 'float32'],
    ['value_ints', 'int64'],
  ] as const) {
    const list = listOf(node, name);
    if (list !== undefined) return { type, shape: [list.length], values: Float64Array.from(list) };
    if (node.attributes.has(name)) return { type, shape: [], values: Float64Array.of(numberOf(node, name, 0)) };
  }
  throw refused(node, 'its value is no number.');
}

/** Tensors that hold the outputs in ONNX's own order and shape. */
function outputsOf({ outputs, nodes }: OnnxModel, lowering: Lowering): readonly number[] {
  return outputs.map((name) => {
    const maker = nodes.find((node) => node.outputs.includes(name)) ?? ({ name, kind: 'output' } as OnnxNode);
    // Integers are moved before they become floats, which are four times as large.
    const { value, isReal } = lowering.followed(maker, name);
    const tensor = lowering.draft.placed(value, value.layout.axes);
    lowering.set(name, { tensor, layout: { axes: value.layout.axes, order: value.layout.axes.flat() } }, isReal);
    return lowering.real(maker, name).tensor;
  });
}

function modelOf(
  { opset, name }: OnnxModel,
  { draft: { tensors, operators } }: Lowering,
  { inputs, outputs }: { readonly inputs: readonly number[]; readonly outputs: readonly number[] },
): Model {
  if (outputs.length === 0)
    throw new ModelError('onnx-no-output', 'The model has no output: there is nothing to compute.');
  return {
    format: 'onnx',
    formatVersion: opset,
    fileBytes: 0,
    graphs: [{ index: 0, name: name === '' ? 'main' : name, ...tidied({ tensors, operators, inputs, outputs }) }],
    metadata: [],
    signatures: [],
  };
}
