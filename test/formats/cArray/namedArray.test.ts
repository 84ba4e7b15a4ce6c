import { namedArray } from '../../../src/core/formats/cArray/namedArray';
import { check } from '../../support/check';

const source = (path: string, text: string): { path: string; bytes: Uint8Array } => ({
  path,
  bytes: new TextEncoder().encode(text),
});

check(
  'the array of a model that a project names, in sources',
  ([name, ...texts]: readonly string[]) => {
    const found = namedArray(
      name,
      texts.map((text, index) => source(`${index}.cc`, text)),
    );
    return found.kind === 'none' ? found.message : found.kind;
  },
  [
    {
      name: 'is made by the build where it is used and not defined',
      input: ['g_model', 'int a;', 'auto m = tflite::GetModel(g_model);'],
      expected: 'elsewhere',
    },
    {
      name: 'is not what only begins or ends like it',
      input: ['g_model', 'use(g_model_len); use(my_g_model);'],
      expected: '0.cc holds no model in an array "g_model". Correct "array" or "sources" in milliwatt.json.',
    },
    {
      name: 'is found behind one that only ends like it',
      input: ['g_m', 'use(my_g_m); use(g_m)'],
      expected: 'elsewhere',
    },
    {
      name: 'is cut off',
      input: ['g_model', 'const unsigned char g_model[] = {0x1c, 0x00, 0x00, 0x00, 0x54, 0x46, 0x4c, 0x33'],
      expected: '0.cc: g_model is cut off: its closing brace is missing. Write the array again.',
    },
  ],
);
