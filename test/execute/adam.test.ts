import { Adam } from '../../src/core/execute/adam';
import { check } from '../support/check';

interface Steps {
  readonly values: readonly number[];
  readonly gradients: readonly (readonly number[])[];
  readonly leastScale?: number;
}

function after({ values, gradients, leastScale = 0.1 }: Steps): readonly number[] {
  const own = Float32Array.from(values);
  const adam = new Adam(own.length, leastScale);
  for (const gradient of gradients) adam.step(own, Float32Array.from(gradient), 0.01);
  return [...own].map((value) => Math.round(value * 1e4) / 1e4);
}

check('steps of Adam relative to the scale of a tensor, at a rate of 0.01', after, [
  {
    name: 'the first step is the rate times the root mean square of 3 and 4 (3.5355), whatever the gradient',
    input: { values: [3, 4], gradients: [[1e-4, -500]] },
    expected: [2.9646, 4.0354],
  },
  {
    name: 'values a thousand times as large move as much more',
    input: { values: [3000], gradients: [[1]] },
    expected: [2970],
  },
  {
    name: 'a tensor of zeros moves by the least scale',
    input: { values: [0, 0], gradients: [[1, 1]] },
    expected: [-0.001, -0.001],
  },
  { name: 'without a gradient nothing moves', input: { values: [2], gradients: [[0], [0]] }, expected: [2] },
  {
    name: 'a gradient that turns around: 0.99, then back by 0.01 / 0.19 of 0.0099, since the mean is 0.9 x 0.1 - 0.1',
    input: { values: [1], gradients: [[1], [-1]] },
    expected: [0.9905],
  },
]);
