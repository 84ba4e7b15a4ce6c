import { isStatic, type DraftNode, type DraftValue } from '../draft';
import type { Pass } from './rewriter';
import { alongChannels, combined, scaledFilter, weightedRoles, type WeightedRoles } from './weighted';

/** Activations that kernels have inside. */
const inside = new Set(['RELU', 'RELU6', 'RELU_N1_TO_1']);

/** Operators that take an activation and are no convolution. */
const activated = new Set(['ADD', 'SUB', 'MUL', 'DIV', 'AVERAGE_POOL_2D', 'MAX_POOL_2D']);

/** What follows a convolution or a dense layer goes into its weights and bias, activations into its options. */
export const fuseBehind: Pass = (node, rewriter) => {
  const roles = weightedRoles(node);
  if (roles === undefined && !activated.has(node.kind)) return false;
  if (node.options.fusedActivationFunction !== 'NONE') return false;
  const [output] = node.outputs;
  const direct = rewriter.onlyReader(output);
  const reshape = direct?.kind === 'RESHAPE' && roles !== undefined && keepsChannels(direct) ? direct : undefined;
  const next = reshape === undefined ? direct : rewriter.onlyReader(reshape.outputs[0]);
  if (next === undefined) return false;
  if (!absorb(node, next, { roles, from: reshape?.outputs[0] ?? output })) return false;
  if (reshape === undefined) rewriter.merge(node, next);
  else {
    node.outputs[0].name = `${next.outputs[0].name};${node.outputs[0].name}`;
    rewriter.bypass(next, reshape.outputs[0]);
  }
  return true;
};

/**
 * The last axis is as long on both sides, so that what goes along it goes through; or, where all lengths are known, it
 * is split into several.
 */
function keepsChannels({ inputs: [input, shape], outputs: [output] }: DraftNode): boolean {
  if (shape?.constant === undefined || input === undefined) return false;
  const channels = input.shape.at(-1);
  return channels === output.shape.at(-1) || (isStatic(output.shape) && splitAxes(output, channels) !== undefined);
}

/** The last axes of `value` that together are as long as `channels`. */
function splitAxes({ shape }: DraftValue, channels: number | null | undefined): readonly number[] | undefined {
  for (let axis = shape.length - 1; axis > 0; axis--) {
    const part = shape.slice(axis).map((length) => length ?? 0);
    if (part.reduce((product, length) => product * length, 1) === channels) return part;
  }
  return undefined;
}

interface Absorbing {
  readonly roles?: WeightedRoles;
  /** The value that `next` reads. */
  readonly from: DraftValue;
}

function absorb(node: DraftNode, next: DraftNode, { roles, from }: Absorbing): boolean {
  if (inside.has(next.kind)) {
    node.options = { ...node.options, fusedActivationFunction: next.kind };
    return true;
  }
  if (roles === undefined || !['ADD', 'SUB', 'MUL'].includes(next.kind)) return false;
  if (next.kind === 'SUB' && next.inputs[0] !== from) return false;
  const channels = node.outputs[0].shape.at(-1) ?? 1;
  const other = next.inputs.find((input) => input !== from);
  const constant = alongChannels(from === node.outputs[0] ? other : joined(other, from, channels), channels);
  if (constant === undefined || next.outputs[0].shape.length !== from.shape.length) return false;
  const inputs = [...node.inputs];
  const bias = inputs.at(roles.bias);
  if (next.kind === 'MUL') {
    inputs[roles.filter] = scaledFilter(inputs[roles.filter]!, constant, roles.axis);
    if (bias !== undefined) inputs[roles.bias] = combined(channels, [bias, constant], 0);
  } else {
    const sign = next.kind === 'SUB' ? -1 : 1;
    inputs[roles.bias] = combined(channels, [bias, constant], sign);
  }
  node.inputs = inputs;
  node.options = { ...node.options, fusedActivationFunction: next.options.fusedActivationFunction };
  return true;
}

/** A constant along axes that were split off the last one, along that one. */
function joined(constant: DraftValue | undefined, from: DraftValue, channels: number): DraftValue | undefined {
  const axes = splitAxes(from, channels);
  if (constant?.constant === undefined || axes === undefined || constant.shape.join() !== axes.join()) return constant;
  return { ...constant, shape: [channels] };
}

/** A constant factor or summand before a convolution or a dense layer goes into its weights and bias. */
export const fuseBefore: Pass = (node, rewriter) => {
  const roles = weightedRoles(node);
  if (roles === undefined || node.kind === 'TRANSPOSE_CONV') return false;
  const before = rewriter.producer(node.inputs[roles.input]);
  if (before === undefined || !['ADD', 'SUB', 'MUL'].includes(before.kind)) return false;
  if (before.options.fusedActivationFunction !== 'NONE' || rewriter.onlyReader(before.outputs[0]) !== node)
    return false;
  const [input, constant] = before.inputs;
  if (input === undefined || constant?.constant === undefined || input.constant !== undefined) return false;
  const isDense = node.kind === 'FULLY_CONNECTED';
  const depth = input.shape.at(-1) ?? 1;
  const isPadded = node.options.padding === 'SAME';
  const single = constant.shape.every((length) => length === 1);
  if (!single && (!isDense || alongChannels(constant, depth) === undefined)) return false;
  if (before.kind !== 'MUL' && isPadded) return false;
  if (!takeBefore(node, roles, { kind: before.kind, constant, depth })) return false;
  node.inputs[roles.input] = input;
  rewriter.changed();
  return true;
};

interface Before {
  readonly kind: string;
  readonly constant: DraftValue;
  readonly depth: number;
}

function takeBefore(node: DraftNode, roles: WeightedRoles, { kind, constant, depth }: Before): boolean {
  const filter = node.inputs[roles.filter]!;
  const channels = node.outputs[0].shape.at(-1) ?? 1;
  if (kind === 'MUL') {
    node.inputs[roles.filter] = scaledFilter(filter, constant, filter.shape.length - 1 - (roles.axis === 3 ? 1 : 0));
    return true;
  }
  const sums = channelSums(node, roles, { kind, constant, depth });
  const inputs = [...node.inputs];
  inputs[roles.bias] = combined(channels, [inputs.at(roles.bias), sums], 1);
  node.inputs = inputs;
  return true;
}

/** What a constant input adds to each output. */
function channelSums(
  node: DraftNode,
  { filter: place, axis }: WeightedRoles,
  { kind, constant, depth }: Before,
): DraftValue {
  const filter = node.inputs[place]!;
  const channels = filter.shape[axis] ?? 1;
  const sign = kind === 'SUB' ? -1 : 1;
  const [weights, summands] = [filter.constant?.values, constant.constant?.values];
  const shape = [channels];
  if (weights === undefined || summands === undefined)
    return { ...constant, shape, constant: { label: constant.name } };
  const values = new Float32Array(channels);
  const inner = weights.length / channels;
  for (let index = 0; index < weights.length; index++) {
    const channel = axis === 0 ? Math.floor(index / inner) : index % channels;
    const summand = summands.length === 1 ? summands[0] : summands[index % depth];
    values[channel] += sign * weights[index] * summand;
  }
  return { ...constant, shape, constant: { label: constant.name, values } };
}
