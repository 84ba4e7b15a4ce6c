import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { it } from 'node:test';
import { readTflite } from '../../../src/core/formats/tflite/reader';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import { sharedModelBytes, sharedModels, sharedModelsMissing } from '../../support/models';
import { OracleError } from '../../support/oracles/oracle';
import { withVectorAxisZero } from '../../support/oracles/repair';
import { runModel } from '../../support/oracles/tfjsTflite';
import { modelInputs } from '../../support/seededInputs';

/** Models that the oracle refuses as they are, with a part of what it says; nothing else may be left out. */
const refusedByOracle: Readonly<Record<string, string>> = {
  aieq_sdpa_composite: 'Op builtin_code out of range: 206',
  aieq_simple_composite: 'Op builtin_code out of range: 206',
  aieq_single_slice: 'Invalid begin and size',
  coral_model_invoking_error: 'unresolved custom op: fake-op-double',
  mlonmcu_custom: 'unresolved custom op: Complex',
  tflm_audio_preprocessor_float: 'unresolved custom op: SignalWindow',
  tflm_audio_preprocessor_int8: 'unresolved custom op: SignalWindow',
  tflm_keyword_scrambled_8bit: 'memory access out of bounds',
  tflm_person_detect_vela: 'unresolved custom op: ethos-u',
};

/** Models of which both files, the given and the rewritten one, are repaired alike before they are run. */
const runRepaired = new Set(['tflm_person_detect']);

/** Models that gather by their inputs, which must stay below 2. */
const gathersByInput = new Set(['aieq_single_gather_nd_with_const_params']);

/** At least so many of the shared models must have been compared. */
const leastCompared = 220;

it('a model that is read and written again runs as before', { skip: sharedModelsMissing }, async (context) => {
  let compared = 0;
  for (const { name } of sharedModels()) {
    const bytes = sharedModelBytes(name);
    const { model } = readTflite(bytes);
    const inputs = modelInputs(model, 1, gathersByInput.has(name) ? 2 : 4);
    const refusal = refusedByOracle[name];
    if (refusal !== undefined) {
      await assert.rejects(
        runModel(bytes, inputs),
        (error) => error instanceof OracleError && error.message.includes(refusal),
        name,
      );
      continue;
    }
    const runnable = runRepaired.has(name) ? withVectorAxisZero : (file: Uint8Array) => file;
    const before = await runModel(runnable(bytes), inputs);
    const after = await runModel(runnable(writeTflite(model)), inputs);
    assert.deepStrictEqual(after.map(digest), before.map(digest), name);
    compared++;
  }
  context.diagnostic(
    `${compared} models gave bit-identical outputs; the oracle cannot run ${Object.keys(refusedByOracle).length}:`,
  );
  for (const [name, reason] of Object.entries(refusedByOracle)) context.diagnostic(`${name}: ${reason}`);
  assert.ok(compared >= leastCompared, `Only ${compared} models were compared.`);
});

it('writing twice gives the same bytes', { skip: sharedModelsMissing }, () => {
  for (const { name } of sharedModels()) {
    const once = writeTflite(readTflite(sharedModelBytes(name)).model);
    assert.equal(digest(writeTflite(readTflite(once).model)), digest(once), name);
  }
});

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
