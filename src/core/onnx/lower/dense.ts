import { elementCount } from '../../model/dataType';
import type { LaidValue } from '../draft';
import { newLayout, sameAtoms, shapeOf, sizeOf, type Axis } from '../layout';
import type { Lowering } from '../lowering';
import { numberOf, refused } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import { takeTail, type NodeTail } from '../tail';
import { inMemory } from './convolution';
import { NodeWriter } from './nodeWriter';
import { balanced, biasTensor, scalingOf, weightsTensor } from './weights';

/** Gemm with constant weights and a row of biases: FULLY_CONNECTED. Else as a product, factors and a sum. */
export function lowerGemm(node: OnnxNode, lowering: Lowering): void {
  const known = lowering.known(node.inputs[1]);
  const isTransposed = numberOf(node, 'transB', 0) === 1;
  const units = known?.shape[isTransposed ? 0 : 1] ?? 0;
  const bias = node.inputs.at(2) ?? '';
  const row = bias === '' ? [units] : (lowering.known(bias)?.shape ?? []);
  const isRow =
    !lowering.isValue(bias) && [1, units].includes(elementCount(row)) && row.slice(0, -1).every((size) => size === 1);
  if (known?.shape.length !== 2 || numberOf(node, 'transA', 0) !== 0 || (bias !== '' && !isRow)) {
    multiply(node, lowering);
    return;
  }
  lowerDense(node, lowering, {
    isTransposed,
    alpha: numberOf(node, 'alpha', 1),
    beta: numberOf(node, 'beta', 1),
    ...(bias !== '' && { bias }),
  });
}

function multiply(node: OnnxNode, lowering: Lowering): void {
  const writer = new NodeWriter(node, lowering);
  const [left, right, bias] = node.inputs;
  const turned = (name: string, attribute: string): string =>
    numberOf(node, attribute, 0) === 1 ? writer.transposed(name, [1, 0]) : name;
  const scaled = (name: string, factor: number): string =>
    factor === 1 ? name : writer.emit('Mul', [name, writer.number(factor)]);
  const product = writer.emit('MatMul', [turned(left, 'transA'), turned(right, 'transB')]);
  const result = scaled(product, numberOf(node, 'alpha', 1));
  if (bias === undefined || bias === '') writer.give(result);
  else writer.emit('Add', [result, scaled(bias, numberOf(node, 'beta', 1))], {}, node.outputs[0]);
}

/** MatMul: FULLY_CONNECTED where the second is a constant matrix, else BATCH_MATMUL. */
export function lowerMatMul(node: OnnxNode, lowering: Lowering): void {
  const known = lowering.known(node.inputs[1]);
  if (known?.shape.length === 2) {
    const bias = biasBehind(lowering, node, known.shape[1]);
    if (bias !== undefined) lowering.done.add(bias.node);
    lowerDense(bias === undefined ? node : { ...node, outputs: bias.node.outputs }, lowering, {
      isTransposed: false,
      alpha: 1,
      beta: 1,
      bias: bias?.name,
    });
    return;
  }
  if (!evenRanks(node, lowering)) lowerBatchMatMul(node, lowering);
}

/** Vectors as matrices of one row or column, and fewer axes with ones in front: true where that was needed. */
function evenRanks(node: OnnxNode, lowering: Lowering): boolean {
  const writer = new NodeWriter(node, lowering);
  const [left, right] = node.inputs;
  const [a, b] = [left, right].map((name) => writer.shape(name));
  if (a.length === b.length && a.length > 1) return false;
  if (a.length === 0 || b.length === 0) throw refused(node, 'its inputs are no matrices.');
  const [x, y] = [a.length === 1 ? [1, ...a] : a, b.length === 1 ? [...b, 1] : b];
  const shape = [...(x.length >= y.length ? x : y).slice(0, -2), x[x.length - 2], y[y.length - 1]];
  const next = shape.filter(
    (_, axis) => !(a.length === 1 && axis === shape.length - 2) && !(b.length === 1 && axis === shape.length - 1),
  );
  if (y.length === 2 && x.length > 2) {
    const flat = writer.reshaped(left, [elementCount(x.slice(0, -1)), x[x.length - 1]]);
    const product = writer.emit('MatMul', [flat, b.length === 1 ? writer.reshaped(right, y) : right]);
    writer.reshaped(product, next, node.outputs[0]);
    return true;
  }
  const rank = Math.max(x.length, y.length);
  const [from, to] = [x, y].map((own) => [...Array<number>(rank - own.length).fill(1), ...own]);
  const product = writer.emit('MatMul', [writer.reshaped(left, from), writer.reshaped(right, to)]);
  writer.reshaped(product, next, node.outputs[0]);
  return true;
}

