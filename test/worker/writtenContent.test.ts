import { writeTflite } from '../../src/core/formats/tflite/writer';
import type { ResultContentMessage } from '../../src/protocol/jobs';
import { writtenContent } from '../../src/worker/jobs/writtenContent';
import { graph, model, tensor } from '../support/build';
import { check } from '../support/check';
import { noBesideHost } from '../support/noFilesBeside';
import { xxdNumbers, xxdSource } from '../support/sources';

const text = new TextEncoder();
const modelOf = (name: string): Uint8Array => writeTflite(model(graph([tensor(name, 'int8', [1])], [])));
const [before, after] = [modelOf('before'), modelOf('after')];

const host = {
  ...noBesideHost,
  filesOf: () => ({
    read: () => Promise.resolve({ stamp: '1', bytes: text.encode(xxdNumbers(before)) }),
    stamps: () => Promise.resolve(['1']),
  }),
};

check(
  'what a job writes for a result',
  async (message: Omit<ResultContentMessage, 'type' | 'bytes'>) => {
    const content = await writtenContent({ type: 'resultContent', bytes: after, ...message }, { beside: host });
    return new TextDecoder().decode(content);
  },
  [
    {
      name: 'at the place of another model, as it is',
      input: { path: '/m.int8.tflite', source: { path: '/m.tflite', bytes: before } },
      expected: new TextDecoder().decode(after),
    },
    {
      name: 'beside a source, in a copy of it',
      input: {
        path: '/m.int8.cc',
        source: { path: '/m.cc#m', bytes: text.encode(`// Ours\n${xxdSource('m', before)}`) },
      },
      expected: `// Ours\n${xxdSource('m', after)}`,
    },
    {
      name: 'of a source whose numbers lie in a file that the host alone can read',
      input: {
        path: '/m.int8.h',
        source: {
          path: '/m.h',
          bytes: text.encode('const unsigned char g_model[] = {\n#include "numbers.inc"\n};\n'),
          beside: { model: 'memory:/m.h' },
        },
      },
      expected: `const unsigned char g_model[] = {\n${xxdNumbers(after).replace(/^ {2}/gm, '')}\n};\n`,
    },
  ],
);
