import type { Model } from '../model/model';
import type { Origins } from '../model/origin';
import { leftOutCode, ModelError, type Problem } from '../model/problem';
import { elementCount } from '../model/dataType';
import { plainValue } from './draft';
import { expanded } from './expand';
import { foldOrders } from './foldOrders';
import { saidPlainly } from './learned';
import { heldAs, Lowering, scalingKinds } from './lowering';
import { newLayout, shapeOf } from './layout';
import { binaries, unaries } from './lower/elementwise';
import { pictureDimensions } from './lower/window';
import { Refusals } from './refusals';
import { namedAfterNodes } from './rowNames';
import { stepAll, stepNode } from './stepNode';
import { tidied } from './tidy';
import { readOnnxModel, type OnnxModel, type OnnxNode, type OnnxValue, type FilesBeside } from './onnxModel';

/** A file as TFLite would have it, and the node that each operator came from. */
interface OnnxResult {
  readonly model: Model;
  readonly origins: Origins;
  readonly problems: readonly Problem[];
}

/**
 * Reads an ONNX file as the graph that TFLite would have for it: pictures with their channels last, normalizations and
 * functions within the layers before them, shapes computed. Inputs and outputs keep ONNX's names and layout.
 *
 * @throws ModelError where it is none, or for the nodes that TFLM has nothing for.
 */
export function readOnnx(bytes: Uint8Array, siblings?: FilesBeside): OnnxResult {
  const file = readOnnxModel(bytes, siblings);
  const { leftOut, ...said } = saidPlainly(file);
  const onnx = { ...file, ...said, nodes: expanded({ ...file, nodes: said.nodes }) };
  const lowering: Lowering = new Lowering(onnx, (node) => stepNode(node, lowering));
  const inputs = onnx.inputs.map((input) => inputOf(lowering, input));
  for (const { name, shape } of onnx.inputs) layAsPicture(lowering, name, shape.length);
  const refusals = new Refusals();
  stepAll(onnx.nodes, lowering, refusals);
  refusals.finish();
  const outputs = outputsOf(onnx, lowering);
  foldOrders(lowering.draft, outputs);
  if (leftOut.length > 0 && outputs.length === 0) throw new ModelError(leftOutCode, textsLeftOut(leftOut));
  const problems: readonly Problem[] =
    leftOut.length === 0 ? [] : [{ code: leftOutCode, severity: 'information', message: textsLeftOut(leftOut) }];
  return { ...modelOf(onnx, lowering, { inputs, outputs }), problems };
}

function textsLeftOut(names: readonly string[]): string {
  const listed = names.map((name) => `"${name}"`).join(', ');
  return `TensorFlow Lite Micro has no texts: ${names.length === 1 ? 'the output' : 'the outputs'} ${listed} of the file ${names.length === 1 ? 'is' : 'are'} left out. Take the place of the largest of the other numbers, and look up its label in the firmware.`;
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

/** Kinds that take pictures and sequences with their channels last. */
const pictureKinds: ReadonlySet<string> = new Set([
  ...['Conv', 'ConvTranspose', 'MaxPool', 'AveragePool', 'Resize', 'Upsample', 'DepthToSpace', 'SpaceToDepth'],
]);

/** Kinds that take a value however it lies. */
const anyOrder: ReadonlySet<string> = new Set([
  ...[...unaries.keys(), ...binaries.keys(), 'Clip', 'Pad', 'Concat', 'Slice', 'Split', 'BatchNormalization', 'Pow'],
  ...scalingKinds,
]);

/** An input that is computed with before it comes to pictures' operators is turned at once, and not its parts. */
function layAsPicture(lowering: Lowering, name: string, rank: number): void {
  if (rank !== 3 && rank !== 4) return;
  // What is quantized at once is turned as integers, which are a fourth.
  const waiting = lowering.readersOf(name).filter(({ kind }) => anyOrder.has(kind) && !scalingKinds.has(kind));
  const seen = new Set(waiting);
  for (const node of waiting) {
    const readers = node.outputs.flatMap((output) => lowering.readersOf(output));
    if (readers.some(({ kind }) => pictureKinds.has(kind))) {
      const { value } = lowering.followed(node, name);
      const dimensions = pictureDimensions(rank);
      const layout = newLayout(shapeOf(value.layout), dimensions.flat());
      lowering.set(name, { tensor: lowering.placed(value, dimensions), layout });
      return;
    }
    for (const reader of readers) {
      if (!anyOrder.has(reader.kind) || seen.has(reader)) continue;
      seen.add(reader);
      waiting.push(reader);
    }
  }
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
  { opset, name, outputs: outputNames }: OnnxModel,
  { draft: { tensors, operators, origins } }: Lowering,
  { inputs, outputs }: { readonly inputs: readonly number[]; readonly outputs: readonly number[] },
): Omit<OnnxResult, 'problems'> {
  if (outputs.length === 0)
    throw new ModelError('onnx-no-output', 'The model has no output: there is nothing to compute.');
  const { graph, places } = tidied({ tensors, operators, inputs, outputs });
  const nodes = places.map((place) => origins[place]);
  const model: Model = {
    format: 'onnx',
    formatVersion: opset,
    fileBytes: 0,
    graphs: [
      { index: 0, name: name === '' ? 'main' : name, ...graph, tensors: namedAfterNodes(graph, nodes, outputNames) },
    ],
    metadata: [],
    signatures: [],
  };
  return { model, origins: { operators: [nodes] } };
}
