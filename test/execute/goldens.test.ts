import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Rounding } from '../../src/core/execute/executable';
import { prepare } from '../../src/core/execute/prepare';
import { seededInputs } from '../../src/core/execute/seededInputs';
import { readModel } from '../../src/core/formats/formats';
import type { Model } from '../../src/core/model/model';
import { readSharedJson, sharedModelBytes, sharedModelsMissing } from '../support/models';

/**
 * What real TFLM computed (../shared/data/goldens), and what we compute: final outputs and every layer, in both
 * rounding modes. Integers must be equal byte for byte; floats may differ by 1e-5 of the largest magnitude of their
 * tensor, since exponentials differ between machines.
 */

interface GoldenModel {
  readonly model: string;
  readonly status: string;
  /** `op 4 CUSTOM:SignalEnergy tensor 20`: TFLM leaves part of them as it found them. */
  readonly unstableLayers?: readonly string[];
}

interface GoldenTensor {
  readonly tensor: number;
  readonly type: string;
  readonly sha256: string;
  readonly file?: string;
}

interface GoldenLayer extends GoldenTensor {
  readonly op: number;
  readonly name: string;
  readonly skipped?: boolean;
}

interface GoldenRun {
  readonly seed: number;
  readonly rounding: Rounding;
  /** Marks a run whose integers keep to another range. */
  readonly int32?: string;
  readonly inputs: readonly GoldenTensor[];
  readonly outputs: readonly GoldenTensor[];
  readonly layers?: readonly GoldenLayer[];
}

const folder = fileURLToPath(new URL('../../../shared/data/goldens/', import.meta.url));

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function goldenFile(name: string, tensor: GoldenTensor): Uint8Array | undefined {
  return tensor.file === undefined ? undefined : new Uint8Array(readFileSync(`${folder}${name}/${tensor.file}`));
}

function inputsOf(name: string, model: Model, run: GoldenRun): readonly Uint8Array[] {
  const [graph] = model.graphs;
  const tensors = graph.inputs.map((tensor) => graph.tensors[tensor]);
  const seeded = seededInputs(tensors, run.seed, run.int32 === '0..1' ? 2 : 4);
  return run.inputs.map((tensor, index) => goldenFile(name, tensor) ?? seeded[index]);
}

/** True for equal bytes, and for floats that differ by no more than the tolerance. */
function agrees(name: string, golden: GoldenTensor, bytes: Uint8Array): boolean {
  if (sha256(bytes) === golden.sha256) return true;
  const expected = golden.type === 'FLOAT32' ? goldenFile(name, golden) : undefined;
  if (expected?.length !== bytes.length) return false;
  const [ours, theirs] = [bytes, expected].map((list) => new Float32Array(list.slice().buffer));
  const largest = theirs.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return ours.every((value, index) => Math.abs(value - theirs[index]) <= 1e-5 * largest);
}

/** What differs in one run, in words. */
function differences(
  { model: name, unstableLayers = [] }: GoldenModel,
  model: Model,
  run: GoldenRun,
): readonly string[] {
  const layers = new Map<string, string>();
  const outputs = prepare(model, { rounding: run.rounding }).invoke(inputsOf(name, model, run), (layer) => {
    if (layer.graph.index === 0) layers.set(`${layer.operator.index}:${layer.tensor}`, sha256(layer.value.bytes));
  });
  const place = `seed ${run.seed}, ${run.rounding} rounding`;
  const wrongLayers = (run.layers ?? [])
    .filter(({ skipped }) => skipped !== true)
    .filter(({ op }) => !unstableLayers.some((text) => text.startsWith(`op ${op} `)))
    .filter((layer) => layers.get(`${layer.op}:${layer.tensor}`) !== layer.sha256)
    .map((layer) => `${place}: layer ${layer.op} (${layer.name})`);
  const wrongOutputs = run.outputs
    .filter((output, index) => !agrees(name, output, outputs[index].bytes))
    .map((output) => `${place}: output ${output.tensor}`);
  return [...wrongLayers, ...wrongOutputs];
}

describe('our execution and that of real TFLM', { skip: sharedModelsMissing }, () => {
  if (sharedModelsMissing !== false) return;
  const goldens = readSharedJson<readonly GoldenModel[]>('goldens/INDEX.json').filter(({ status }) => status === 'ok');

  it('has models to compare', () => assert.ok(goldens.length > 200));

  for (const golden of goldens) {
    it(golden.model, () => {
      const { runs } = readSharedJson<{ runs: readonly GoldenRun[] }>(`goldens/${golden.model}/golden.json`);
      const { model } = readModel({ bytes: sharedModelBytes(golden.model), path: golden.model });
      assert.deepStrictEqual(
        runs.flatMap((run) => differences(golden, model, run)),
        [],
      );
    });
  }
});
