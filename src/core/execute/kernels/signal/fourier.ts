import type { Arithmetic } from './arithmetic';

/**
 * Fourier transforms of real signals in the arithmetic of the device. Steps and rounding are those of kissfft (Mark
 * Borgerding, BSD-3), which TFLM uses: decimation in time by factors 4, 2, 3, 5 and others, each step of the
 * fixed-point variants divided by its factor.
 */

/** Complex numbers: real and imaginary parts by turns. */
type Complexes = Float64Array;

/** A transform of `size` complex numbers. */
interface Plan {
  readonly size: number;
  readonly isInverse: boolean;
  readonly arithmetic: Arithmetic;
  readonly twiddles: Complexes;
  /** Factors with what remains after each. */
  readonly factors: readonly (readonly [factor: number, rest: number])[];
}

function planOf(size: number, isInverse: boolean, arithmetic: Arithmetic): Plan {
  const twiddles = new Float64Array(2 * size);
  for (let index = 0; index < size; index++) {
    const phase = ((isInverse ? 2 : -2) * Math.PI * index) / size;
    twiddles[2 * index] = arithmetic.twiddle(Math.cos(phase));
    twiddles[2 * index + 1] = arithmetic.twiddle(Math.sin(phase));
  }
  return { size, isInverse, arithmetic, twiddles, factors: factorsOf(size) };
}

function factorsOf(size: number): readonly (readonly [number, number])[] {
  const factors: [number, number][] = [];
  const root = Math.floor(Math.sqrt(size));
  let rest = size;
  let factor = 4;
  do {
    while (rest % factor !== 0) {
      factor = factor === 4 ? 2 : factor === 2 ? 3 : factor + 2;
      if (factor > root) factor = rest;
    }
    rest /= factor;
    factors.push([factor, rest]);
  } while (rest > 1);
  return factors;
}

/** One part of a transform: where it writes, where it reads, and by how much it skips. */
interface Part {
  readonly to: number;
  readonly from: number;
  readonly stride: number;
  readonly level: number;
}

function transform(plan: Plan, source: Complexes, target: Complexes, part: Part): void {
  const [factor, rest] = plan.factors[part.level];
  for (let index = 0; index < factor; index++) {
    const from = part.from + index * part.stride;
    const to = part.to + index * rest;
    if (rest === 1) {
      target[2 * to] = source[2 * from];
      target[2 * to + 1] = source[2 * from + 1];
    } else {
      transform(plan, source, target, { to, from, stride: part.stride * factor, level: part.level + 1 });
    }
  }
  combine(plan, target, part, factor, rest);
}

// eslint-disable-next-line max-params -- A plan, its memory, and the three numbers of a step.
function combine(plan: Plan, values: Complexes, part: Part, factor: number, rest: number): void {
  for (let index = 0; index < rest; index++) {
    const step = { plan, values, at: part.to + index, rest, stride: part.stride, index };
    if (factor === 2) combineTwo(step);
    else if (factor === 4) combineFour(step);
    else if (factor === 3) combineThree(step);
    else if (factor === 5) combineFive(step);
    else combineAny(step, factor);
  }
}

interface Step {
  readonly plan: Plan;
  readonly values: Complexes;
  /** Element of the first of the parts that are combined; the others follow `rest` apart. */
  readonly at: number;
  readonly rest: number;
  readonly stride: number;
  readonly index: number;
}

type Complex = readonly [real: number, imaginary: number];

/** Part `number` of a step, divided by the number of parts. */
function divideValue({ plan, values, at, rest }: Step, number: number, divisor: number): Complex {
  const place = 2 * (at + number * rest);
  const { divide } = plan.arithmetic;
  return [divide(values[place], divisor), divide(values[place + 1], divisor)];
}

function twiddleValue({ plan, stride, index }: Step, [real, imaginary]: Complex, number: number): Complex {
  return multiplyByTwiddle(plan, [real, imaginary], number * index * stride);
}

function multiplyByTwiddle({ arithmetic, twiddles }: Plan, [real, imaginary]: Complex, twiddle: number): Complex {
  const [cosine, sine] = [twiddles[2 * twiddle], twiddles[2 * twiddle + 1]];
  return [arithmetic.product(real, cosine, -imaginary, sine), arithmetic.product(real, sine, imaginary, cosine)];
}

function putValue({ plan, values, at, rest }: Step, number: number, [real, imaginary]: Complex): void {
  const place = 2 * (at + number * rest);
  values[place] = plan.arithmetic.store(real);
  values[place + 1] = plan.arithmetic.store(imaginary);
}

