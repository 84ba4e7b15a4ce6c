import { kernelCallOf } from '../../../src/core/runtimes/cost/cost';
import { graph, model, operator, tensor } from '../../support/build';
import { check } from '../../support/check';

interface Case {
  readonly kind: string;
  readonly scale: number;
  readonly zeroPoint: number;
}

/** Elements of 100 at least, as a multiple of the usual cost of one. */
function fewestElements({ kind, scale, zeroPoint }: Case): number | undefined {
  const quantization = { scales: [scale], zeroPoints: [zeroPoint], axis: 0 };
  const made = graph(
    [tensor('x', 'int8', [100], { quantization }), tensor('y', 'int8', [100], { quantization })],
    [operator(kind, [0], [1])],
  );
  const context = { operator: made.operators[0], graph: made, model: model(made) };
  const call = kernelCallOf({ ...context, library: 'reference', path: 'none' });
  const fewest = call?.fewest?.['element'];
  return fewest === undefined ? undefined : Number(fewest.toFixed(3));
}

check('the least work of a saturating function', fewestElements, [
  // Scale 0.05 x 2^27 has 23 bits: the radius is 15 x 2^27 / 2^23 = 240 steps, further than any int8 value.
  { name: 'no value saturates', input: { kind: 'LOGISTIC', scale: 0.05, zeroPoint: 0 }, expected: undefined },
  // Scale 0.2: 25 bits, 60 steps. 100 x 14 / 1409 and 100 x 11 / 1509.
  { name: 'logistic', input: { kind: 'LOGISTIC', scale: 0.2, zeroPoint: 0 }, expected: 0.994 },
  { name: 'tanh', input: { kind: 'TANH', scale: 0.2, zeroPoint: 0 }, expected: 0.729 },
  // Scale 0.08: 24 bits, 120 steps; 127 + 20 lies beyond.
  { name: 'on one side', input: { kind: 'LOGISTIC', scale: 0.08, zeroPoint: -20 }, expected: 0.994 },
  {
    name: 'a function without such values',
    input: { kind: 'HARD_SWISH', scale: 0.2, zeroPoint: 0 },
    expected: undefined,
  },
]);

check(
  'the least and most work of a root',
  (type: 'float32' | 'int8') => {
    const quantization = { scales: [0.05], zeroPoints: [-1], axis: 0 };
    const made = graph(
      [tensor('x', type, [160], { quantization }), tensor('y', type, [160], { quantization })],
      [operator('RSQRT', [0], [1])],
    );
    const context = { operator: made.operators[0], graph: made, model: model(made) };
    const call = kernelCallOf({ ...context, library: 'reference', path: 'none' });
    return [call?.fewest?.['element'], call?.most?.['element']];
  },
  [
    // 9, 16 and 23 instructions for a positive value, the mean of both signs, and a negative one.
    { name: 'of floats', input: 'float32', expected: [90, 230] },
    { name: 'of int8, where all values cost the same', input: 'int8', expected: [undefined, undefined] },
  ],
);
