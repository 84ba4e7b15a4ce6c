import type { Limits } from '../../src/core/estimate/budget';
import { estimate } from '../../src/core/estimate/estimate';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import type { RuleContext } from '../../src/core/rules/rule';
import { weightsRegion } from '../../src/core/rules/weightsRegion';
import { floats, graph, model, operator, options, tensor } from '../support/build';
import { check } from '../support/check';

interface Asked {
  readonly board: string;
  readonly runtime?: string;
  readonly region?: string;
  readonly fileBytes?: number;
  readonly rows?: number;
  readonly limits?: Limits;
}

/** A dense float layer of `rows` outputs of 64 inputs, in a file of `fileBytes`. */
function asked({
  board,
  runtime = 'tflm-cmsis-nn',
  region,
  fileBytes = 4000,
  rows = 16,
  limits = {},
}: Asked): RuleContext {
  const dense = operator('FULLY_CONNECTED', [0, 1, -1], [2], { options: options('FullyConnectedOptions') });
  const weights = floats('w', [rows, 64], Array<number>(rows * 64).fill(0.5));
  const tensors = [tensor('x', 'float32', [1, 64]), weights, tensor('y', 'float32', [1, rows])];
  const source = model(graph(tensors, [dense], { inputs: [0], outputs: [2] }), { fileBytes });
  const settings = { optimization: 'O3', ...(region !== undefined && { weightsRegion: region }) };
  const { target } = resolveTarget({ board, runtime, settings });
  return { model: source, target, limits, estimate: estimate(source, 'a.tflite', target, limits), support: new Map() };
}

/** What is proposed, and the sentences that hold figures. */
function proposed(question: Asked): readonly string[] {
  return weightsRegion.find(asked(question)).map(({ message, severity = 'information', setting }) => {
    const figures = message.split(/(?<=\.) /).filter((sentence) => /missing|too|known|modelled/.test(sentence));
    return `${severity} ${setting?.value}: ${figures.join(' ')}`;
  });
}

// Float weights of a dense layer come from flash in one stream: 0.625 cycles for each of 64 x 16 x 4 = 4,096 bytes on
// the reference board at 120 MHz and -O3 are 0.021 ms. A Teensy has 524,288 bytes of RAM1, where constants and the
// arena go.
check('rules: another memory for the weights', proposed, [
  {
    name: 'flash that the core waits for',
    input: { board: 'nucleo_l4r5zi' },
    expected: [
      'information SRAM: The weights of 4,000 bytes lie in flash and fit into SRAM beside the arena, too. ' +
        'Of 0.11 ms an inference 21.3 µs are modelled as waits for weights in flash: that is the most that can be saved.',
    ],
  },
  { name: 'they do not fit beside the arena', input: { board: 'nucleo_l4r5zi', fileBytes: 655_000 }, expected: [] },
  { name: 'in the faster memory already', input: { board: 'nucleo_l4r5zi', region: 'SRAM' }, expected: [] },
  { name: 'a budget of the user’s own', input: { board: 'nucleo_l4r5zi', limits: { ramBytes: 9000 } }, expected: [] },
  {
    // 40,960 bytes of weights and 1,024 of code at 29 cycles each, 240 MHz.
    name: 'an external flash chip, and weights that do not fit its cache',
    input: { board: 'esp32_devkit', runtime: 'tflm-esp-nn', rows: 160 },
    expected: [
      'information DRAM: The weights of 4,000 bytes lie in flash and fit into DRAM beside the arena, too. ' +
        'Of 5.39 ms an inference 5.07 ms are modelled as waits for weights in flash: that is the most that can be saved.',
    ],
  },
  { name: 'weights that stay in the cache', input: { board: 'esp32_devkit', runtime: 'tflm-esp-nn' }, expected: [] },
  { name: 'waits that hardly show beside floats in software', input: { board: 'raspberry_pi_pico' }, expected: [] },
  {
    name: 'too much for the memory where constants go',
    input: { board: 'teensy41', fileBytes: 524_288 },
    expected: [
      'warning flash: The weights lie in RAM1 and do not fit there beside the arena: 1,728 bytes are missing.',
    ],
  },
  {
    name: 'chosen flash',
    input: { board: 'teensy41', fileBytes: 524_288, rows: 200, region: 'flash' },
    expected: [
      'information RAM2: The weights of 524,288 bytes lie in flash and fit into RAM2, too. ' +
        'Of 1.49 ms an inference 1.39 ms are modelled as waits for weights in flash: that is the most that can be saved.',
    ],
  },
]);
