import { integers, isStatic, type DraftNode, type DraftValue } from '../draft';
import type { Pass } from './rewriter';

/** Where all lengths are known, a dimension more is a RESHAPE. */
export const expandAsReshape: Pass = (node) => {
  const [output] = node.outputs;
  if (node.kind !== 'EXPAND_DIMS' || !isStatic(output.shape)) return false;
  node.kind = 'RESHAPE';
  node.inputs = [node.inputs[0], integers(output.shape)];
  return true;
};

/** A TRANSPOSE that only moves axes of length 1 is a RESHAPE, where all lengths are known. */
export const transposeAsReshape: Pass = (node) => {
  const [input, order] = node.inputs;
  const [output] = node.outputs;
  const axes = order?.constant?.values;
  if (node.kind !== 'TRANSPOSE' || input === undefined || axes === undefined || !isStatic(output.shape)) return false;
  const moved = Array.from(axes).filter((axis) => input.shape[axis] !== 1);
  if (moved.some((axis, place) => place > 0 && axis < moved[place - 1])) return false;
  node.kind = 'RESHAPE';
  node.inputs = [input, integers(output.shape)];
  return true;
};

/** A RESHAPE of a RESHAPE reads what the first one reads; one to the same shape is left out. */
export const joinReshapes: Pass = (node, rewriter) => {
  if (node.kind !== 'RESHAPE') return false;
  const [input] = node.inputs;
  const [output] = node.outputs;
  if (input === undefined) return false;
  if (isStatic(input.shape) && isStatic(output.shape) && sameShape(input, output)) {
    if (rewriter.draft.outputs.includes(output) && rewriter.draft.inputs.includes(input)) return false;
    rewriter.bypass(node, input);
    return true;
  }
  const before = rewriter.producer(input);
  if (before?.kind !== 'RESHAPE' || before.inputs[0] === undefined) return false;
  node.inputs = [before.inputs[0], ...node.inputs.slice(1)];
  rewriter.changed();
  return true;
};

function sameShape(left: DraftValue, right: DraftValue): boolean {
  return left.shape.length === right.shape.length && left.shape.every((length, axis) => length === right.shape[axis]);
}

/** A dense layer takes any rank: a RESHAPE before it that keeps the last axis goes, where lengths are known. */
export const denseOfAnyRank: Pass = (node, rewriter) => {
  if (node.kind !== 'FULLY_CONNECTED') return false;
  return reshapeBehind(node, rewriter) || reshapeBefore(node, rewriter);
};

function reshapeBefore(node: DraftNode, rewriter: Parameters<Pass>[1]): boolean {
  const [input] = node.inputs;
  const before = rewriter.producer(input);
  const source = before?.inputs[0];
  if (before?.kind !== 'RESHAPE' || source === undefined || input === undefined || node.options.keepNumDims === true)
    return false;
  if (!isStatic(source.shape) || !isStatic(input.shape) || source.shape.at(-1) !== input.shape.at(-1)) return false;
  node.inputs = [source, ...node.inputs.slice(1)];
  rewriter.changed();
  return true;
}

/** A RESHAPE behind that gives the input's leading axes back is the option to keep them. */
function reshapeBehind(node: DraftNode, rewriter: Parameters<Pass>[1]): boolean {
  const [input] = node.inputs;
  const next = rewriter.onlyReader(node.outputs[0]);
  if (next?.kind !== 'RESHAPE' || input === undefined || !isStatic(next.outputs[0].shape)) return false;
  const shape = next.outputs[0].shape;
  const isKept =
    shape.length === input.shape.length && shape.slice(0, -1).every((length, axis) => length === input.shape[axis]);
  if (!isKept || shape.at(-1) !== node.outputs[0].shape.at(-1)) return false;
  node.options = { ...node.options, keepNumDims: true };
  rewriter.merge(node, next);
  return true;
}