/** The Add of a constant row behind a product. */
function biasBehind(
  lowering: Lowering,
  node: OnnxNode,
  units: number,
): { readonly node: OnnxNode; readonly name: string } | undefined {
  const add = lowering.onlyReader(node.outputs[0]);
  if (add?.kind !== 'Add') return undefined;
  const name = add.inputs.find((each) => each !== node.outputs[0]);
  const known = lowering.known(name);
  const isRow = known !== undefined && elementCount(known.shape) === units && known.shape.at(-1) === units;
  return isRow && name !== undefined ? { node: add, name } : undefined;
}

interface Dense {
  /** The weights stand as units x inputs. */
  readonly isTransposed: boolean;
  readonly alpha: number;
  readonly beta: number;
  readonly bias?: string;
}

function lowerDense(node: OnnxNode, lowering: Lowering, { isTransposed, alpha, beta, bias }: Dense): void {
  const [name, weightName] = node.inputs;
  const channelAxis: readonly [number, number] = [isTransposed ? 0 : 1, 0];
  const weights = balanced(lowering.known(weightName)!, channelAxis[0]);
  const [units, depth] = isTransposed ? weights.shape : [weights.shape[1], weights.shape[0]];
  const { quantization } = weights;
  const isReady =
    quantization !== undefined &&
    alpha === 1 &&
    quantization.zeroPoints.every((zero) => zero === 0) &&
    (quantization.scales.length === 1 || quantization.axis === channelAxis[0]);
  const tail = takeTail(lowering, node, { reads: [name], fuses: true, scales: true, isReady });
  const input = lowering.read(node, name, tail.isInteger);
  const shape = shapeOf(input.layout);
  const last = shape.length - 1;
  if (shape[last] !== depth)
    throw refused(node, `weights of [${weights.shape.join(', ')}] do not fit its input of [${shape.join(', ')}].`);
  const order = inMemory(input, last);
  const from = rowsOf(lowering, input, order?.atoms ?? input.layout.axes[last]);
  const { factors, offsets } = scalingOf(lowering, tail, units);
  const filter = weightsTensor(lowering, weights, {
    name: weightName,
    turning: {
      permutation: isTransposed ? [0, 1] : [1, 0],
      ...{ shape: [units, depth], channelAxis },
      ...(order && { inputOrder: order.places, inputAxis: isTransposed ? 1 : 0 }),
    },
    ...(!tail.isInteger && { factors: factors.map((factor) => factor * alpha) }),
  });
  const given = lowering.numbers(bias)?.values;
  if (given !== undefined && given.length !== units && given.length !== 1)
    throw refused(node, 'its bias does not have one number for each unit.');
  const values = offsets.map(
    (offset, unit) => beta * (given?.[given.length === 1 ? 0 : unit] ?? 0) * factors[unit] + offset,
  );
  const content = lowering.draft.contentOf(from.tensor);
  const scales = tail.isInteger ? ([content.quantization!, quantization!] as const) : undefined;
  const biased = biasTensor(lowering, {
    name: bias ?? `${node.name}/bias`,
    values,
    channels: units,
    scales,
    wide: content.type === 'int16',
  });
  emitDense({ lowering, tail, from, filter, biased, units });
}

/** What is multiplied: a tensor whose last atoms in memory are those of the rows, and how the result lies. */
interface Rows {
  readonly tensor: number;
  /** Atoms in front of the rows, as they lie in memory. */
  readonly before: readonly Axis[];
  readonly leading: readonly Axis[];
  readonly keepsDimensions: boolean;
}

