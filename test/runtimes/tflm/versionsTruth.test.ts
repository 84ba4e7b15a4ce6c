import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Target } from '../../../src/core/runtimes/target';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import { planArena } from '../../../src/core/runtimes/tflm/arena';
import { readTflite } from '../../../src/core/formats/tflite/reader';
import { sharedModelBytes, sharedModelsMissing } from '../../support/models';
import { arenaTarget } from './targets';

/** What `arena_used_bytes()` gave for the person detection model on boards, by version and kernel library. */
const rows: readonly {
  readonly name: string;
  readonly core: string;
  readonly target: Partial<Target>;
  readonly used: number;
}[] = [
  {
    name: 'the Arduino library on a Nano 33 BLE',
    core: 'cortex-m4f',
    target: { runtime: 'tflm-cmsis-nn', tflmVersion: 'arduino-2.4.0' },
    used: 82_740,
  },
  { name: 'the current version with CMSIS-NN', core: 'cortex-m4f', target: { runtime: 'tflm-cmsis-nn' }, used: 82_308 },
  { name: 'ESP-NN on an ESP32', core: 'xtensa-lx6', target: { runtime: 'tflm-esp-nn' }, used: 82_300 },
];

for (const { name, core, target, used } of rows) {
  it(`person detection: ${name}`, { skip: sharedModelsMissing }, () => {
    const outcome = planArena(readTflite(sharedModelBytes('tflm_person_detect')).model, arenaTarget(core, target));
    assert.ok(outcome.known);
    assert.equal(outcome.arena.usedBytes, used);
    assert.equal(outcome.arena.basis, 'exact');
  });
}

it("MLPerf Tiny's keyword model on a Nano 33 BLE without any setting", { skip: sharedModelsMissing }, () => {
  const { target } = resolveTarget({ board: 'arduino_nano33ble' });
  const outcome = planArena(readTflite(sharedModelBytes('mlperf_kws_ref_model')).model, target);
  assert.ok(outcome.known);
  // As the device itself said.
  assert.equal(outcome.arena.usedBytes, 24_164);
  assert.equal(outcome.arena.basis, 'modelled');
  assert.match(outcome.arena.detail?.note ?? '', /arduino-2\.4\.0 is assumed\. Set tflmVersion/);
});
