import { tellingFiles, vendoredState, vendoredVersion } from '../../src/core/runtimes/vendored';
import { check } from '../support/check';

const root = 'lib/tflm/src/tensorflow/lite/micro';

/** The first digits of SHA-256 of "a", "b" and "c", and days on which files held them. */
const table = {
  'micro/micro_allocator.cc': [
    ['ca978112', '2024-01-01', '2024-06-01'],
    ['3e23e816', '2024-06-01', '2025-01-01'],
  ],
  'micro/kernels/micro_ops.h': [
    ['ca978112', '2024-03-01', '2024-09-01'],
    ['2e7d2c03', '2024-09-01'],
  ],
  'micro/micro_interpreter.h': [['ca978112', '2021-04-09']],
};

type Files = Readonly<Record<string, string>>;

check(
  'the version of a copy by its files',
  (files: Files) => {
    const states = Object.entries(files).map(([path, text]) => vendoredState(path, text, table));
    const found = vendoredVersion(states.filter((state) => state !== undefined));
    return found && [found.tflmVersion, found.until, found.agreeing, found.read];
  },
  [
    { name: 'no file', input: {}, expected: undefined },
    { name: 'a file that tells nothing', input: { [`${root}/other.h`]: 'a' }, expected: undefined },
    {
      name: 'files of the same days',
      input: { [`${root}/micro_allocator.cc`]: 'a', [`${root}/kernels/micro_ops.h`]: 'a' },
      expected: ['2024-03-01', '2024-06-01', 2, 2],
    },
    {
      name: 'the newest states have no end',
      input: {
        [`${root}/micro_allocator.cc`]: 'b',
        [`${root}/kernels/micro_ops.h`]: 'c',
        [`${root}/micro_interpreter.h`]: 'a',
      },
      expected: ['2024-09-01', '2025-01-01', 3, 3],
    },
    {
      name: "a port's own ending, includes and line ends",
      input: { [`${root}/micro_allocator.cpp`]: '#include "port.h"\r\nb  ' },
      expected: ['2024-06-01', '2025-01-01', 1, 1],
    },
    {
      name: 'one file of three was changed',
      input: {
        [`${root}/micro_allocator.cc`]: 'b',
        [`${root}/kernels/micro_ops.h`]: 'own',
        [`${root}/micro_interpreter.h`]: 'a',
      },
      expected: ['2024-06-01', '2025-01-01', 2, 3],
    },
    {
      name: 'half of the files are of no day',
      input: { [`${root}/micro_allocator.cc`]: 'own', [`${root}/micro_interpreter.h`]: 'a' },
      expected: undefined,
    },
    { name: 'a file of this name elsewhere', input: { 'src/micro_allocator.cc': 'a' }, expected: undefined },
  ],
);

check('files that tell versions apart', () => tellingFiles.length, [
  { name: 'are twenty-nine', input: undefined, expected: 29 },
]);
