import { FirmwareIndex } from '../../src/core/analysis/firmwareIndex';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { graph, model, operator, options, quantized, tensor } from '../support/build';
import { xxdNumbers } from '../support/sources';

type PrintTimes = (what: string, run: () => unknown, runs?: number) => void;

/** Lines of the source in which keys are struck, and characters of the array beside it. */
const sourceLines = 2000;
const arrayCharacters = 2_000_000;
/** Sources of a large workspace. */
const sources = 2000;

const ask = { requestOf: () => ({ path: 'model.cc', target: { board: 'arduino_nano33ble_sense_rev2' } }) };

/** From a key in a source of 2,000 lines to the problems, and a first look at 2,000 sources. */
export function timeFirmware(printTimes: PrintTimes): void {
  const index = new FirmwareIndex();
  index.set('model.cc', arrayText());
  let keys = 0;
  const strike = (): unknown => {
    index.set('main.cc', program('x'.repeat(++keys % 7)));
    return index.analyse(ask);
  };
  if (index.models.length !== 1) throw new Error('The array of the bench holds no model.');
  printTimes(`a key in ${sourceLines} lines beside an array of 2 MB`, strike);
  const one = program('');
  const text = one.slice(one.indexOf('static'), one.length / 4);
  printTimes(
    `a first look at ${sources} sources of ${Math.round(text.length / 1024)} KB`,
    () => {
      const all = new FirmwareIndex();
      for (let file = 0; file < sources; file++) all.set(`src/file${file}.cc`, text.replaceAll('step', `step${file}_`));
      all.set('src/model.cc', arrayText());
      all.set('src/main.cc', one);
      return all.analyse(ask);
    },
    3,
  );
}

/** A dense network whose array has two million characters. */
function arrayText(): string {
  const inputs = Math.round(arrayCharacters / 6 / 4);
  const weights = { quantization: quantized(0.01), data: new Uint8Array(4 * inputs) };
  const network = model(
    graph(
      [
        tensor('image', 'int8', [1, inputs], { quantization: quantized(1 / 255, -128) }),
        tensor('weights', 'int8', [4, inputs], weights),
        tensor('logits', 'int8', [1, 4], { quantization: quantized(0.1) }),
      ],
      [operator('FULLY_CONNECTED', [0, 1, -1], [2], { options: options('FullyConnectedOptions') })],
      { inputs: [0], outputs: [2] },
    ),
  );
  return `alignas(16) const unsigned char g_model[] = {\n${xxdNumbers(writeTflite(network))}\n};\n`;
}

/** Functions of an ordinary kind, and the interpreter between them. */
function program(typed: string): string {
  const lines = ['#include "model.h"', 'constexpr int kArena = 1024;', 'alignas(16) uint8_t arena[kArena];'];
  for (let step = 0; lines.length < sourceLines - 12; step++) {
    lines.push(
      `static int step${step}(int value, const uint8_t* data) {`,
      `  // Adds what came last. ${step === 100 ? typed : ''}`,
      `  for (int at = 0; at < value; at++) {`,
      `    if (data[at] > ${step}) value += data[at] * ${step + 1};`,
      '  }',
      '  return value;',
      '}',
      '',
    );
  }
  lines.push(
    'void setup() {',
    '  static tflite::MicroMutableOpResolver<1> ops;',
    '  if (ops.AddFullyConnected() != kTfLiteOk) return;',
    '  static tflite::MicroInterpreter interpreter(tflite::GetModel(g_model), ops, arena, kArena);',
    '  interpreter.AllocateTensors();',
    '}',
  );
  return `${lines.join('\n')}\n`;
}
