import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { prepare } from '../../../src/core/execute/prepare';
import { seededInputs } from '../../../src/core/execute/seededInputs';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import { readModel } from '../../../src/core/formats/formats';
import { operatorModels } from './operatorModels';
import { RandomModel } from './randomModel';
import hashes from './tflmHashes.json';

/**
 * Models of one operator each, and the beginnings of the SHA-256 of what TFLM 90b983c2 (reference kernels, x86-64, no
 * fused multiply-add) computed for two inferences of them: seeds 1 and 2, double and single rounding. Operators whose
 * floats depend on the machine's exponential or sine are left to the goldens' tolerance.
 */
const machineDependent = new Set(Object.entries(hashes).flatMap(([name, rows]) => (rows.length === 0 ? [name] : [])));

function hashOf(name: string, seed: number, rounding: 'double' | 'single'): string {
  const built = operatorModels[name](new RandomModel(seed));
  const { model } = readModel({ bytes: writeTflite(built), path: `${name}.tflite` });
  const [graph] = model.graphs;
  const executable = prepare(model, { rounding });
  const hash = createHash('sha256');
  const integers = name.startsWith('EMBEDDING_LOOKUP') ? 4 : 2000;
  for (const inputSeed of [seed, seed + 100]) {
    const tensors = graph.inputs.map((tensor) => graph.tensors[tensor]);
    for (const value of executable.invoke(seededInputs(tensors, inputSeed, integers))) hash.update(value.bytes);
  }
  return hash.digest('hex').slice(0, 16);
}

describe('one operator at a time, as TFLM computes it', () => {
  it('knows every model', () => {
    assert.deepStrictEqual(Object.keys(hashes), Object.keys(operatorModels));
  });

  for (const [name, rows] of Object.entries(hashes)) {
    if (machineDependent.has(name)) continue;
    it(name, () => {
      const ours = rows.map((_row, index) => [hashOf(name, index + 1, 'double'), hashOf(name, index + 1, 'single')]);
      assert.deepStrictEqual(ours, rows);
    });
  }
});
