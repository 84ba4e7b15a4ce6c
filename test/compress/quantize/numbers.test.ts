import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { ActivationType, Affine, Range } from '../../../src/core/compress/quantize/affine';
import { affineOf, quantizationOf, rangeOf } from '../../../src/core/compress/quantize/affine';
import { GrowingHistogram } from '../../../src/core/compress/quantize/calibrate/histogram';
import { chooseRange } from '../../../src/core/compress/quantize/calibrate/ranges';
import { exactScale } from '../../../src/core/compress/quantize/exactScale';
import type { CalibrationMethod } from '../../../src/core/compress/quantize/request';
import { leastScalesFor, quantizeBias, quantizeWeights } from '../../../src/core/compress/quantize/weights';
import { check } from '../../support/check';
import { encodeReal } from '../../../src/core/model/values/real';

function stored(values: readonly number[], affine: Affine): readonly number[] {
  return [...new Int8Array(encodeReal({ type: 'int8', quantization: quantizationOf(affine) }, values)!)];
}

check(
  'scale and zero point of a range',
  ({ range, type }: { range: Range; type: ActivationType }) => affineOf(range, type),
  [
    {
      name: 'one-sided: all 255 steps above 0',
      input: { range: { min: 0, max: 255 }, type: 'int8' },
      expected: { scale: 1, zeroPoint: -128 },
    },
    {
      name: 'a range without 0 is widened to it',
      input: { range: { min: 3, max: 127.5 }, type: 'int8' },
      expected: { scale: 0.5, zeroPoint: -128 },
    },
    {
      name: 'two-sided',
      input: { range: { min: -64, max: 191 }, type: 'int8' },
      expected: { scale: 1, zeroPoint: -64 },
    },
    { name: 'always 0', input: { range: { min: 0, max: 0 }, type: 'int8' }, expected: { scale: 1, zeroPoint: 0 } },
    {
      name: 'int16 is symmetric',
      input: { range: { min: -32767, max: 10 }, type: 'int16' },
      expected: { scale: 1, zeroPoint: 0 },
    },
  ],
);

check('stored integers', ({ values, affine }: { values: number[]; affine: Affine }) => stored(values, affine), [
  {
    name: 'halves away from zero, clipped at the ends',
    input: { values: [0.25, -0.25, 0.24, 1000, -1000], affine: { scale: 0.5, zeroPoint: 1 } },
    expected: [2, 0, 1, 127, -128],
  },
]);

interface Weights {
  readonly values: number[];
  readonly shape: number[];
  readonly axis?: number;
  readonly leastScales?: number[];
}

check(
  'weights',
  ({ values, ...rest }: Weights) => {
    const { data, quantization } = quantizeWeights({ values: Float32Array.from(values), ...rest });
    return { data: [...data], scales: quantization.scales, axis: quantization.axis };
  },
  [
    {
      name: 'a scale for each output, 127 steps for the largest',
      input: { values: [127, -63.7, 254, 3.3], shape: [2, 2], axis: 0 },
      expected: { data: [127, -64, 127, 2], scales: [1, 2], axis: 0 },
    },
    {
      name: 'one scale for all',
      input: { values: [127, -63.7, 254, 3.3], shape: [2, 2] },
      expected: { data: [64, -32, 127, 2], scales: [2], axis: 0 },
    },
    {
      name: 'a dead channel takes the median scale of the others',
      input: { values: [0, 0, 127, 100.3], shape: [2, 2], axis: 0 },
      expected: { data: [0, 0, 127, 100], scales: [1, 1], axis: 0 },
    },
    {
      name: 'a scale that the bias needs',
      input: { values: [127, 100.3], shape: [1, 2], axis: 0, leastScales: [2] },
      expected: { data: [64, 50], scales: [2], axis: 0 },
    },
  ],
);

check(
  'a bias',
  ({ bias, scales }: { bias: number[]; scales: number[] }) => {
    const weights = { scales, zeroPoints: scales.map(() => 0), axis: 0 };
    const { data, quantization } = quantizeBias(bias, 0.5, weights, 'int32');
    return { data: [...data].map(Number), scales: quantization.scales };
  },
  [
    {
      name: 'has the scale input x weights',
      input: { bias: [3, -3], scales: [2, 4] },
      expected: { data: [3, -2], scales: [1, 2] },
    },
  ],
);

check('the least scale for a bias', (bias: number[]) => leastScalesFor(Float32Array.from(bias), 0.5, 2), [
  { name: 'lets it fit into half of int32', input: [2 ** 30, 0], expected: [2, 0] },
]);

check('steps that weights have already', (values: number[]) => exactScale(Float32Array.from(values)), [
  { name: 'of a quarter', input: [0.25, -31.75, 0.5], expected: 0.25 },
  { name: 'coarse ones are divided as far as 127 steps allow', input: [10, -20, 0], expected: 10 / 63 },
  { name: 'none', input: [0.1, 0.2345678, 100, -3.33], expected: undefined },
  { name: 'of zeros', input: [0, 0], expected: undefined },
]);

const floats = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 }), {
  minLength: 1,
  maxLength: 200,
});

it('a histogram depends on the values alone, not on their order or batches', () => {
  fc.assert(
    fc.property(floats, fc.nat(), (values, cut) => {
      const [whole, parts] = [new GrowingHistogram(), new GrowingHistogram()];
      whole.add(Float32Array.from(values));
      const at = cut % values.length;
      parts.add(Float32Array.from(values.slice(at)));
      parts.add(Float32Array.from(values.slice(0, at)));
      assert.deepStrictEqual([...parts.counts], [...whole.counts]);
      assert.deepStrictEqual(parts.range, whole.range);
    }),
    { numRuns: 50 },
  );
});

it('every method stays within what was seen, and holds 0', () => {
  const methods: CalibrationMethod[] = ['min-max', 'percentile', 'mse', 'entropy'];
  fc.assert(
    fc.property(floats, fc.constantFrom(...methods), (values, method) => {
      const histogram = new GrowingHistogram();
      histogram.add(Float32Array.from(values));
      const { min, max } = chooseRange(histogram, method, 'int8');
      assert.ok(min <= 0 && max >= 0);
      assert.ok(min >= Math.min(0, histogram.range.min) && max <= Math.max(0, histogram.range.max));
    }),
    { numRuns: 60 },
  );
});

it('what lies within a range comes back within half a step', () => {
  fc.assert(
    fc.property(floats, (values) => {
      const affine = affineOf({ min: Math.min(...values), max: Math.max(...values) }, 'int8');
      const integers = stored(values, affine);
      const { min, max } = rangeOf(affine, 'int8');
      values.forEach((value, index) => {
        const real = affine.scale * (integers[index] - affine.zeroPoint);
        const clipped = Math.min(max, Math.max(min, value));
        assert.ok(Math.abs(real - clipped) <= affine.scale * 0.5001);
      });
    }),
  );
});

it('rare outliers: percentile and mean square error leave them out, min-max does not', () => {
  const histogram = new GrowingHistogram();
  const values = Float32Array.from({ length: 100000 }, (_, index) => (index % 1000) / 1000);
  values[5] = 50;
  histogram.add(values);
  const most = (method: CalibrationMethod): number => Math.round(chooseRange(histogram, method, 'int8').max);
  assert.deepStrictEqual([most('min-max'), most('percentile'), most('mse') < 50], [50, 1, true]);
});
