import type { Graph, Operator, Tensor } from '../model/model';
import { booleanOption } from '../model/options';
import { inputRank, onlyCmsisNn } from './checks';
import { define } from './define';
import { flagText, joinParts } from './optionsText';
import { symmetricInt16 } from './quantizationChecks';
import { dimension, elements, inputTensor, product, productOf, shapeText } from './shapes';
import type { OperatorView } from './view';
import { broadcastTwo } from './outputShapes';

/** Facts from kernels/batch_matmul.cc, kernels/batch_matmul_common.cc and kernels/cmsis_nn/batch_matmul.cc. */
export const batchMatmul = define({
  kind: 'BATCH_MATMUL',
  resolverMethod: 'AddBatchMatMul',
  summary: 'Multiplies matrices pair by pair over the leading dimensions.',
  roles: ['activation'],
  inputs: 2,
  outputs: 1,
  accepts: ['float32 float32 -> float32', 'int8 int8 -> int8', 'int16 int16 -> int16'],
  checks: [
    inputRank(0, 2, 5),
    inputRank(1, 2, 5),
    onlyCmsisNn(inputRank(0, 2, 4)),
    onlyCmsisNn(inputRank(1, 2, 4)),
    symmetricInt16,
  ],
  shapeProblem,
  macs,
  outputShapes: ({ operator, shape }) => {
    const [left, right] = [shape(0), shape(1)];
    if (left === undefined || right === undefined || left.length < 2 || right.length < 2) return undefined;
    const batches = broadcastTwo(left.slice(0, -2), right.slice(0, -2));
    if (batches === undefined) return 'the leading dimensions of its inputs do not fit each other';
    const rows = left.at(booleanOption(operator, 'adjX', false) ? -1 : -2)!;
    return [[...batches, rows, right.at(booleanOption(operator, 'adjY', false) ? -2 : -1)!]];
  },
  optionsText: (operator) => joinParts(flagText(operator, 'adjX', 'adj x'), flagText(operator, 'adjY', 'adj y')),
});

/** Rows, columns and summed length of a matrix product, with the leading dimensions broadcast as in NumPy. */
interface MatrixProduct {
  readonly batches: number | undefined;
  readonly rows: number | undefined;
  readonly columns: number | undefined;
  readonly depths: readonly [number | undefined, number | undefined];
}

function matrixProduct(operator: Operator, left: Tensor | undefined, right: Tensor | undefined): MatrixProduct {
  const adjointLeft = booleanOption(operator, 'adjX', false);
  const adjointRight = booleanOption(operator, 'adjY', false);
  return {
    batches: broadcastBatches(left, right),
    rows: dimension(left, adjointLeft ? -1 : -2),
    columns: dimension(right, adjointRight ? -2 : -1),
    depths: [dimension(left, adjointLeft ? -2 : -1), dimension(right, adjointRight ? -1 : -2)],
  };
}

function broadcastBatches(left: Tensor | undefined, right: Tensor | undefined): number | undefined {
  const leading = Math.max(left?.shape.length ?? 0, right?.shape.length ?? 0) - 2;
  const axes = Array.from({ length: Math.max(0, leading) }, (_, index) => -3 - index);
  return productOf(axes.map((axis) => broadcast(left?.shape.at(axis) ?? 1, right?.shape.at(axis) ?? 1)));
}

function broadcast(first: number, second: number): number | undefined {
  if (first === second || second === 1) return first;
  return first === 1 ? second : undefined;
}

function macs(operator: Operator, graph: Graph): number | undefined {
  const { batches, rows, columns, depths } = matrixProduct(
    operator,
    inputTensor(operator, graph, 0),
    inputTensor(operator, graph, 1),
  );
  return depths[0] === depths[1] ? product(batches, rows, columns, depths[0]) : undefined;
}

function shapeProblem(view: OperatorView): string | undefined {
  const [left, right, output] = [view.input(0), view.input(1), view.output(0)];
  if (left === undefined || right === undefined || output === undefined) return undefined;
  const { batches, rows, columns, depths } = matrixProduct(view.operator, left, right);
  const result = depths[0] === depths[1] ? product(batches, rows, columns) : undefined;
  if (result !== undefined && result === elements(output)) return undefined;
  return `${view.name} cannot multiply ${shapeText(left)} by ${shapeText(right)} into ${shapeText(output)}; convert the model again.`;
}
