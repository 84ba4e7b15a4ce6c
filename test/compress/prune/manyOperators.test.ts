import assert from 'node:assert/strict';
import { it } from 'node:test';
import { findChannels } from '../../../src/core/compress/channels/findChannels';
import { filterImportance } from '../../../src/core/compress/prune/filterImportance';
import { pruneModel } from '../../../src/core/compress/prune/pruneModel';
import { defaultPruneOptions } from '../../../src/core/compress/prune/request';
import { searchPath } from '../../../src/core/compress/prune/searchPath';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import { readTflite } from '../../../src/core/formats/tflite/reader';
import { chainOfLayers } from '../../support/chain';

const macsShare = 0.3;
const { target } = resolveTarget({ board: 'arduino_nano33ble_sense_rev2' });

/** How often an operator is counted in a search: each time, the core of the target is asked for. */
function countings(operators: number): number {
  let asked = 0;
  const counted = { ...target };
  Object.defineProperty(counted, 'core', { get: () => ((asked += 1), target.core) });
  const { model } = readTflite(chainOfLayers(operators));
  const channels = findChannels(model);
  const importances = filterImportance(channels, 'l2');
  const place = { path: 'a.tflite', target: counted, limits: {} };
  const path = [...searchPath({ model, channels, place, importances, goal: { macsShare }, stepsPerGroup: 16 })];
  assert.ok(path.length > operators / 4);
  return asked;
}

it('counts in a model of twice as many operators not much more than twice as often', () => {
  const [small, large] = [countings(60), countings(120)];
  assert.ok(large < 2.5 * small, `${large} instead of ${small}`);
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
