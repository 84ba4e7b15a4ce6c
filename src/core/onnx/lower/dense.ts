import { elementCount } from '../../model/dataType';
import type { LaidValue } from '../draft';
import { newLayout, sameAtoms, shapeOf, sizeOf, type Axis } from '../layout';
import type { Lowering } from '../lowering';
import { numberOf, refused } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import { takeTail, type NodeTail } from '../tail';
import { inMemory } from './convolution';
import { biasTensor, scalingOf, weightsTensor } from './weights';

/** Gemm with constant weights: FULLY_CONNECTED. */
export function lowerGemm(node: OnnxNode, lowering: Lowering): void {
  if (numberOf(node, 'transA', 0) !== 0) throw refused(node, 'its input is transposed.');
  const known = lowering.known(node.inputs[1]);
  if (known?.shape.length !== 2) throw refused(node, 'its weights are computed; only constants are taken.');
  const isTransposed = numberOf(node, 'transB', 0) === 1;
  lowerDense(node, lowering, {
    isTransposed,
    alpha: numberOf(node, 'alpha', 1),
    beta: numberOf(node, 'beta', 1),
    bias: node.inputs.at(2),
  });
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
  lowerBatchMatMul(node, lowering);
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
  const weights = lowering.known(weightName)!;
  const [units, depth] = isTransposed ? weights.shape : [weights.shape[1], weights.shape[0]];
  const channelAxis: readonly [number, number] = [isTransposed ? 0 : 1, 0];
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
  const fits = batch.every((axis, index) => sizeOf(axis) === sizeOf(b[index])) && sizeOf(depth) === sizeOf(b[rank - 2]);
  if (!fits) throw refused(node, 'the shapes of its inputs do not fit.');
  // A matrix that lies the other way round in memory is read so.
  const turnsLeft = endsWith(left, [depth, rows]);
  const turnsRight = endsWith(right, [columns, b[rank - 2]]);
  const { draft } = lowering;
  const x = draft.placed(left, [...batch, ...(turnsLeft ? [depth, rows] : [rows, depth])]);
  const y = draft.placed(right, [...b.slice(0, -2), ...(turnsRight ? [columns, b[rank - 2]] : [b[rank - 2], columns])]);
  const shape = [...batch, rows, columns].map(sizeOf);
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

function endsWith({ layout }: LaidValue, axes: readonly Axis[]): boolean {
  const atoms = axes.flat();
  return axes.every(({ length }) => length > 0) && sameAtoms(layout.order.slice(-atoms.length), atoms);
}
