import { elementsOf, inputOf, outputOf } from '../operands';
import type { Tensor } from '../../model/model';
import { alikeButForLeadingOnes, broadcastCounts } from './broadcast';
import type { KernelCall, KernelContext, LoopCounts } from './kernelCall';
import { lookup } from '../../text/lookup';

/** Operators whose int8 / int16 kernels CMSIS-NN replaces; the others run the same code in both libraries. */
const replacedKinds = new Set(['ADD', 'MUL', 'MAXIMUM', 'MINIMUM']);

/**
 * Operators that combine two tensors element by element (ADD, MUL, SUB, comparisons …). Equal shapes run one flat loop,
 * shapes that differ TFLM's slow broadcasting loop (`reference/broadcast…6DSlow`), which finds the index of every
 * element.
 */
export function binary(context: KernelContext): KernelCall | undefined {
  const first = inputOf(context, 0);
  const second = inputOf(context, 1);
  const output = outputOf(context);
  if (first === undefined || second === undefined || output === undefined) return undefined;
  const name = `${spoken(context.operator.kind)} ${first.type}`;
  const sameCode = context.library === 'reference' || !replacedKinds.has(context.operator.kind);
  const library = replacedKinds.has(context.operator.kind) ? {} : ({ shared: true } as const);
  const flat = ignoresLeadingOnes(context, first) ? alikeButForLeadingOnes(first, second) : sameShape(first, second);
  if (!flat) {
    return {
      variant: `${name} broadcast`,
      reason: 'Shapes differ: the index of every element is computed.',
      counts: broadcastCounts(first, second, output),
      ...library,
    };
  }
  return {
    variant: name,
    reason: 'Equal shapes: one flat loop.',
    counts: flatCounts(elementsOf(output), sameCode ? undefined : context),
    ...library,
  };
}

/** Operators over one tensor element by element (LOGISTIC, LEAKY_RELU, RSQRT …): one flat loop in every library. */
export function unary(context: KernelContext): KernelCall | undefined {
  const input = inputOf(context, 0);
  const output = outputOf(context);
  if (input === undefined || output === undefined) return undefined;
  const types = input.type === output.type ? input.type : `${input.type} to ${output.type}`;
  const variant = `${spoken(context.operator.kind)} ${types}`;
  const counts = { call: 1, element: elementsOf(output) };
  const shares = elementShares(context.operator.kind, input);
  if (shares === undefined) return { variant, reason: 'One flat loop.', counts, shared: true };
  const times = (share: number): LoopCounts => ({ call: 1, element: counts.element * share });
  return {
    variant,
    reason: `One flat loop, in which ${shares.why}: the work depends on the data.`,
    counts,
    fewest: times(shares.least),
    ...(shares.most === undefined ? {} : { most: times(shares.most) }),
    shared: true,
  };
}

/** What an element costs at least and at most, as a share of its usual cost. */
interface ElementShares {
  readonly least: number;
  readonly most?: number;
  readonly why: string;
}

/** `undefined` where all values cost the same. */
function elementShares(kind: string, input: Tensor): ElementShares | undefined {
  if (kind === 'RSQRT' && input.type === 'float32') return negativeRoots;
  const least = saturatedShare(kind, input);
  return least === undefined ? undefined : { least, why: 'a value that saturates costs next to nothing' };
}

/**
 * The C library's `sqrtf` takes a longer way with a negative value. On a Cortex-M4F with -O2, counted in QEMU, all 17
 * counts of `test/fit/sweeps.json` are 9 instructions a value, 14 more for each negative one and a constant (150 or 160
 * by the program that was counted). No model says how many values are negative, so that the usual figure is that of
 * the random inputs it was fitted to.
 */
const negativeRoots: ElementShares = {
  least: 9 / 16,
  most: 23 / 16,
  why: 'the root of a negative value costs more',
};

/**
 * Instructions of a saturated element over those of another. 14 and 11 were counted on a Cortex-M4F with -O2 in QEMU;
 * others take 364 and 367 there, and most on a Cortex-M0+, 1409 and 1509: no counted core takes less of its usual cost.
 */
const saturatedCost: Readonly<Record<string, number>> = lookup({ LOGISTIC: 14 / 1409, TANH: 11 / 1509 });

/**
 * What an int8 element costs at least, as a share of its usual cost; `undefined` where no value lies outside of the
 * radius beyond which the kernel returns a constant (`CalculateInputRadius` with 4 integer bits in `logistic_common.cc`
 * and `tanh.cc`).
 */
function saturatedShare(kind: string, { type, quantization }: Tensor): number | undefined {
  const share = saturatedCost[kind];
  const scale = quantization?.scales[0] ?? 0;
  if (share === undefined || type !== 'int8' || !(scale > 0)) return undefined;
  const shift = Math.floor(Math.log2(scale * 2 ** 27)) + 1;
  const radius = Math.floor((15 * 2 ** 27) / 2 ** shift);
  const zeroPoint = quantization?.zeroPoints[0] ?? 0;
  return Math.max(127 - zeroPoint, zeroPoint + 128) < radius ? undefined : share;
}

function flatCounts(count: number, context: KernelContext | undefined): LoopCounts {
  if (context === undefined || context.path === 'none') return { call: 1, element: count };
  if (context.path === 'mve') return { call: 1, step: Math.ceil(count / 4) };
  return { call: 1, block4: Math.floor(count / 4), rest: count % 4 };
}

/** Kernels that decide by `ProcessBroadcastShapes`; the others compare the shapes as they are. */
function ignoresLeadingOnes(context: KernelContext, first: Tensor): boolean {
  const { kind } = context.operator;
  if (kind === 'MUL' || kind === 'DIV') return true;
  return (kind === 'ADD' || kind === 'SUB') && (first.type === 'int8' || first.type === 'int16');
}

function sameShape(first: Tensor, second: Tensor): boolean {
  return first.shape.length === second.shape.length && first.shape.every((size, axis) => size === second.shape[axis]);
}

/** `LEAKY_RELU` as `leaky relu`. */
export function spoken(kind: string): string {
  return kind.toLowerCase().replaceAll('_', ' ');
}
