import assert from 'node:assert/strict';
import { it } from 'node:test';
import { findChannels } from '../../../src/core/compress/channels/findChannels';
import { filterImportance } from '../../../src/core/compress/prune/filterImportance';
import { pruneModel } from '../../../src/core/compress/prune/pruneModel';
import { defaultPruneOptions } from '../../../src/core/compress/prune/request';
import { searchPath } from '../../../src/core/compress/prune/searchPath';
import { SelectionTotals } from '../../../src/core/compress/prune/selectionTotals';
import { forecast } from '../../../src/core/compress/prune/pruned';
import { offersFor } from '../../../src/core/compress/offers';
import { totalsOf } from '../../../src/core/compress/totals';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import { readTflite } from '../../../src/core/formats/tflite/reader';
import type { Model } from '../../../src/core/model/model';
import type { Target } from '../../../src/core/runtimes/target';
import { chainOfLayers } from '../../support/chain';

const macsShare = 0.3;
const { target } = resolveTarget({ board: 'arduino_nano33ble_sense_rev2' });

/** How often an operator is counted meanwhile: each time, the compiler's level is asked for. */
async function countings(operators: number, work: (model: Model, target: Target) => unknown): Promise<number> {
  let asked = 0;
  const counted = { ...target };
  Object.defineProperty(counted, 'optimization', { get: () => ((asked += 1), target.optimization) });
  await work(readTflite(chainOfLayers(operators)).model, counted);
  return asked;
}

function search(model: Model, counted: Target): void {
  const channels = findChannels(model);
  const importances = filterImportance(channels, 'l2');
  const place = { path: 'a.tflite', target: counted, limits: {} };
  const steps = searchPath({ model, channels, place, importances, goal: { macsShare }, stepsPerGroup: 16 });
  const path = [...steps].filter((point) => point !== undefined);
  assert.ok(path.length > model.graphs[0].operators.length / 4);
}

async function offer(model: Model, counted: Target): Promise<void> {
  const offers = await offersFor({ model, path: 'a.tflite', target: counted, limits: {} });
  assert.ok(offers.length > model.graphs[0].operators.length / 2);
}

for (const [name, work] of Object.entries({ search, offer })) {
  it(`counts in a model of twice as many operators not much more than twice as often: ${name}`, async () => {
    const [small, large] = [await countings(60, work), await countings(120, work)];
    assert.ok(large < 2.5 * small, `${large} instead of ${small}`);
  });
}

it('counts a selection step by step as the whole model is counted', () => {
  const { model } = readTflite(chainOfLayers(24));
  const channels = findChannels(model);
  const costed = { model, channels, place: { path: 'a.tflite', target, limits: {} } };
  const totals = new SelectionTotals(costed);
  for (const group of channels.groups) {
    const removed = new Set(group.channels.slice(0, 3));
    assert.deepEqual(totals.of(removed), totalsOf(forecast(costed, removed, true)));
  }
});

it('prunes 5,591 operators within 120 s, and never says nothing for long', { timeout: 120_000 }, async () => {
  const told: number[] = [performance.now()];
  const shares: number[] = [];
  const { proof } = await pruneModel(
    {
      ...{ path: 'a.tflite', bytes: chainOfLayers(5591), resultPath: 'b.tflite', target, limits: {} },
      options: { ...defaultPruneOptions, goal: { macsShare } },
    },
    {
      progress: ({ share }) => {
        told.push(performance.now());
        shares.push(share);
      },
    },
  );
  told.push(performance.now());
  assert.ok(proof.result.macs <= proof.source.macs * (1 - macsShare));
  assert.deepEqual(
    [...shares].sort((a, b) => a - b),
    shares,
  );
  const longest = Math.max(...told.slice(1).map((time, place) => time - told[place]));
  assert.ok(longest <= 30_000, `nothing was said for ${Math.round(longest)} ms`);
});
