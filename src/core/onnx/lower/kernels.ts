import { shapeOf } from '../layout';
import type { Lowering } from '../lowering';
import { axisIn, numberOf, refused, textOf } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import { NodeWriter } from './nodeWriter';
import { commonOf, operandIn } from './operands';
import { pictureDimensions } from './window';

/** Nodes that are one operator of TFLM with a form of their own. */
export const kernels: ReadonlyMap<string, (node: OnnxNode, lowering: Lowering) => void> = new Map([
  ['EluKernel', (node, lowering) => lowerPlain(node, lowering, { kind: 'ELU' })],
  ['Rsqrt', (node, lowering) => lowerPlain(node, lowering, { kind: 'RSQRT' })],
  ['Cast', lowerCast],
  ['ArgMax', (node, lowering) => lowerExtreme(node, lowering, 'ARG_MAX')],
  ['ArgMin', (node, lowering) => lowerExtreme(node, lowering, 'ARG_MIN')],
  ['DepthToSpace', lowerDepthToSpace],
  ['SpaceToDepth', lowerSpaceToDepth],
  ['Where', lowerWhere],
]);

export function lowerKernel(node: OnnxNode, lowering: Lowering): void {
  kernels.get(node.kind)?.(node, lowering);
}

function lowerPlain(node: OnnxNode, lowering: Lowering, { kind }: { readonly kind: string }): void {
  const { draft } = lowering;
  const input = lowering.real(node, node.inputs[0]);
  const tensor = draft.add(node.outputs[0], draft.tensor(input.tensor).shape, draft.contentOf(input.tensor));
  draft.emit({ kind, inputs: [input.tensor], outputs: [tensor] });
  lowering.set(node.outputs[0], { tensor, layout: input.layout });
}

const castTypes = new Map([
  [1, 'float32'],
  [3, 'int8'],
  [6, 'int32'],
  [7, 'int32'],
  [9, 'bool'],
  [10, 'float32'],
  [11, 'float32'],
] as const);

function lowerCast(node: OnnxNode, lowering: Lowering): void {
  const { draft } = lowering;
  const input = lowering.real(node, node.inputs[0]);
  const to = (castTypes as ReadonlyMap<number, 'float32' | 'int8' | 'int32' | 'bool'>).get(numberOf(node, 'to', 1));
  if (to === undefined) throw refused(node, 'TensorFlow Lite Micro does not cast to its type.');
  const { type } = draft.contentOf(input.tensor);
  if (type === to) {
    lowering.set(node.outputs[0], input);
    return;
  }
  const tensor = draft.cast(input.tensor, to, node.outputs[0]);
  lowering.set(node.outputs[0], { tensor, layout: input.layout });
}

function lowerExtreme(node: OnnxNode, lowering: Lowering, kind: string): void {
  const { draft } = lowering;
  if (numberOf(node, 'select_last_index', 0) !== 0)
    throw refused(node, 'TensorFlow Lite Micro gives the first of equal places.');
  const input = lowering.real(node, node.inputs[0]);
  const shape = shapeOf(input.layout);
  const axis = axisIn(node, numberOf(node, 'axis', 0), shape.length);
  const rest = lowering
    .dimensionsOf(input)
    .flat()
    .filter((each) => each !== axis);
  const from = lowering.placed(input, [...rest.map((each) => [each]), [axis]]);
  const keeps = numberOf(node, 'keepdims', 1) === 1;
  const next = shape.flatMap((size, each) => (each === axis ? (keeps ? [1] : []) : [size]));
  const place = (each: number): number => (keeps || each < axis ? each : each - 1);
  const output = lowering.made(
    node.outputs[0],
    next,
    rest.map((each) => [place(each)]),
    { type: 'int32' },
  );
  const list = draft.integers(`${node.name}/axis`, [rest.length], []);
  const values = { outputType: 'INT32' };
  draft.emit({
    kind,
    inputs: [from, list],
    outputs: [output.tensor],
    table: kind === 'ARG_MAX' ? 'ArgMaxOptions' : 'ArgMinOptions',
    values,
  });
  lowering.set(node.outputs[0], output);
}

/** Channels that are listed one by one. */
const mostChannels = 2 ** 16;

/** DEPTH_TO_SPACE; the order CRD, of channels first, is the other once channels stand as rows of blocks. */
function lowerDepthToSpace(node: OnnxNode, lowering: Lowering): void {
  const block = numberOf(node, 'blocksize', 0);
  if (textOf(node, 'mode', 'DCR') === 'DCR') {
    lowerBlocks(node, lowering, {
      kind: 'DEPTH_TO_SPACE',
      block,
      resized: ([n, c, h, w]) => [n, c / block ** 2, h * block, w * block],
    });
    return;
  }
  const writer = new NodeWriter(node, lowering);
  const channels = writer.shape(node.inputs[0])[1] ?? 0;
  const [squares, left] = [block ** 2, channels / block ** 2];
  if (!(block > 0 && Number.isInteger(left) && left > 0 && channels <= mostChannels))
    throw refused(node, 'its blocks do not fit its input.');
  const order = Array.from({ length: channels }, (_, at) => (at % left) * squares + Math.floor(at / left));
  const picked =
    left === 1 ? node.inputs[0] : writer.emit('Gather', [node.inputs[0], writer.integers(order)], { axis: 1 });
  writer.emit('DepthToSpace', [picked], { blocksize: block }, node.outputs[0]);
}

function lowerSpaceToDepth(node: OnnxNode, lowering: Lowering): void {
  const block = numberOf(node, 'blocksize', 0);
  lowerBlocks(node, lowering, {
    kind: 'SPACE_TO_DEPTH',
    block,
    resized: ([n, c, h, w]) => [n, c * block ** 2, h / block, w / block],
  });
}

function lowerBlocks(
  node: OnnxNode,
  lowering: Lowering,
  {
    kind,
    block,
    resized,
  }: {
    readonly kind: string;
    readonly block: number;
    readonly resized: (shape: readonly number[]) => readonly number[];
  },
): void {
  const input = lowering.real(node, node.inputs[0]);
  const shape = shapeOf(input.layout);
  const next = shape.length === 4 && block > 0 ? resized(shape) : [0];
  if (!next.every((size) => Number.isInteger(size) && size > 0))
    throw refused(node, 'its blocks do not fit its input.');
  const dimensions = pictureDimensions(4);
  const from = lowering.placed(input, dimensions);
  const output = lowering.made(node.outputs[0], next, dimensions, lowering.draft.contentOf(from));
  const table = kind === 'DEPTH_TO_SPACE' ? 'DepthToSpaceOptions' : 'SpaceToDepthOptions';
  lowering.draft.emit({ kind, inputs: [from], outputs: [output.tensor], table, values: { blockSize: block } });
  lowering.set(node.outputs[0], output);
}

/** Where: SELECT_V2, its operands laid as the largest of them. */
function lowerWhere(node: OnnxNode, lowering: Lowering): void {
  const reads = node.inputs.filter((name) => lowering.isValue(name));
  const { shape, dimensions } = commonOf(node, lowering, { isInteger: false, reads });
  const inputs = node.inputs.map((name) => operandIn(node, lowering, { name, isInteger: false, shape, dimensions }));
  const output = lowering.made(node.outputs[0], shape, dimensions, lowering.draft.contentOf(inputs[1]));
  lowering.draft.emit({ kind: 'SELECT_V2', inputs, outputs: [output.tensor] });
  lowering.set(node.outputs[0], output);
}