function sumOf({ plan }: Step, a: Complex, b: Complex): Complex {
  return [plan.arithmetic.store(a[0] + b[0]), plan.arithmetic.store(a[1] + b[1])];
}

function differenceOf({ plan }: Step, a: Complex, b: Complex): Complex {
  return [plan.arithmetic.store(a[0] - b[0]), plan.arithmetic.store(a[1] - b[1])];
}

function combineTwo(step: Step): void {
  const first = divideValue(step, 0, 2);
  const second = twiddleValue(step, divideValue(step, 1, 2), 1);
  putValue(step, 1, differenceOf(step, first, second));
  putValue(step, 0, sumOf(step, first, second));
}

function combineFour(step: Step): void {
  const [a, b, c, d] = [0, 1, 2, 3].map((number) => divideValue(step, number, 4));
  const [first, second, third] = [twiddleValue(step, b, 1), twiddleValue(step, c, 2), twiddleValue(step, d, 3)];
  const difference = differenceOf(step, a, second);
  const sum = sumOf(step, a, second);
  const outer = sumOf(step, first, third);
  const inner = differenceOf(step, first, third);
  putValue(step, 2, differenceOf(step, sum, outer));
  putValue(step, 0, sumOf(step, sum, outer));
  const turned: Complex = step.plan.isInverse ? [-inner[1], inner[0]] : [inner[1], -inner[0]];
  putValue(step, 1, [difference[0] + turned[0], difference[1] + turned[1]]);
  putValue(step, 3, [difference[0] - turned[0], difference[1] - turned[1]]);
}

function combineThree(step: Step): void {
  const { plan, stride, rest } = step;
  const { store, half, product } = plan.arithmetic;
  const [a, b, c] = [0, 1, 2].map((number) => divideValue(step, number, 3));
  const [first, second] = [twiddleValue(step, b, 1), twiddleValue(step, c, 2)];
  const sum = sumOf(step, first, second);
  const difference = differenceOf(step, first, second);
  const sine = plan.twiddles[2 * stride * rest + 1];
  const middle: Complex = [store(a[0] - half(sum[0])), store(a[1] - half(sum[1]))];
  const turned: Complex = [product(difference[0], sine, 0, 0), product(difference[1], sine, 0, 0)];
  putValue(step, 0, sumOf(step, a, sum));
  putValue(step, 2, [middle[0] + turned[1], middle[1] - turned[0]]);
  putValue(step, 1, [middle[0] - turned[1], middle[1] + turned[0]]);
}

function combineFive(step: Step): void {
  const { plan, stride, rest } = step;
  const { store, product } = plan.arithmetic;
  const scale = (value: number, factor: number): number => product(value, factor, 0, 0);
  const at = (index: number): Complex => [plan.twiddles[2 * index], plan.twiddles[2 * index + 1]];
  const [ya, yb] = [at(stride * rest), at(2 * stride * rest)];
  const parts = [0, 1, 2, 3, 4].map((number) => divideValue(step, number, 5));
  const [zero] = parts;
  const [one, two, three, four] = [1, 2, 3, 4].map((number) => twiddleValue(step, parts[number], number));
  const [outerSum, outerDifference] = [sumOf(step, one, four), differenceOf(step, one, four)];
  const [innerSum, innerDifference] = [sumOf(step, two, three), differenceOf(step, two, three)];
  putValue(step, 0, [zero[0] + store(outerSum[0] + innerSum[0]), zero[1] + store(outerSum[1] + innerSum[1])]);
  const base = (p: number, q: number): Complex =>
    [0, 1].map((side) => store(store(zero[side] + scale(outerSum[side], p)) + scale(innerSum[side], q))) as [
      number,
      number,
    ];
  const near = base(ya[0], yb[0]);
  const nearTurn: Complex = [
    store(scale(outerDifference[1], ya[1]) + scale(innerDifference[1], yb[1])),
    store(-scale(outerDifference[0], ya[1]) - scale(innerDifference[0], yb[1])),
  ];
  const far = base(yb[0], ya[0]);
  const farTurn: Complex = [
    store(-scale(outerDifference[1], yb[1]) + scale(innerDifference[1], ya[1])),
    store(scale(outerDifference[0], yb[1]) - scale(innerDifference[0], ya[1])),
  ];
  putValue(step, 1, differenceOf(step, near, nearTurn));
  putValue(step, 4, sumOf(step, near, nearTurn));
  putValue(step, 2, sumOf(step, far, farTurn));
  putValue(step, 3, differenceOf(step, far, farTurn));
}

