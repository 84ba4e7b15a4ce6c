import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import type { Beside } from '../../src/protocol/beside';
import { jobSubject } from '../../src/worker/jobs/jobSubject';
import { graph, model, tensor } from '../support/build';
import { check } from '../support/check';
import { noBesideHost } from '../support/noFilesBeside';
import { xxdNumbers } from '../support/sources';

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-job-'));
after(() => rmSync(folder, { recursive: true }));

const text = new TextEncoder();
const numbers = (name: string): string => xxdNumbers(writeTflite(model(graph([tensor(name, 'int8', [1])], []))));
const source = text.encode('const unsigned char g_model[] = {\n#include "numbers.inc"\n};\n');
writeFileSync(join(folder, 'numbers.inc'), numbers('on disk'));

const host = {
  ...noBesideHost,
  filesOf: (address: string) => ({
    read: (name: string) => Promise.resolve({ stamp: '1', bytes: text.encode(numbers(`${name} of ${address}`)) }),
    stamps: () => Promise.resolve(['1']),
  }),
};

check(
  'the model of a job, whose numbers lie in a file beside it',
  async (beside: Beside | undefined) => {
    const request = { path: 'model.h', target: {} };
    const { model: read } = await jobSubject({ model: source, request, beside }, { beside: host });
    return read.graphs[0].tensors[0].name;
  },
  [
    {
      name: 'on disk',
      input: { model: 'file:///model.h', disk: { file: join(folder, 'model.h') } },
      expected: 'on disk',
    },
    {
      name: 'where the host alone can read',
      input: { model: 'memory:/model.h' },
      expected: 'numbers.inc of memory:/model.h',
    },
    {
      name: 'nowhere',
      input: undefined,
      fails:
        'g_model takes its contents from "numbers.inc", which cannot be read from here. Open that file, or the .tflite file it was made from.',
    },
  ],
);
