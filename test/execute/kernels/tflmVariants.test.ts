import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { prepare } from '../../../src/core/execute/prepare';
import { seededInputs } from '../../../src/core/execute/seededInputs';
import { wrongAnswers } from '../../../src/core/faults/wrongAnswers';
import { readModel } from '../../../src/core/formats/formats';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import type { Model } from '../../../src/core/model/model';
import { HumanError } from '../../../src/core/model/problem';
import { refusedOperators } from '../../../src/core/operators/modelSupport';
import { operatorVariants } from './operatorVariants';
import truths from './tflmVariants.json';

/**
 * What tflite-micro 0.dev20261023 (x86-64, reference kernels) made of models of one operator that were changed in one
 * way (seed 21), at two inferences each (seeds 21 and 121), and whether TF Lite 2 with its reference kernels agrees
 * (two steps of int8, 16 of int16, 1e-4 of floats, which roundings explain):
 *
 * - `refused`: by AllocateTensors or while it ran;
 * - the beginning of the SHA-256 over the outputs where both agree, behind `!` where TFLM answers otherwise;
 * - behind `?` where there is no reference: TF Lite refuses the file, neither looks at a type that nobody writes, or TF
 *   Lite's kernel is wrong. These are SUM in int8 and int16, which it
 *   answers with -1 for all inputs; int16 with a bias of int32, which it reads as int64; and SVDF with an int8 state,
 *   which it reads as int16.
 *   In real numbers TFLM is right in all of them but SVDF, whose fused RELU both leave to the range of the output;
 * - behind `~` where floats depend on the machine's exponential, so that bits are not compared.
 */
const rows: Readonly<Record<string, string>> = truths;
const seed = 21;

/**
 * TFLM drops RELU from ADD in int32, which makes no difference where inputs are not below zero; which they are, the
 * operator cannot say.
 */
const onlyForSomeInputs = new Set(['ADD int32 | RELU', 'ADD int16 | in int32']);

function answerOf(name: string, made: Model): string {
  const { model } = readModel({ bytes: writeTflite(made), path: 'variant.tflite' });
  if (refusedOperators(model, 'reference').length > 0) return 'refused';
  const [graph] = model.graphs;
  const inputs = graph.inputs.map((tensor) => graph.tensors[tensor]);
  const integers = /^(EMBEDDING_LOOKUP|GATHER)/.test(name) ? 2 : 2000;
  const executable = prepare(model, { rounding: 'double' });
  const hash = createHash('sha256');
  try {
    for (const inputSeed of [seed, seed + 100]) {
      for (const { bytes } of executable.invoke(seededInputs(inputs, inputSeed, integers))) hash.update(bytes);
    }
  } catch (error) {
    if (error instanceof HumanError) return 'refused';
    throw error;
  }
  const isWrong = wrongAnswers(model).some(({ outcome }) => outcome === 'wrong') && !onlyForSomeInputs.has(name);
  return `${isWrong ? '!' : ''}${hash.digest('hex').slice(0, 12)}`;
}

/** `undefined` where our answer is TFLM's. */
function difference(name: string, truth: string, made: Model): string | undefined {
  const ours = answerOf(name, made);
  const [mark, expected] = /^([?~]?)(.*)$/.exec(truth)!.slice(1);
  if (mark === '~') return ours === 'refused' || ours.startsWith('!') ? `${name}: ${ours} for ${truth}` : undefined;
  // A file without a meaning may be refused though TFLM does not look.
  if (mark === '?' && (ours === 'refused' || ours.replace('!', '') === expected)) return undefined;
  return ours === expected ? undefined : `${name}: ${ours} for ${truth}`;
}

describe('changed operators, as TFLM answers', () => {
  const variants = [...operatorVariants(seed)];

  it('has an answer for each', () => {
    assert.deepStrictEqual(
      variants.map(([name]) => name),
      Object.keys(rows),
    );
  });

  it('answers bit for bit, refuses, and says of wrong answers that they are', () => {
    const differences = variants.flatMap(([name, made]) => difference(name, rows[name], made) ?? []);
    assert.deepStrictEqual(differences, []);
  });
});
