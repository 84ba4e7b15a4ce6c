import { readFileSync } from 'node:fs';
import path from 'node:path';
import { portsFor, UploadPatterns } from '../../src/serial/uploads';
import { check } from '../support/check';

interface Manifest {
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
  };
}

const manifest = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'),
) as Manifest;
const patterns = manifest.contributes.configuration.properties['milliwatt.monitor.uploadPatterns'].default;
const uploads = new UploadPatterns(patterns as readonly string[]);

const commands: Readonly<Record<string, boolean>> = {
  'esptool.py --chip esp32s3 --port /dev/ttyUSB0 write_flash 0x0 app.bin': true,
  'python -m esptool --port COM3 erase-flash': true,
  'idf.py -p /dev/ttyUSB0 flash monitor': true,
  'idf.py build': false,
  'west flash --runner openocd': true,
  'west build -b nucleo_f446re': false,
  'arduino-cli upload -p /dev/ttyACM0 --fqbn arduino:mbed_nano:nano33ble .': true,
  'arduino-cli compile --upload -p COM4': true,
  'arduino-cli compile --fqbn arduino:mbed_nano:nano33ble .': false,
  'pio run --target upload': true,
  'platformio run -e nano33ble -t upload': true,
  'pio run': false,
  'openocd -f board/st_nucleo_f4.cfg -c "program app.elf verify reset exit"': true,
  'probe-rs run --chip nRF52840_xxAA app': true,
  'cargo flash --chip STM32F446RETx': true,
  'make flash': true,
  'make -C build -j8 all': false,
  'git log --oneline': false,
  'grep -rn uploads src': false,
  'pip install esptool': false,
  'python3 -m pip install --upgrade esptool': false,
  'vim boards/openocd.cfg': false,
  'which esptool.py': false,
  'which esptool.py && esptool.py write_flash 0x0 app.bin': true,
  'pip install esptool\n': false,
  'cd build\nesptool.py write_flash 0x0 app.bin': true,
  'cd build\r\nesptool.py write_flash 0x0 app.bin': true,
  'cat\nesptool.py write_flash 0x0 app.bin': true,
  'sudo\nfind . -name esptool': true,
  'find . -name esptool.py': false,
  'find . -name "*.bin" -exec esptool.py write_flash 0x0 {} +': true,
  'find . -name "*.bin" -execdir esptool.py write_flash 0x0 {} +': true,
  'find . -name "*.bin" -ok esptool.py write_flash 0x0 {} +': true,
  'cd build && make flash': true,
  'cat app.bin | openocd': true,
  'lsusb; pyocd flash app.hex': true,
};

check(
  'commands that need the port',
  (command: string) => uploads.matches(command),
  Object.entries(commands).map(([command, expected]) => ({ name: command, input: command, expected })),
);

check('patterns that cannot be used', (sources: readonly string[]) => new UploadPatterns(sources).problems, [
  {
    name: 'are said, and the others hold',
    input: ['(', 'esptool'],
    expected: ['The upload pattern "(" cannot be used: Invalid regular expression: /(/i: Unterminated group.'],
  },
]);

const open = ['/dev/ttyACM1', '/dev/ttyACM10', 'COM3'];

check('the ports that an upload gets', (command: string) => portsFor(command, open), [
  { name: 'the one it names', input: 'esptool --port /dev/ttyACM10 write_flash', expected: ['/dev/ttyACM10'] },
  { name: 'not one whose name only begins alike', input: 'bossac -p /dev/ttyACM1 -w', expected: ['/dev/ttyACM1'] },
  { name: 'all where it names none', input: 'west flash', expected: open },
]);

/** Whether commands are uploads, one after the other, and what was said of the patterns. */
function heard(commands: readonly string[]): object {
  const said: string[] = [];
  const slow = new UploadPatterns(['^(a+)+$', 'flash'], (sentence) => said.push(sentence));
  const begunMs = performance.now();
  const found = commands.map((command) => slow.matches(command));
  return { found, said, isQuick: performance.now() - begunMs < 500 };
}

check('a pattern that takes too long is dropped, once, and said', heard, [
  {
    name: 'the others are looked for',
    input: [`${'a'.repeat(40)}!`, `${'a'.repeat(40)}! flash`],
    expected: {
      found: [false, true],
      said: [
        'The upload pattern "^(a+)+$" takes too long and is not used any more. Use one without nested repetition.',
      ],
      isQuick: true,
    },
  },
]);
