import { integers, isStatic, type Draft, type DraftNode, type DraftValue } from '../draft';
import type { Pass } from './rewriter';

/** Where all lengths are known, a dimension more is a RESHAPE. */
export const expandAsReshape: Pass = (node) => {
  const [output] = node.outputs;
  if (node.kind !== 'EXPAND_DIMS' || !isStatic(output.shape)) return false;
  node.kind = 'RESHAPE';
  node.inputs = [node.inputs[0], integers(output.shape)];
  return true;
};

/** Operations that transpose by an order by which others do, too: they share its constant. */
export function sharedOrders({ nodes }: Draft): ReadonlySet<DraftNode> {
  const byOrder = new Map<string, DraftNode[]>();
  for (const node of nodes) {
    if (node.kind !== 'TRANSPOSE') continue;
    const key = node.inputs[1]?.constant?.values?.join() ?? '';
    byOrder.set(key, [...(byOrder.get(key) ?? []), node]);
  }
  return new Set([...byOrder.values()].filter((list) => list.length > 1).flat());
}

/** A TRANSPOSE that only moves axes of length 1 is a RESHAPE, where all lengths are known. */
export const transposeAsReshape =
  (shared: ReadonlySet<DraftNode>): Pass =>
  (node) => {
    const [input, order] = node.inputs;
    const [output] = node.outputs;
    const axes = order?.constant?.values;
    if (node.kind !== 'TRANSPOSE' || input === undefined || axes === undefined || !isStatic(output.shape)) return false;
    const moved = Array.from(axes).filter((axis) => input.shape[axis] !== 1);
    if (moved.some((axis, place) => place > 0 && axis < moved[place - 1])) return false;
    node.kind = 'RESHAPE';
    node.inputs = [input, integers(output.shape)];
    output.name = `${output.name};${shared.has(node) ? '' : `${output.name}/perm`}`;
    return true;
  };

/** A TRANSPOSE by an order that changes nothing, put together of constants, is left out. */
export const sameOrder: Pass = (node, rewriter) => {
  const [input, order] = node.inputs;
  const parts = rewriter.producer(order)?.inputs;
  if (node.kind !== 'TRANSPOSE' || input === undefined || parts === undefined) return false;
  const axes = parts.flatMap((part) => [...(part?.constant?.values ?? [])]);
  if (axes.length !== input.shape.length || axes.some((axis, place) => axis !== place)) return false;
  rewriter.bypass(node, input);
  rewriter.changed();
  return true;
};

/** Two TRANSPOSE that undo each other are left out. */
export const joinTransposes: Pass = (node, rewriter) => {
  const before = rewriter.producer(node.inputs[0]);
  const source = before?.inputs[0];
  if (node.kind !== 'TRANSPOSE' || before?.kind !== 'TRANSPOSE' || source === undefined || !undoes(node, before))
    return false;
  rewriter.bypass(node, source);
  return true;
};

function undoes(node: DraftNode, before: DraftNode): boolean {
  const [order, first] = [node, before].map(({ inputs }) => inputs[1]?.constant?.values);
  if (order === undefined || first === undefined) return false;
  return Array.from(order).every((axis, place) => first[axis] === place);
}

/** A TRANSPOSE of a sum or product goes before it where that undoes one of what is added or multiplied. */
export const transposeBefore: Pass = (node, rewriter) => {
  const [input, order] = node.inputs;
  const before = rewriter.producer(input);
  if (node.kind !== 'TRANSPOSE' || before === undefined || input === undefined || order === undefined) return false;
  if (!elementwise.has(before.kind) || rewriter.onlyReader(input) !== node) return false;
  const isUndone = before.inputs.some((each) => {
    const first = rewriter.producer(each);
    return first?.kind === 'TRANSPOSE' && undoes(node, first);
  });
  if (!isUndone || before.inputs.some((each) => each === undefined || each.constant !== undefined)) return false;
  const [output] = node.outputs;
  const added = before.inputs.flatMap((each, place): readonly DraftNode[] => {
    const first = rewriter.producer(each);
    if (each === undefined) return [];
    if (first?.kind === 'TRANSPOSE' && undoes(node, first)) {
      before.inputs[place] = first.inputs[0];
      return [];
    }
    const value: DraftValue = { ...each, shape: output.shape, name: before.outputs[0].name };
    before.inputs[place] = value;
    return [{ ...node, origin: before.origin, inputs: [each, order], outputs: [value] }];
  });
  output.name = before.outputs[0].name;
  before.outputs = [output];
  rewriter.replace(
    new Map([
      [node, []],
      [before, [...added, before]],
    ]),
  );
  return true;
};

const elementwise: ReadonlySet<string> = new Set(['ADD', 'SUB', 'MUL', 'MAXIMUM', 'MINIMUM']);

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

/** Operators that take a constant along the last axes of their other input. */
const broadcasting: ReadonlySet<string> = new Set([
  'ADD',
  'SUB',
  'MUL',
  'DIV',
  'MINIMUM',
  'MAXIMUM',
  'GREATER',
  'LESS',
]);

/** Most dimensions of what is moved before a RESHAPE. */
const mostAxes = 4;

/**
 * A constant that goes along the same last axes before and behind a RESHAPE is added or multiplied before it.
 * Source: `MoveBinaryOpBeforeReshape` in tensorflow/compiler/mlir/lite/transforms/optimize_patterns.td.
 */
export const constantsBeforeReshape: Pass = (node, rewriter) => {
  const [input, constant] = node.inputs;
  const before = rewriter.producer(input);
  const source = before?.inputs[0];
  if (!broadcasting.has(node.kind) || before?.kind !== 'RESHAPE' || source === undefined || input === undefined)
    return false;
  if (constant?.constant === undefined || before.inputs[1]?.constant === undefined) return false;
  if (rewriter.onlyReader(input) !== node || !isTail(constant, source) || !isTail(constant, input)) return false;
  if (Math.max(source.shape.length, input.shape.length) > mostAxes) return false;
  const [output] = node.outputs;
  const moved: DraftValue = { ...output, shape: source.shape };
  node.inputs = [source, constant];
  node.outputs = [moved];
  before.inputs = [moved, before.inputs[1]];
  before.outputs = [output];
  rewriter.replace(
    new Map([
      [before, []],
      [node, [node, before]],
    ]),
  );
  return true;
};

function isTail({ shape: tail }: DraftValue, { shape }: DraftValue): boolean {
  return (
    tail.length <= shape.length && tail.every((length, axis) => length === shape[shape.length - tail.length + axis])
  );
}

/** A RESHAPE that only puts axes of length 1 in front of one side goes: the other side has as many. */
export const broadcastReshaped: Pass = (node, rewriter) => {
  if (!['ADD', 'SUB', 'MUL', 'DIV'].includes(node.kind)) return false;
  const [output] = node.outputs;
  for (const [place, input] of node.inputs.entries()) {
    const before = rewriter.producer(input);
    const source = before?.inputs[0];
    const other = node.inputs[1 - place];
    if (before?.kind !== 'RESHAPE' || source === undefined || input === undefined || other === undefined) continue;
    if (![source, input, other, output].every(({ shape }) => isStatic(shape)) || !sameShape(other, output)) continue;
    const front = input.shape.length - source.shape.length;
    if (front <= 0 || input.shape.slice(0, front).some((length) => length !== 1) || !isTail(source, input)) continue;
    node.inputs[place] = source;
    rewriter.changed();
    return true;
  }
  return false;
};
