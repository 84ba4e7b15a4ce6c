import { inputModeBytes, inputStageById, inputStages } from '../../src/core/boards/inputStages';
import { overheadById, overheads } from '../../src/core/boards/overheads';
import { boardById } from '../../src/core/boards/boards';
import { check } from '../support/check';

check('bytes of a frame', ([id, mode]: readonly [string, string?]) => inputModeBytes(id, mode), [
  { name: '176x144, a byte a pixel', input: ['ov7675', 'QCIF grayscale'], expected: 25344 },
  { name: '320x240, two bytes a pixel', input: ['ov7675', 'qvga rgb565'], expected: 153600 },
  { name: '640x480, a byte a pixel', input: ['ov7675', 'VGA grayscale'], expected: 307200 },
  { name: '160x120: the smallest, without a mode', input: ['ov7675'], expected: 19200 },
  { name: 'the kit has one mode', input: ['tinyml_kit'], expected: 25344 },
  {
    name: 'an unknown stage',
    input: ['ov2640'],
    fails: 'There is no input stage "ov2640"; the known ones are ov7675, tinyml_kit.',
  },
  {
    name: 'an unknown mode',
    input: ['tinyml_kit', 'VGA grayscale'],
    fails:
      'Arduino Tiny Machine Learning Kit, as its person detection uses the camera has no mode "VGA grayscale"; it has QCIF grayscale.',
  },
]);

check('frame rates', (id: string) => inputStageById(id).modes[0]?.framesPerSecond, [
  { name: 'only 1 and 5 frames a second work', input: 'ov7675', expected: [1, 5] },
  { name: 'the kit uses 5', input: 'tinyml_kit', expected: [5] },
]);

check('modes of the input stages', () => inputStages.map(({ id, modes }) => [id, modes.length]), [
  {
    name: 'five sizes in four formats; one',
    input: undefined,
    expected: [
      ['ov7675', 20],
      ['tinyml_kit', 1],
    ],
  },
]);

check(
  'overheads',
  (id: string) => {
    const { ramBytes, flashBytes } = overheadById(id);
    return [ramBytes, flashBytes];
  },
  [
    { name: 'empty sketch of the Mbed core', input: 'arduino-mbed-nano33ble', expected: [44560, 85288] },
    { name: 'blink of arduino-pico', input: 'arduino-pico', expected: [11640, 57808] },
    { name: 'HAL, printf, timer: 476 + 3568 and 28000 + 476', input: 'stm32cube-base', expected: [4044, 28476] },
    { name: 'the upper end of 4000 to 9000', input: 'freertos-kernel', expected: [undefined, 9000] },
    { name: 'Zephyr at its smallest', input: 'zephyr-minimal', expected: [1232, 6872] },
    { name: '30100 - 8858', input: 'esp-idf', expected: [21242, undefined] },
    {
      name: 'a name that is not there',
      input: 'freertos-kernal',
      fails:
        'There is no overhead "freertos-kernal"; did you mean "freertos-kernel"? `milliwatt boards --overheads` lists all.',
    },
  ],
);

check(
  'every overhead takes something, has a source, and names boards that exist',
  () =>
    overheads
      .filter(
        ({ ramBytes, flashBytes, source, boards = [] }) =>
          (ramBytes ?? 0) + (flashBytes ?? 0) === 0 ||
          source === '' ||
          boards.some((id) => boardById(id) === undefined),
      )
      .map(({ id }) => id),
  [{ name: 'all rows', input: undefined, expected: [] }],
);
