import { runModel } from '../../src/worker/jobs/runModel';
import type { JobContext } from '../../src/worker/jobs/context';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { graph, model, operator, quantized, tensor } from '../support/build';
import { check } from '../support/check';

const value = (name: string): ReturnType<typeof tensor> =>
  tensor(name, 'int8', [1, 4], { quantization: quantized(0.5, 0) });
const relu = writeTflite(
  model(graph([value('x'), value('y')], [operator('RELU', [0], [1])], { inputs: [0], outputs: [1] })),
);

const context: JobContext = {
  signal: new AbortController().signal,
  progress: () => undefined,
  listFiles: () => Promise.resolve([]),
  readFile: () => Promise.resolve(new Uint8Array()),
};

check(
  'what is said of a run for a board',
  async (board: string) => {
    const { inputs } = await runModel(
      {
        type: 'run',
        model: relu,
        request: { path: 'relu.tflite', target: { board } },
        inputs: { kind: 'seed', seed: 1 },
      },
      context,
    );
    return inputs.remarks;
  },
  [
    { name: 'whose kernels are computed bit for bit', input: 'arduino_nano33ble_sense_rev2', expected: [] },
    {
      name: 'with ESP-NN',
      input: 'esp32_s3_devkitc',
      expected: [
        'On this board, ESP-NN may round ties otherwise than the kernels computed here, so that integers may differ by one.',
      ],
    },
  ],
);
