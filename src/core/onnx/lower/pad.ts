import { encode } from '../../model/values/stored';
import { shapeOf } from '../layout';
import type { Lowering } from '../lowering';
import { axisIn, listOf, numberOf, refused, textOf } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import { takeTail } from '../tail';
import { NodeWriter } from './nodeWriter';

/** What is put around a tensor. */
interface Pads {
  readonly pads: readonly (readonly [before: number, after: number])[];
  /** A real number; 0 when absent. */
  readonly value?: number;
  readonly name?: string;
}

/** A tensor with rows and columns of one value around another. */
export function padTensor({ draft }: Lowering, from: number, { pads, value = 0, name }: Pads): number {
  const source = draft.tensor(from);
  const content = draft.contentOf(from);
  const shape = source.shape.map((size, axis) => size + pads[axis][0] + pads[axis][1]);
  const output = draft.add(name ?? `${source.name}/padded`, shape, content);
  const list = draft.integers(`${source.name}/paddings`, pads.flat(), [pads.length, 2]);
  if (value === 0) {
    draft.emit({
      kind: 'PAD',
      version: content.quantization ? 2 : 1,
      inputs: [from, list],
      outputs: [output],
      table: 'PadOptions',
    });
    return output;
  }
  const { type, quantization } = content;
  const stored = quantization === undefined ? value : value / quantization.scales[0] + quantization.zeroPoints[0];
  const filling = draft.constant(`${source.name}/filling`, [1], encode(type, [stored])!, content);
  draft.emit({
    kind: 'PADV2',
    version: quantization ? 2 : 1,
    inputs: [from, list, filling],
    outputs: [output],
    table: 'PadV2Options',
  });
  return output;
}

/** Pad: zeros go to the one convolution that reads them, all else is PAD, PADV2 or MIRROR_PAD. */
export function lowerPad(node: OnnxNode, lowering: Lowering): void {
  const [name, listName, valueName, axesName] = node.inputs;
  const { value: held } = lowering.followed(node, name);
  const shape = shapeOf(held.layout);
  const given = lowering.list(listName) ?? listOf(node, 'pads');
  if (given === undefined) throw refused(node, 'its paddings are computed; only constants are taken.');
  const axes = (lowering.list(axesName) ?? shape.map((_, axis) => axis)).map((axis) =>
    axisIn(node, axis, shape.length),
  );
  const pads = shape.map((_, axis): readonly [number, number] => {
    const at = axes.indexOf(axis);
    return at < 0 ? [0, 0] : [given[at] ?? 0, given[at + axes.length] ?? 0];
  });
  const mode = textOf(node, 'mode', 'constant');
  if (pads.flat().some((size) => size < 0)) {
    cutOff(node, lowering, { pads, mode });
    return;
  }
  if (mode === 'edge' || mode === 'wrap') {
    repeat(node, lowering, { pads, mode });
    return;
  }
  const value = lowering.numbers(valueName)?.values[0] ?? numberOf(node, 'value', 0);
  if (mode === 'constant' && value === 0 && isForConvolution(lowering, node, pads)) {
    lowering.paddings.set(readBy(lowering, node.outputs[0])!.inputs[0], {
      before: pads.slice(2).map(([before]) => before),
      after: pads.slice(2).map(([, after]) => after),
    });
    lowering.set(node.outputs[0], held);
    return;
  }
  const tail = takeTail(lowering, node, { reads: [name] });
  const input = lowering.read(node, name, tail.isInteger);
  const dimensions = lowering.dimensionsOf(input);
  const from = lowering.placed(input, dimensions);
  const here = dimensions.map((all) => padsOf(node, pads, all));
  const next = shape.map((size, axis) => size + pads[axis][0] + pads[axis][1]);
  const content = lowering.draft.contentOf(from);
  if (mode === 'constant') {
    const made = lowering.made(tail.name, next, dimensions, content);
    const padded = padTensor(lowering, from, { pads: here, value, name: `${tail.name}/pad` });
    lowering.set(tail.name, { tensor: padded, layout: made.layout }, !tail.isInteger);
    return;
  }
  if (mode !== 'reflect') throw refused(node, `TensorFlow Lite Micro does not pad in the mode "${mode}".`);
  const output = lowering.made(tail.name, next, dimensions, content);
  const list = lowering.draft.integers(`${node.name}/paddings`, here.flat(), [here.length, 2]);
  lowering.draft.emit({
    ...{ kind: 'MIRROR_PAD', inputs: [from, list], outputs: [output.tensor], table: 'MirrorPadOptions' },
    values: { mode: 'REFLECT' },
  });
  lowering.set(tail.name, output, !tail.isInteger);
}

