import assert from 'node:assert/strict';
import { it } from 'node:test';
import { boardById, boardNames, boards } from '../../src/core/boards/boards';
import { check } from '../support/check';

check('a board by any of its names', (name: string) => boardById(name)?.id, [
  { name: 'its own id', input: 'arduino_nano33ble', expected: 'arduino_nano33ble' },
  { name: 'PlatformIO', input: 'nano33ble', expected: 'arduino_nano33ble' },
  { name: 'Arduino, fully qualified', input: 'arduino:mbed_nano:nano33ble', expected: 'arduino_nano33ble' },
  { name: 'Zephyr', input: 'nrf52840dk/nrf52840', expected: 'nrf52840dk' },
  { name: 'with hyphens', input: 'esp32-s3', expected: 'esp32_s3_devkitc' },
  { name: 'in capitals', input: 'ESP32-S3-DevKitC-1', expected: 'esp32_s3_devkitc' },
  { name: 'short', input: 'pico', expected: 'raspberry_pi_pico' },
  { name: 'as it is sold', input: 'Arduino Nano 33 BLE Sense Rev2', expected: 'arduino_nano33ble_sense_rev2' },
  { name: 'as it is sold, in small letters', input: 'raspberry pi pico', expected: 'raspberry_pi_pico' },
  { name: 'short, in words', input: 'nano 33 ble', expected: 'arduino_nano33ble' },
  { name: 'with a point', input: 'Teensy 4.1', expected: 'teensy41' },
  { name: 'short, with radio', input: 'pico_w', expected: 'raspberry_pi_pico' },
  { name: 'a name that no board has', input: 'nano', expected: undefined },
  { name: 'PlatformIO, ST', input: 'disco_b_u585i_iot02a', expected: 'b_u585i_iot02a' },
  { name: 'PlatformIO, two cores', input: 'disco_h747xi', expected: 'stm32h747i_disco' },
  { name: 'PlatformIO, NXP', input: 'lpcxpresso55s69', expected: 'lpc55s69_evk' },
  { name: 'PlatformIO, Seeed', input: 'seeed_xiao', expected: 'seeeduino_xiao' },
  { name: 'PlatformIO, Espressif', input: 'esp32-p4-evboard', expected: 'esp32_p4_devkit' },
  { name: 'Arduino, Seeed', input: 'Seeeduino:samd:seeed_XIAO_m0', expected: 'seeeduino_xiao' },
  { name: 'Arduino, Silicon Labs', input: 'SiliconLabs:silabs:nano_matter', expected: 'arduino_nano_matter' },
  { name: 'Arduino, Renesas', input: 'arduino:renesas_portenta:portenta_c33', expected: 'arduino_portenta_c33' },
  { name: 'Zephyr, Renesas', input: 'ek_ra8m1', expected: 'renesas_ek_ra8m1' },
  { name: 'Zephyr, Silicon Labs', input: 'xg24_dk2601b', expected: 'silabs_xg24_dk2601b' },
  { name: 'Zephyr, Ambiq', input: 'apollo510_evb', expected: 'ambiq_apollo510_evb' },
  { name: 'Zephyr, ST', input: 'disco_l475_iot1', expected: 'b_l475e_iot01a' },
  { name: 'Zephyr, Corstone', input: 'mps3/corstone300/an547', expected: 'arm_mps3_corstone300' },
  { name: 'QEMU', input: 'mps2-an385', expected: 'arm_mps2_an385' },
]);

check('a board by a name that says more than the board', (name: string) => boardById(name)?.id, [
  { name: 'options of Arduino', input: 'esp32:esp32:esp32s3:PSRAM=opi,FlashSize=8M', expected: 'esp32_s3_devkitc' },
  { name: 'options of no board', input: 'esp32:esp32:nothing:PSRAM=opi', expected: undefined },
  { name: 'fields of no Arduino name', input: 'esp32:esp32:esp32s3:a:b', expected: undefined },
  { name: 'the chip of Zephyr', input: 'rpi_pico/rp2040', expected: 'raspberry_pi_pico' },
  { name: 'the chip without its package', input: 'stm32h747i_disco/stm32h747xx/m7', expected: 'stm32h747i_disco' },
  { name: 'the first core', input: 'esp32s3_devkitc/esp32s3/procpu', expected: 'esp32_s3_devkitc' },
  { name: 'another core', input: 'stm32h747i_disco/stm32h747xx/m4', expected: undefined },
  { name: 'the network core', input: 'nrf5340dk/nrf5340/cpunet', expected: undefined },
  { name: 'another chip that the board stands in for', input: 'nrf52840dk/nrf52811', expected: undefined },
  { name: 'a variant of a cluster', input: 'lpcxpresso55s69/lpc55s69/cpu0/ns', expected: undefined },
  { name: 'a revision', input: 'nrf52840dk@1.0.0/nrf52840', expected: 'nrf52840dk' },
  { name: 'a revision that is another board', input: 'arduino_uno_r4@minima/r7fa4m1ab3cfm', expected: undefined },
  {
    name: 'a revision that is this board',
    input: 'arduino_uno_r4@wifi/r7fa4m1ab3cfm',
    expected: 'arduino_uno_r4_wifi',
  },
  { name: 'a chip without a name', input: 'rpi_pico/', expected: undefined },
]);

it('gives no name to two boards', () => {
  const names = boardNames().map((name) => name.toLowerCase().replaceAll('-', '_'));
  assert.equal(new Set(names).size, names.length);
  for (const board of boards) assert.equal(boardById(board.name)?.id, board.id);
});
