import type { DraftNode, DraftValue } from '../draft';
import type { Pass } from './rewriter';

/** Functions of one value that are computed before that is moved. */
const values: ReadonlySet<string> = new Set([
  'CEIL',
  'EXP',
  'FLOOR',
  'LOGISTIC',
  'NEG',
  'RELU',
  'RELU6',
  'RELU_N1_TO_1',
  'ROUND',
  'SQRT',
  'SQUARE',
  'TANH',
]);

/** What only moves elements. */
const moves: ReadonlySet<string> = new Set(['EXPAND_DIMS', 'GATHER', 'RESHAPE', 'TRANSPOSE']);

/**
 * A function of each element comes before what moves elements, where nothing else reads what was moved. Source:
 * tensorflow/compiler/mlir/lite/transforms/optimize_patterns.td, and files of single operations.
 */
export const valueBeforeMove: Pass = (node, rewriter) => {
  const [moved] = node.inputs;
  const move = rewriter.producer(moved);
  if (!values.has(node.kind) || move === undefined || moved === undefined || !moves.has(move.kind)) return false;
  const [source, ...rest] = move.inputs;
  if (source?.type !== 'float32' || source.constant !== undefined || rewriter.onlyReader(moved) !== node) return false;
  const [output] = node.outputs;
  const value: DraftValue = { ...output, shape: source.shape };
  node.inputs = [source];
  node.outputs = [value];
  move.inputs = [value, ...rest];
  move.outputs = [output];
  rewriter.replace(
    new Map([
      [move, []],
      [node, [node, move]],
    ]),
  );
  return true;
};

const binary: ReadonlySet<string> = new Set(['ADD', 'DIV', 'MAXIMUM', 'MINIMUM', 'MUL', 'SUB']);

/** Two RESHAPE or TRANSPOSE alike whose results are only put together: one of the result. */
export const moveBehind: Pass = (node, rewriter) => {
  const [left, right] = node.inputs;
  if (!binary.has(node.kind) || left === undefined || right === undefined) return false;
  const [first, second] = [left, right].map((each) => moveOf(rewriter.producer(each)));
  if (first === undefined || second === undefined) return false;
  if (
    first.kind !== second.kind ||
    first.inputs[1]?.constant?.values?.join() !== second.inputs[1]?.constant?.values?.join()
  )
    return false;
  if (
    rewriter.readersOf(left).some((reader) => reader !== node) ||
    rewriter.readersOf(right).some((reader) => reader !== node)
  )
    return false;
  const [one, other] = [first.inputs[0]!, second.inputs[0]!];
  if (one.shape.join() !== other.shape.join() || left.shape.join() !== right.shape.join()) return false;
  const [output] = node.outputs;
  const value: DraftValue = { ...output, shape: one.shape };
  node.inputs = [one, other];
  node.outputs = [value];
  const behind: DraftNode = { ...first, origin: node.origin, inputs: [value, first.inputs[1]], outputs: [output] };
  rewriter.replace(
    new Map([
      [first, []],
      [second, []],
      [node, [node, behind]],
    ]),
  );
  return true;
};

function moveOf(node: DraftNode | undefined): DraftNode | undefined {
  const isMove = node?.kind === 'RESHAPE' || node?.kind === 'TRANSPOSE';
  return isMove && node.inputs[0] !== undefined && node.inputs[1]?.constant !== undefined ? node : undefined;
}
