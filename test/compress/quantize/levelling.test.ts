import type { Observations } from '../../../src/core/compress/quantize/calibrate/observe';
import { GrowingHistogram } from '../../../src/core/compress/quantize/calibrate/histogram';
import { equalise } from '../../../src/core/compress/quantize/equalise';
import type { Model } from '../../../src/core/model/model';
import { realValues } from '../../../src/core/model/values/real';
import { floats, graph, model, operator, options, tensor } from '../../support/build';
import { check } from '../../support/check';

interface Pair {
  /** Activation between the two layers. */
  readonly activation: string;
  readonly first: readonly number[];
  readonly bias: readonly number[];
  readonly second: readonly number[];
  /** True where the graph gives out what lies between. */
  readonly isGivenOut?: boolean;
}

/** Two dense layers with two channels between them. */
function pairOf({ activation, first, bias, second, isGivenOut = false }: Pair): Model {
  const dense = { options: options('FullyConnectedOptions', { fusedActivationFunction: activation }) };
  return model(
    graph(
      [
        tensor('x', 'float32', [1, 1]),
        floats('w', [2, 1], first),
        floats('b', [2], bias),
        tensor('h', 'float32', [1, 2]),
        floats('v', [1, 2], second),
        tensor('y', 'float32', [1, 1]),
      ],
      [
        operator('FULLY_CONNECTED', [0, 1, 2], [3], dense),
        operator('FULLY_CONNECTED', [3, 4, -1], [5], { options: options('FullyConnectedOptions', {}) }),
      ],
      { inputs: [0], outputs: isGivenOut ? [5, 3] : [5] },
    ),
  );
}

function levelled([pair, most]: readonly [Pair, readonly number[]]): unknown {
  const seen = { histogram: new GrowingHistogram(), mean: new Float64Array(2), channelMost: Float64Array.from(most) };
  const observations: Observations = new Map([[3, seen]]);
  const result = equalise(pairOf(pair), observations);
  const { operators, tensors } = result.model.graphs[0];
  const valuesOf = (index: number): readonly number[] => [...realValues(tensors[index])!];
  return {
    pairs: result.pairs,
    first: valuesOf(operators[0].inputs[1]),
    bias: valuesOf(operators[0].inputs[2]),
    second: valuesOf(operators[1].inputs[1]),
  };
}

const pair: Pair = { activation: 'RELU', first: [16, 1], bias: [32, 3], second: [1, 1] };

check('channels levelled between two layers', levelled, [
  {
    // Roots of 256 and 1: 16 and 1, their geometric mean 4; so 4 and a quarter.
    name: 'a loud channel is divided before and multiplied behind',
    input: [pair, [256, 1]],
    expected: { pairs: 1, first: [4, 4], bias: [8, 12], second: [4, 0.25] },
  },
  {
    // Roots of 2^16 and 2^-16: 2^8 and 2^-8, their mean 1; no more than 64 is taken.
    name: 'by 64 at most',
    input: [pair, [2 ** 16, 2 ** -16]],
    expected: { pairs: 1, first: [0.25, 64], bias: [0.5, 192], second: [64, 2 ** -6] },
  },
  {
    name: 'a channel that is always 0 stays, and does not count',
    input: [pair, [256, 0]],
    expected: { pairs: 0, first: [16, 1], bias: [32, 3], second: [1, 1] },
  },
  {
    name: 'level already',
    input: [pair, [2, 2]],
    expected: { pairs: 0, first: [16, 1], bias: [32, 3], second: [1, 1] },
  },
  {
    name: 'not through an activation that a factor changes',
    input: [{ ...pair, activation: 'RELU6' }, [256, 1]],
    expected: { pairs: 0, first: [16, 1], bias: [32, 3], second: [1, 1] },
  },
  {
    name: 'not where the graph gives the channels out',
    input: [{ ...pair, isGivenOut: true }, [256, 1]],
    expected: { pairs: 0, first: [16, 1], bias: [32, 3], second: [1, 1] },
  },
]);
