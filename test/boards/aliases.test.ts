import assert from 'node:assert/strict';
import { it } from 'node:test';
import { boardById, boardNames } from '../../src/core/boards/boards';
import { check } from '../support/check';

check('a board by any of its names', (name: string) => boardById(name)?.id, [
  { name: 'its own id', input: 'arduino_nano33ble', expected: 'arduino_nano33ble' },
  { name: 'PlatformIO', input: 'nano33ble', expected: 'arduino_nano33ble' },
  { name: 'Arduino, fully qualified', input: 'arduino:mbed_nano:nano33ble', expected: 'arduino_nano33ble' },
  { name: 'Zephyr', input: 'nrf52840dk/nrf52840', expected: 'nrf52840dk' },
  { name: 'with hyphens', input: 'esp32-s3', expected: 'esp32_s3_devkitc' },
  { name: 'in capitals', input: 'ESP32-S3-DevKitC-1', expected: 'esp32_s3_devkitc' },
  { name: 'short', input: 'pico', expected: 'raspberry_pi_pico' },
  { name: 'short, with radio', input: 'pico_w', expected: 'raspberry_pi_pico' },
  { name: 'a name that no board has', input: 'nano', expected: undefined },
]);

it('gives no name to two boards', () => {
  const names = boardNames().map((name) => name.toLowerCase().replaceAll('-', '_'));
  assert.equal(new Set(names).size, names.length);
});