interface Sides {
  readonly pads: readonly (readonly [before: number, after: number])[];
  readonly mode: string;
}

/** Below zero a Pad cuts off: a Slice, and a Pad of what is left. */
function cutOff(node: OnnxNode, lowering: Lowering, { pads, mode }: Sides): void {
  const writer = new NodeWriter(node, lowering);
  const [name, , value] = node.inputs;
  const shape = writer.shape(name);
  const left = pads.reduce((from, [before, after], axis) => {
    if (before >= 0 && after >= 0) return from;
    const [start, end] = [Math.max(0, -before), shape[axis] + Math.min(0, after)];
    if (end <= start) throw refused(node, 'nothing is left of its input.');
    return writer.cut(from, axis, [start, end]);
  }, name);
  const rest = [0, 1].flatMap((side) => pads.map((both) => Math.max(0, both[side])));
  if (rest.every((size) => size === 0)) writer.give(left);
  else {
    const inputs = [left, writer.integers(rest), ...(value === undefined ? [] : [value])];
    writer.emit('Pad', inputs, { mode, value: numberOf(node, 'value', 0) }, node.outputs[0]);
  }
}

/** Most places that are put beside each other one by one. */
const mostRepeats = 64;

/** The outermost places several times, or those of the other end: parts behind each other. */
function repeat(node: OnnxNode, lowering: Lowering, { pads, mode }: Sides): void {
  const writer = new NodeWriter(node, lowering);
  const shape = writer.shape(node.inputs[0]);
  const padded = pads.reduce((from, [before, after], axis) => {
    if (before + after === 0) return from;
    const size = shape[axis];
    if (before + after > mostRepeats || (mode === 'wrap' && Math.max(before, after) > size))
      throw refused(node, `TensorFlow Lite Micro does not pad so far in the mode "${mode}".`);
    if (mode === 'wrap') {
      const front = before === 0 ? [] : [writer.cut(from, axis, [size - before, size])];
      const back = after === 0 ? [] : [writer.cut(from, axis, [0, after])];
      return writer.emit('Concat', [...front, from, ...back], { axis });
    }
    const front = before === 0 ? [] : Array<string>(before).fill(writer.cut(from, axis, [0, 1]));
    const back = after === 0 ? [] : Array<string>(after).fill(writer.cut(from, axis, [size - 1, size]));
    return writer.emit('Concat', [...front, from, ...back], { axis });
  }, node.inputs[0]);
  writer.give(padded);
}

function padsOf(
  node: OnnxNode,
  pads: readonly (readonly [number, number])[],
  axes: readonly number[],
): readonly [number, number] {
  if (axes.length === 1) return pads[axes[0]];
  if (axes.every((axis) => pads[axis][0] + pads[axis][1] === 0)) return [0, 0];
  throw refused(node, 'it pads an axis that was joined with another.');
}

function isForConvolution(lowering: Lowering, node: OnnxNode, pads: readonly (readonly [number, number])[]): boolean {
  return (
    readBy(lowering, node.outputs[0]) !== undefined &&
    pads
      .slice(0, 2)
      .flat()
      .every((size) => size === 0)
  );
}

/** The one convolution that reads a value, at once or behind a quantization. */
function readBy(lowering: Lowering, name: string): OnnxNode | undefined {
  const reader = lowering.onlyReader(name);
  if (reader?.inputs[0] !== name) return undefined;
  if (reader.kind === 'Conv') return reader;
  return reader.kind === 'QuantizeLinear' || reader.kind === 'DequantizeLinear'
    ? readBy(lowering, reader.outputs[0])
    : undefined;
}
