import type { LoweringOptions } from '../context';
import type { DraftNode, DraftValue } from '../draft';
import type { Pass, Rewriter } from './rewriter';

type Manner = LoweringOptions['manner'];

/** Functions of one value that the official converter computes before that is moved. */
const officialValues: readonly string[] = [
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
];

/** Our own conversion does so with these, too: between 1D convolutions no RESHAPE stays then. */
const values: Readonly<Record<Manner, ReadonlySet<string>>> = {
  official: new Set(officialValues),
  ours: new Set([...officialValues, 'ABS', 'ELU', 'HARD_SWISH', 'LEAKY_RELU', 'RSQRT']),
};

/** What only moves elements. */
const moves: ReadonlySet<string> = new Set(['EXPAND_DIMS', 'GATHER', 'RESHAPE', 'TRANSPOSE']);

/**
 * A function of each element comes before what moves elements, where nothing else reads what was moved. Source:
 * tensorflow/compiler/mlir/lite/transforms/optimize_patterns.td, and files of single operations.
 */
const valueBeforeMove =
  (manner: Manner): Pass =>
  (node, rewriter) => {
    const [moved] = node.inputs;
    const move = rewriter.producer(moved);
    if (!values[manner].has(node.kind) || move === undefined || moved === undefined || !moves.has(move.kind))
      return false;
    const [source, ...rest] = move.inputs;
    if (source?.type !== 'float32' || source.constant !== undefined || rewriter.onlyReader(moved) !== node)
      return false;
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

/**
 * Two RESHAPE or TRANSPOSE alike whose results are only put together: one of the result. Where something else reads
 * one of the two, the official converter leaves all three; ours does not where the new one meets another behind it.
 */
const moveBehind =
  (manner: Manner): Pass =>
  (node, rewriter) => {
    const [left, right] = node.inputs;
    if (!binary.has(node.kind) || left === undefined || right === undefined) return false;
    const [first, second] = [left, right].map((each) => moveOf(rewriter.producer(each)));
    if (first === undefined || second === undefined) return false;
    if (
      first.kind !== second.kind ||
      first.inputs[1]?.constant?.values?.join() !== second.inputs[1]?.constant?.values?.join()
    )
      return false;
    const isShared = [left, right].some((each) => rewriter.readersOf(each).some((reader) => reader !== node));
    if (isShared && (manner === 'official' || !isMovedBehind(node, first, rewriter))) return false;
    const [one, other] = [first.inputs[0]!, second.inputs[0]!];
    if (one.shape.join() !== other.shape.join() || left.shape.join() !== right.shape.join()) return false;
    const [output] = node.outputs;
    const value: DraftValue = { ...output, shape: one.shape };
    node.inputs = [one, other];
    node.outputs = [value];
    const behind: DraftNode = { ...first, origin: node.origin, inputs: [value, first.inputs[1]], outputs: [output] };
    // Of the two that stood before, what nobody reads now goes.
    rewriter.replace(new Map([[node, [node, behind]]]));
    return true;
  };

/** Whether all that reads the result of `node` is a RESHAPE, as `move` is: one behind another goes. */
function isMovedBehind(node: DraftNode, move: DraftNode, rewriter: Rewriter): boolean {
  const readers = rewriter.readersOf(node.outputs[0]);
  return move.kind === 'RESHAPE' && readers.every((reader) => reader?.kind === 'RESHAPE');
}

function moveOf(node: DraftNode | undefined): DraftNode | undefined {
  const isMove = node?.kind === 'RESHAPE' || node?.kind === 'TRANSPOSE';
  return isMove && node.inputs[0] !== undefined && node.inputs[1]?.constant !== undefined ? node : undefined;
}

/** What moves elements comes behind what is computed of each, so that two moves meet and go. */
export function movesBehind(manner: Manner): readonly Pass[] {
  return [valueBeforeMove(manner), moveBehind(manner)];
}
