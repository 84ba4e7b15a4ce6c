import { writeTflite } from '../../../src/core/formats/tflite/writer';
import { compress } from '../../../src/worker/jobs/compress';
import { graph, model, operator, tensor } from '../../support/build';
import { check } from '../../support/check';
import { noBesideHost } from '../../support/noFilesBeside';

/** Nothing reads tensor 1: 12,752 bytes of arena as it is, 8,512 without the operator that writes it. */
const source = model(
  graph(
    ['x', 'unread', 'y', 'z'].map((name) => tensor(name, 'float32', [1, 1024])),
    [operator('RELU', [0], [1]), operator('RELU', [0], [2]), operator('RELU', [2], [3])],
    { inputs: [0], outputs: [3] },
  ),
);

const unread = (): Promise<never> => Promise.reject(new Error('No samples are read.'));

check(
  'ladder: a person is asked for data once, and only where what loses nothing is not enough',
  async (ramBytes: number) => {
    let asked = 0;
    const { ladder } = await compress(
      {
        ...{ type: 'compress', model: writeTflite(source), request: { path: 'a.tflite', target: {} } },
        ...{ resultPath: 'b.tflite', how: { kind: 'makeItFit', options: { goal: { ramBytes } } }, mostSamples: 1 },
      },
      {
        ...{ signal: new AbortController().signal, progress: () => undefined, beside: noBesideHost },
        files: { list: unread, read: unread },
        chooseData: () => {
          asked++;
          return Promise.resolve(undefined);
        },
      },
    );
    const steps = ladder?.steps.map(({ step: { title, fits, reason } }) => `${title}: ${reason ?? String(fits)}`);
    return { asked, steps, best: ladder?.best };
  },
  [
    {
      name: 'enough',
      input: 10_000,
      expected: { asked: 0, steps: ['as it is: false', 'the same weights and outputs: true'], best: 1 },
    },
    {
      name: 'not enough, and the person has none: the best that loses nothing',
      input: 1000,
      expected: {
        asked: 1,
        steps: [
          'as it is: false',
          'the same weights and outputs: false',
          'int8: It needs sample data, and none were chosen.',
          'fewer channels: It needs sample data, and none were chosen.',
        ],
        best: 1,
      },
    },
  ],
);
