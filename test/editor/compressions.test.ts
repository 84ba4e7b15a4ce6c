import { newestDiscardable } from '../../src/host/compress/compressions';
import { check } from '../support/check';

check(
  'the newest result that can be discarded',
  (discardable: readonly boolean[]) =>
    newestDiscardable(discardable.map((isDiscardable, index) => ({ isDiscardable, index })))?.index,
  [
    { name: 'is the last', input: [true, true], expected: 1 },
    {
      name: 'is an earlier one where the last took the place of another file',
      input: [true, true, false],
      expected: 1,
    },
    { name: 'is none where all are decided about', input: [false, false], expected: undefined },
    { name: 'is none where nothing was written', input: [], expected: undefined },
  ],
);
