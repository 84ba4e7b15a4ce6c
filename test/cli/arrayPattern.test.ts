import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { arrayPattern } from '../../src/cli/arrayPattern';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { graph, model, operator, tensor } from '../support/build';
import { check } from '../support/check';
import { xxdSource } from '../support/sources';

const relu = graph([tensor('x', 'float32', [1, 4]), tensor('y', 'float32', [1, 4])], [operator('RELU', [0], [1])], {
  inputs: [0],
  outputs: [1],
});
const array = xxdSource('g_model', writeTflite(model(relu)));

/** Which of the files, by their paths, a new array at `at` is written like. */
function chosen({ files, at }: { readonly files: readonly string[]; readonly at: string }): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'array-pattern-'));
  try {
    for (const name of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), name.endsWith('.json') ? '{}' : array);
    }
    const found = arrayPattern(join(folder, at))?.path;
    return found && relative(folder, found).replaceAll('\\', '/');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

check('the array in whose style the command line writes a new one', chosen, [
  {
    name: 'the nearest of the project',
    input: { files: ['milliwatt.json', 'a.h', 'src/models/old.cc', 'src/other.cc'], at: 'src/models/new.cc' },
    expected: 'src/models/old.cc#g_model',
  },
  {
    name: 'one of another folder of the project',
    input: { files: ['milliwatt.json', 'src/old.cc'], at: 'export/new.cc' },
    expected: 'src/old.cc#g_model',
  },
  {
    name: 'none of what a build or a library left',
    input: { files: ['milliwatt.json', 'build/old.cc', '.pio/libdeps/x/old.cc'], at: 'export/new.cc' },
    expected: undefined,
  },
]);
