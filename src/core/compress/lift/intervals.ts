import type { Graph, Operator, Tensor } from '../../model/model';
import { isConstant } from '../../model/model';
import { enumOption } from '../../model/options';
import { activationRanges } from '../../execute/activationRange';
import { integerRange } from '../../model/values/integerRange';
import { realValues } from '../../model/values/real';
import type { Interval } from './interval';
import { everything } from './interval';
import { weightedSums } from './weightedSums';
import { lookup } from '../../text/lookup';

/** What a quantized activation can hold; `undefined` for other tensors. */
export function heldInterval({ type, quantization }: Tensor): Interval | undefined {
  if (quantization?.scales.length !== 1 || (type !== 'int8' && type !== 'uint8' && type !== 'int16')) return undefined;
  const [scale, zeroPoint] = [quantization.scales[0], quantization.zeroPoints[0] ?? 0];
  const { least, most } = integerRange[type];
  return { least: scale * (least - zeroPoint), most: scale * (most - zeroPoint) };
}

type Reach = (inputs: readonly Interval[], operator: Operator, graph: Graph) => Interval;

/** Operators that only move, choose between or average their values, zeros of a padding among them. */
const moving: readonly string[] = [
  ...['RESHAPE', 'SQUEEZE', 'EXPAND_DIMS', 'TRANSPOSE', 'SLICE', 'STRIDED_SLICE', 'SPLIT', 'SPLIT_V', 'PACK', 'UNPACK'],
  ...['GATHER', 'GATHER_ND', 'PAD', 'PADV2', 'MIRROR_PAD', 'SPACE_TO_BATCH_ND', 'BATCH_TO_SPACE_ND', 'SPACE_TO_DEPTH'],
  ...['DEPTH_TO_SPACE', 'CONCATENATION', 'TILE', 'BROADCAST_TO', 'MEAN', 'REDUCE_MAX', 'REDUCE_MIN', 'MAX_POOL_2D'],
  ...['AVERAGE_POOL_2D', 'RESIZE_BILINEAR', 'RESIZE_NEAREST_NEIGHBOR', 'QUANTIZE', 'DEQUANTIZE', 'SELECT_V2'],
];

const fixedRanges: Readonly<Record<string, Interval>> = lookup({
  LOGISTIC: { least: 0, most: 1 },
  SOFTMAX: { least: 0, most: 1 },
  TANH: { least: -1, most: 1 },
  LOG_SOFTMAX: { least: -Infinity, most: 0 },
  L2_NORMALIZATION: { least: -1, most: 1 },
  SQUARED_DIFFERENCE: { least: 0, most: Infinity },
  SQRT: { least: 0, most: Infinity },
  RSQRT: { least: 0, most: Infinity },
  EXP: { least: 0, most: Infinity },
  RELU_0_TO_1: { least: 0, most: 1 },
});

const reachWithZero: Reach = (inputs) => hullOf([{ least: 0, most: 0 }, ...inputs]);

const reaches: Readonly<Record<string, Reach>> = lookup({
  ...Object.fromEntries(moving.map((kind) => [kind, reachWithZero])),
  ...Object.fromEntries(Object.entries(fixedRanges).map(([kind, interval]) => [kind, () => interval])),
  ADD: ([a, b]) => ({ least: a.least + b.least, most: a.most + b.most }),
  SUB: ([a, b]) => ({ least: a.least - b.most, most: a.most - b.least }),
  MUL: ([a, b]) => hullOf(products(a, b).map((value) => ({ least: value, most: value }))),
  MAXIMUM: ([a, b]) => ({ least: Math.max(a.least, b.least), most: Math.max(a.most, b.most) }),
  MINIMUM: ([a, b]) => ({ least: Math.min(a.least, b.least), most: Math.min(a.most, b.most) }),
  NEG: ([a]) => ({ least: -a.most, most: -a.least }),
  ABS: ([a]) => ({ least: 0, most: Math.max(Math.abs(a.least), Math.abs(a.most)) }),
  RELU: ([a]) => within(a, activationRanges.RELU),
  RELU6: ([a]) => within(a, activationRanges.RELU6),
  RELU_N1_TO_1: ([a]) => within(a, activationRanges.RELU_N1_TO_1),
  SQUARE: ([a]) => ({ least: 0, most: Math.max(a.least * a.least, a.most * a.most) }),
  LEAKY_RELU: reachWithZero,
  // x relu6(x + 3) / 6 is least at x = -1.5.
  HARD_SWISH: ([a]) => ({ least: a.least >= 0 ? 0 : -0.375, most: Math.max(0, a.most) }),
  CONV_2D: weightedSums,
  DEPTHWISE_CONV_2D: weightedSums,
  FULLY_CONNECTED: weightedSums,
  TRANSPOSE_CONV: weightedSums,
});

/**
 * What the float form of each operator's outputs can reach, by tensor, when all tensors before hold no more than they
 * do quantized: its arithmetic and its own activation function, without the limits of the output's type.
 */
export function reachedIntervals(graph: Graph): ReadonlyMap<number, Interval> {
  const held = new Map<number, Interval>();
  const reached = new Map<number, Interval>();
  const intervalOf = (index: number): Interval => {
    const tensor = index < 0 ? undefined : graph.tensors[index];
    if (tensor === undefined) return { least: 0, most: 0 };
    return held.get(index) ?? (isConstant(tensor) ? constantInterval(tensor) : (heldInterval(tensor) ?? everything));
  };
  for (const operator of graph.operators) {
    // Constants of a sum are weighed one by one, so that their extremes are not asked for.
    const inputs = operator.inputs.map((index) => lazily(() => intervalOf(index)));
    const reach = Object.hasOwn(reaches, operator.kind) ? reaches[operator.kind](inputs, operator, graph) : everything;
    const fused = activationRanges[enumOption(operator, 'fusedActivationFunction', 'NONE')] ?? everything;
    for (const output of operator.outputs) {
      const whole = within(reach, fused);
      reached.set(output, whole);
      held.set(output, within(whole, heldInterval(graph.tensors[output]) ?? everything));
    }
  }
  return reached;
}

function lazily(make: () => Interval): Interval {
  let made: Interval | undefined;
  return {
    get least() {
      return (made ??= make()).least;
    },
    get most() {
      return (made ??= make()).most;
    },
  };
}

function constantInterval(tensor: Tensor): Interval {
  const values = realValues(tensor);
  if (values === undefined || values.length === 0) return everything;
  return values.reduce<Interval>(
    ({ least, most }, value) => ({ least: Math.min(least, value), most: Math.max(most, value) }),
    { least: Infinity, most: -Infinity },
  );
}

function hullOf(intervals: readonly Interval[]): Interval {
  return {
    least: Math.min(...intervals.map(({ least }) => least)),
    most: Math.max(...intervals.map(({ most }) => most)),
  };
}

function within({ least, most }: Interval, limits: Interval): Interval {
  const clip = (value: number): number => Math.min(Math.max(value, limits.least), limits.most);
  return { least: clip(least), most: clip(most) };
}

function products(a: Interval, b: Interval): readonly number[] {
  // 0 times infinity is 0 here: a factor that can only be 0 leaves 0.
  const product = (x: number, y: number): number => (x === 0 || y === 0 ? 0 : x * y);
  return [product(a.least, b.least), product(a.least, b.most), product(a.most, b.least), product(a.most, b.most)];
}
