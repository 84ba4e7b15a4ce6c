import { libraries } from '../../src/core/runtimes/libraries';
import marks from '../../src/core/runtimes/vendoredKernelMarks.json';
import type { VendoredKernelFile } from '../../src/core/runtimes/vendoredKernels';
import { vendoredKernelFile, vendoredKernelsVersion } from '../../src/core/runtimes/vendoredKernels';
import { check } from '../support/check';

/** The first digits of SHA-256 of "a" and "b". */
const table = {
  'esp-nn': {
    'src/conv.c': [
      ['ca978112', '1.1.1', '1.1.2'],
      ['3e23e816', '1.2.0'],
    ],
  },
};

check(
  'the releases of a file of kernels by its code',
  (text: string) => vendoredKernelFile('components/esp-nn/src/conv.c', text, table)?.releases.join(' '),
  [
    { name: 'of two releases', input: 'a', expected: '1.1.1 1.1.2' },
    { name: 'of one', input: 'b', expected: '1.2.0' },
    {
      name: 'comments, includes and blanks do not count',
      input: '/* x\n*/ // y\r\n#include "z.h"\n  a  \n\n',
      expected: '1.1.1 1.1.2',
    },
    { name: 'a comment that does not end', input: 'b\n/* x', expected: '1.2.0' },
    { name: 'code of no release', input: 'ab', expected: '' },
  ],
);

check('files of other libraries say nothing', (path: string) => vendoredKernelFile(path, 'a', table)?.name, [
  { name: 'another name', input: 'src/other.c', expected: undefined },
  { name: 'the end of another name', input: 'mysrc/conv.c', expected: undefined },
  { name: 'a library at the top', input: 'src/conv.c', expected: 'src/conv.c' },
]);

function filesOf(releases: readonly string[]): readonly VendoredKernelFile[] {
  return releases.map((each, index) => ({ library: 'esp-nn', name: `${index}.c`, releases: each.split(' ') }));
}

check('the release of a copy of kernels', (releases: readonly string[]) => vendoredKernelsVersion(filesOf(releases)), [
  { name: 'no file', input: [], expected: undefined },
  { name: 'two files say too little', input: ['1.1.2', '1.1.2'], expected: undefined },
  {
    name: 'the newest that all have',
    input: ['1.0.2 1.1.1 1.1.2', '1.1.1 1.1.2 1.2.0', '1.1.1 1.1.2'],
    expected: 'esp-nn-1.1.2',
  },
  { name: 'code between two releases', input: ['1.1.1', '1.1.2', '1.1.1 1.1.2'], expected: undefined },
  { name: 'one file that somebody changed', input: ['1.1.2', '1.1.2', '1.1.2', ''], expected: undefined },
]);

check(
  'releases that files tell apart',
  (library: 'cmsis-nn' | 'esp-nn') =>
    [...new Set(Object.values(marks[library]).flatMap((states) => states.flatMap((state) => state.slice(1))))].sort(),
  (['cmsis-nn', 'esp-nn'] as const).map((library) => ({
    name: `are those of ${library}`,
    input: library,
    expected: libraries
      .find(({ id }) => id === library)!
      .releases.map(({ version }) => version)
      .sort(),
  })),
);