function rowsOf(lowering: Lowering, input: LaidValue, row: Axis): Rows {
  const { order, axes } = input.layout;
  const leading = axes.slice(0, -1);
  const keepsDimensions = leading.length > 1;
  const before = keepsDimensions ? leading : [leading.flat()];
  const isBehind =
    sameAtoms(order.slice(order.length - row.length), row) &&
    (!keepsDimensions || sameAtoms(order, [...before.flat(), ...row]));
  // Rows are taken from any shape that ends with them.
  const tensor = isBehind && !keepsDimensions ? input.tensor : lowering.draft.placed(input, [...before, row]);
  return { tensor, before, leading, keepsDimensions };
}

function emitDense(made: {
  readonly lowering: Lowering;
  readonly tail: NodeTail;
  readonly from: Rows;
  readonly filter: number;
  readonly biased: number;
  readonly units: number;
}): void {
  const { lowering, tail, from, filter, biased, units } = made;
  const unit = newLayout([units]);
  const layout = { order: [...from.before.flat(), ...unit.order], axes: [...from.leading, unit.axes[0]] };
  const output = lowering.draft.result(tail.name, layout, [...from.before, unit.axes[0]], tail.content);
  lowering.draft.emit({
    kind: 'FULLY_CONNECTED',
    version: tail.isInteger ? 4 : 1,
    inputs: [from.tensor, filter, biased],
    outputs: [output.tensor],
    table: 'FullyConnectedOptions',
    values: {
      fusedActivationFunction: tail.activation,
      ...{ weightsFormat: 'DEFAULT', keepNumDims: from.keepsDimensions, asymmetricQuantizeInputs: false },
    },
  });
  lowering.set(tail.name, output, !tail.isInteger);
}

function lowerBatchMatMul(node: OnnxNode, lowering: Lowering): void {
  const tail = takeTail(lowering, node, { reads: node.inputs });
  const [left, right] = node.inputs.map((name) => lowering.read(node, name, tail.isInteger));
  const [a, b] = [left, right].map(({ layout }) => layout.axes);
  if (a.length < 2 || a.length !== b.length)
    throw refused(node, 'its inputs have different ranks, or are no matrices.');
  const [batch, rank] = [a.slice(0, -2), a.length];
  const [rows, depth, columns] = [a[rank - 2], a[rank - 1], b[rank - 1]];
  const fits = batch.every((axis, index) => isEven(axis, b[index])) && sizeOf(depth) === sizeOf(b[rank - 2]);
  if (!fits) throw refused(node, 'the shapes of its inputs do not fit.');
  // A matrix that lies the other way round in memory is read so.
  const turnsLeft = endsWith(left, [depth, rows]);
  const turnsRight = endsWith(right, [columns, b[rank - 2]]);
  const { draft } = lowering;
  const x = draft.placed(left, [...batch, ...(turnsLeft ? [depth, rows] : [rows, depth])]);
  const y = draft.placed(right, [...b.slice(0, -2), ...(turnsRight ? [columns, b[rank - 2]] : [b[rank - 2], columns])]);
  const wide = batch.map((axis, index) => (sizeOf(axis) === 1 ? b[index] : axis));
  const shape = [...wide, rows, columns].map(sizeOf);
  const output = lowering.made(
    tail.name,
    shape,
    shape.map((_, axis) => [axis]),
    tail.content,
  );
  draft.emit({
    kind: 'BATCH_MATMUL',
    version: tail.isInteger ? 2 : 1,
    inputs: [x, y],
    outputs: [output.tensor],
    table: 'BatchMatMulOptions',
    values: { adjX: turnsLeft, adjY: turnsRight, asymmetricQuantizeInputs: false },
  });
  lowering.set(tail.name, output, !tail.isInteger);
}

/** Of one size, or one of them once for all. */
function isEven(left: Axis, right: Axis): boolean {
  return [sizeOf(right), 1].includes(sizeOf(left)) || sizeOf(right) === 1;
}

function endsWith({ layout }: LaidValue, axes: readonly Axis[]): boolean {
  const atoms = axes.flat();
  return axes.every(({ length }) => length > 0) && sameAtoms(layout.order.slice(-atoms.length), atoms);
}
