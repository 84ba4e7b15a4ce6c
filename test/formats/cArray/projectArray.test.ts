import { arrayExtension, byNearness } from '../../../src/core/formats/cArray/projectArray';
import { check } from '../../support/check';

check(
  'the array of a project that lies nearest to a file',
  ({ places, file }: { readonly places: readonly string[]; readonly file: string }) =>
    byNearness(places, file, (path) => path),
  [
    {
      name: 'the same folder, then its own, then others by name',
      input: { places: ['z.h', 'a/b.h', 'src/models/m.h', 'src/main.cc'], file: 'src/models/kws.keras' },
      expected: ['src/models/m.h', 'src/main.cc', 'a/b.h', 'z.h'],
    },
    {
      name: 'folders that only begin alike have nothing in common',
      input: { places: ['source/a.h', 'b.h'], file: 'src/kws.keras' },
      expected: ['b.h', 'source/a.h'],
    },
  ],
);

check('the ending of a new array', (pattern: string | undefined) => arrayExtension(pattern), [
  { name: 'of its pattern', input: 'src/model.cc#g_model', expected: '.cc' },
  { name: 'of none', input: undefined, expected: '.h' },
  { name: 'of a sketch', input: 'kws/kws.ino#g_model', expected: '.h' },
  { name: 'of what is no source', input: 'model.tflite', expected: '.h' },
]);
