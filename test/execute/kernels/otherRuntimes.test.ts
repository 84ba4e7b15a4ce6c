import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Rounding } from '../../../src/core/execute/executable';
import { prepare } from '../../../src/core/execute/prepare';
import { seededInputs } from '../../../src/core/execute/seededInputs';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import { heldValues } from '../../../src/core/model/values/real';
import { litert } from '../../support/oracles/litert';
import type { Oracle } from '../../support/oracles/oracle';
import { runOnce } from '../../support/oracles/oracle';
import { tfjsTflite } from '../../support/oracles/tfjsTflite';
import { operatorModels } from './operatorModels';
import { RandomModel } from './randomModel';

/**
 * Models of one operator against runtimes that share no code with ours. They round most products once; integers are
 * equal, and what is float is equal to its last digits. The seeds are others than those of which TFLM's own answers are
 * known.
 */

/** How an operator is compared where it is not as usual. */
interface Way {
  readonly oracle?: Oracle;
  readonly rounding?: Rounding;
  /** Steps that integers may differ by. */
  readonly steps?: number;
}

const otherWays: Readonly<Record<string, Way>> = {
  // Kernels that round twice there too.
  'CONV_2D int8 in groups': { rounding: 'double' },
  'LEAKY_RELU int16': { rounding: 'double' },
  'PRELU int8': { rounding: 'double' },
  'PRELU int16': { rounding: 'double' },
  'BATCH_MATMUL int8': { rounding: 'double' },
  // LiteRT takes a bias of 32 bits for one of 64, and scales sums of 48 bits otherwise.
  'FULLY_CONNECTED int16': { oracle: tfjsTflite },
  'CONV_2D int16 with int32': { oracle: tfjsTflite },
  'FULLY_CONNECTED int16 per channel': { oracle: tfjsTflite },
  // What LiteRT's interface for JavaScript does not take: several outputs, variables.
  'SPLIT int8': { oracle: tfjsTflite },
  'SPLIT float32': { oracle: tfjsTflite },
  'SPLIT_V int8': { oracle: tfjsTflite },
  'UNPACK int8': { oracle: tfjsTflite },
  'SVDF int8 with int16': { oracle: tfjsTflite },
  'SVDF float32': { oracle: tfjsTflite },
  'UNIDIRECTIONAL_SEQUENCE_LSTM float32': { oracle: tfjsTflite },
  // XNNPACK adds in another order before it rounds.
  'QUANTIZE int8 to int8': { steps: 1 },
  // Exponentials of 16 bits come from a table there.
  'SOFTMAX int8 to int16': { steps: 1 },
};

/** What neither runtime takes in these types, or answers by another definition than TFLM. */
const notCompared: readonly string[] = [
  'CONV_2D int8 without bias',
  'SQUARED_DIFFERENCE int16',
  'QUANTIZE int8 to int32',
  'CUMSUM int8',
  'ADD_N int8',
  'BROADCAST_TO int8',
  'BROADCAST_TO float32',
  'UNIDIRECTIONAL_SEQUENCE_LSTM int8',
  'UNIDIRECTIONAL_SEQUENCE_LSTM int16',
  // The state is of 16 bits there whatever the file says.
  'SVDF int8',
  // TFLM pads with 0 where the file means the zero point.
  'SPACE_TO_BATCH_ND int8',
];

/** The largest differences over all outputs: of integers in steps, of floats as a share of the largest magnitude. */
async function differences(name: string, seed: number): Promise<{ readonly steps: number; readonly share: number }> {
  const { oracle = litert, rounding = 'single' } = otherWays[name] ?? {};
  const model = operatorModels[name](new RandomModel(seed));
  const [{ tensors, inputs }] = model.graphs;
  const indices = name.startsWith('EMBEDDING_LOOKUP') ? 4 : 2000;
  const values = seededInputs(
    inputs.map((index) => tensors[index]),
    seed,
    indices,
  );
  const ours = prepare(model, { rounding }).invoke(values);
  const theirs = await runOnce(oracle, writeTflite(model), values);
  assert.deepStrictEqual(
    theirs.map(({ length }) => length),
    ours.map(({ bytes }) => bytes.length),
  );
  let [steps, share] = [0, 0];
  ours.forEach((value, position) => {
    const [own, other] = [heldValues(value), heldValues({ ...value, bytes: theirs[position] })];
    const most = Math.max(0, ...own.map((number, index) => Math.abs(number - other[index])));
    if (value.type === 'float32') share = Math.max(share, most / Math.max(1, ...other.map(Math.abs)));
    else steps = Math.max(steps, most);
  });
  return { steps, share };
}

describe('one operator at a time, as other runtimes compute it', () => {
  it('names only models that there are', () => {
    const names = new Set(Object.keys(operatorModels));
    assert.deepStrictEqual(
      [...Object.keys(otherWays), ...notCompared].filter((name) => !names.has(name)),
      [],
    );
  });

  for (const name of Object.keys(operatorModels)) {
    if (notCompared.includes(name)) continue;
    it(name, async () => {
      for (const seed of [11, 12, 13, 14]) {
        const { steps, share } = await differences(name, seed);
        assert.ok(steps <= (otherWays[name]?.steps ?? 0), `seed ${seed}: ${steps} steps apart`);
        assert.ok(share <= 3e-7, `seed ${seed}: ${share} of the largest apart`);
      }
    });
  }
});