function combineAny(step: Step, factor: number): void {
  const { plan, stride, rest, index } = step;
  const parts = Array.from({ length: factor }, (_none, number) => divideValue(step, number, factor));
  for (let target = 0; target < factor; target++) {
    const place = index + target * rest;
    let sum = parts[0];
    let twiddle = 0;
    for (let number = 1; number < factor; number++) {
      twiddle += stride * place;
      if (twiddle >= plan.size) twiddle -= plan.size;
      sum = sumOf(step, sum, multiplyByTwiddle(plan, parts[number], twiddle));
    }
    putValue(step, target, sum);
  }
}

/** The turns that join the halves of a real transform. */
function realTwiddles(size: number, isInverse: boolean, arithmetic: Arithmetic): Complexes {
  const turns = new Float64Array(2 * Math.floor(size / 2));
  for (let index = 0; 2 * index < turns.length; index++) {
    const phase = (isInverse ? 1 : -1) * Math.PI * ((index + 1) / size + 0.5);
    turns[2 * index] = arithmetic.twiddle(Math.cos(phase));
    turns[2 * index + 1] = arithmetic.twiddle(Math.sin(phase));
  }
  return turns;
}

/** From `length` real numbers to `length` / 2 + 1 complex ones. `length` is even. */
export function realTransform(
  length: number,
  arithmetic: Arithmetic,
): (samples: Float64Array, spectrum: Float64Array) => void {
  const size = length / 2;
  const plan = planOf(size, false, arithmetic);
  const turns = realTwiddles(size, false, arithmetic);
  const packed = new Float64Array(length);
  const { divide, store, product, half } = arithmetic;
  return (samples, spectrum) => {
    transform(plan, samples, packed, { to: 0, from: 0, stride: 1, level: 0 });
    const [even, odd] = [divide(packed[0], 2), divide(packed[1], 2)];
    spectrum[0] = store(even + odd);
    spectrum[1] = 0;
    spectrum[2 * size] = store(even - odd);
    spectrum[2 * size + 1] = 0;
    for (let index = 1; index <= size / 2; index++) {
      const other = size - index;
      const near: Complex = [divide(packed[2 * index], 2), divide(packed[2 * index + 1], 2)];
      const far: Complex = [divide(packed[2 * other], 2), divide(store(-packed[2 * other + 1]), 2)];
      const sum: Complex = [store(near[0] + far[0]), store(near[1] + far[1])];
      const difference: Complex = [store(near[0] - far[0]), store(near[1] - far[1])];
      const [cosine, sine] = [turns[2 * index - 2], turns[2 * index - 1]];
      const turned: Complex = [
        product(difference[0], cosine, -difference[1], sine),
        product(difference[0], sine, difference[1], cosine),
      ];
      spectrum[2 * index] = half(sum[0] + turned[0]);
      spectrum[2 * index + 1] = half(sum[1] + turned[1]);
      spectrum[2 * other] = half(sum[0] - turned[0]);
      spectrum[2 * other + 1] = half(turned[1] - sum[1]);
    }
  };
}

/** The reverse, without the division by the length. */
export function inverseRealTransform(
  length: number,
  arithmetic: Arithmetic,
): (spectrum: Float64Array, samples: Float64Array) => void {
  const size = length / 2;
  const plan = planOf(size, true, arithmetic);
  const turns = realTwiddles(size, true, arithmetic);
  const packed = new Float64Array(length);
  const { divide, store, product } = arithmetic;
  return (spectrum, samples) => {
    packed[0] = divide(store(spectrum[0] + spectrum[2 * size]), 2);
    packed[1] = divide(store(spectrum[0] - spectrum[2 * size]), 2);
    for (let index = 1; index <= size / 2; index++) {
      const other = size - index;
      const near: Complex = [divide(spectrum[2 * index], 2), divide(spectrum[2 * index + 1], 2)];
      const far: Complex = [divide(spectrum[2 * other], 2), divide(store(-spectrum[2 * other + 1]), 2)];
      const sum: Complex = [store(near[0] + far[0]), store(near[1] + far[1])];
      const difference: Complex = [store(near[0] - far[0]), store(near[1] - far[1])];
      const [cosine, sine] = [turns[2 * index - 2], turns[2 * index - 1]];
      const turned: Complex = [
        product(difference[0], cosine, -difference[1], sine),
        product(difference[0], sine, difference[1], cosine),
      ];
      packed[2 * index] = store(sum[0] + turned[0]);
      packed[2 * index + 1] = store(sum[1] + turned[1]);
      packed[2 * other] = store(sum[0] - turned[0]);
      packed[2 * other + 1] = store(-store(sum[1] - turned[1]));
    }
    transform(plan, packed, samples, { to: 0, from: 0, stride: 1, level: 0 });
  };
}
