import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { it } from 'node:test';
import { mulberry32, shuffledIndices } from '../../src/core/execute/mulberry32';
import { seededInputs } from '../../src/core/execute/seededInputs';
import type { SeededTensor } from '../../src/core/execute/seededInputs';
import type { DataType } from '../../src/core/model/dataType';
import { check } from '../support/check';
import { readSharedJson, sharedModelsMissing } from '../support/models';

interface Golden {
  readonly runs: readonly {
    readonly seed: number;
    readonly rounding: string;
    /** Marks a run whose integers keep to another range. */
    readonly int32?: string;
    readonly inputs: readonly { readonly type: string; readonly shape: readonly number[]; readonly sha256: string }[];
  }[];
}

check('mulberry32', (seed: number) => Array.from({ length: 3 }, mulberry32(seed)).map((draw) => draw * 2 ** 32), [
  // The first draws of the published generator.
  { name: 'seed 0', input: 0, expected: [1144304738, 1416247, 958946056] },
  { name: 'seed 1', input: 1, expected: [2693262067, 11749833, 2265367787] },
]);

check('shuffledIndices', (count: number) => [...shuffledIndices(count, () => 0)], [
  { name: 'nothing to shuffle', input: 0, expected: [] },
  { name: 'always the first: each last goes to the front', input: 4, expected: [1, 2, 3, 0] },
]);

function oneInput(tensor: SeededTensor): number[] {
  return [...seededInputs([tensor], 1)[0]];
}

// Seed 1 draws 0.6270739, 0.0027357, 0.5274470.
check('one input from a seed', oneInput, [
  { name: 'int8', input: { name: 'x', type: 'int8', shape: [1, 3] }, expected: [32, 128, 7] },
  { name: 'uint8', input: { name: 'x', type: 'uint8', shape: [3] }, expected: [160, 0, 135] },
  { name: 'int16', input: { name: 'x', type: 'int16', shape: [1] }, expected: [0x87, 0x20] },
  { name: 'int32', input: { name: 'x', type: 'int32', shape: [2] }, expected: [2, 0, 0, 0, 0, 0, 0, 0] },
  { name: 'int64', input: { name: 'x', type: 'int64', shape: [1] }, expected: [2, 0, 0, 0, 0, 0, 0, 0] },
  { name: 'bool', input: { name: 'x', type: 'bool', shape: [3] }, expected: [1, 0, 1] },
  { name: 'an unknown dimension counts as 1', input: { name: 'x', type: 'uint8', shape: [-1, 2] }, expected: [160, 0] },
  {
    name: 'a type without a rule',
    input: { name: 'words', type: 'string', shape: [1] },
    fails: 'The input "words" has the type string, which a seed cannot fill. Give its values in a file.',
  },
]);

it('one generator serves all inputs of a run', () => {
  const tensors: SeededTensor[] = [
    { name: 'a', type: 'uint8', shape: [2] },
    { name: 'b', type: 'uint8', shape: [1] },
  ];
  assert.deepStrictEqual(
    seededInputs(tensors, 1).map((bytes) => [...bytes]),
    [[160, 0], [135]],
  );
});

it('the inputs are those of the recorded runs', { skip: sharedModelsMissing }, () => {
  const index = readSharedJson<readonly { model: string; status: string }[]>('goldens/INDEX.json');
  let compared = 0;
  for (const { model } of index.filter((entry) => entry.status === 'ok')) {
    for (const run of readSharedJson<Golden>(`goldens/${model}/golden.json`).runs) {
      const tensors = run.inputs.map(({ type, shape }) => ({ name: '', type: type.toLowerCase() as DataType, shape }));
      const inputs = seededInputs(tensors, run.seed, run.int32 === '0..1' ? 2 : 4);
      const hashes = inputs.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
      assert.deepStrictEqual(
        hashes,
        run.inputs.map((input) => input.sha256),
        model,
      );
      compared++;
    }
  }
  assert.ok(compared > 800, `Only ${compared} runs were compared.`);
});
