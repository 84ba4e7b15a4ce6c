import type { Span } from '../../src/core/model/span';
import { spanOf, textAfter } from '../../src/core/model/textEdit';
import { check } from '../support/check';

const at = (line: number, column: number, endLine: number, endColumn: number): Span => ({
  line,
  column,
  endLine,
  endColumn,
});

check(
  'text after edits',
  ([text, edits]: readonly [string, readonly (readonly [Span, string])[]]) =>
    textAfter(
      text,
      edits.map(([span, replacement]) => ({ file: 'a', span, text: replacement })),
    ),
  [
    { name: 'none', input: ['a\n', []], expected: 'a\n' },
    {
      name: 'several, in any order, across lines of every kind of end',
      input: [
        'one\r\ntwo\nthree',
        [
          [at(0, 1, 0, 2), 'N'],
          [at(2, 5, 2, 5), '!'],
          [at(0, 3, 1, 1), '-'],
        ],
      ],
      expected: 'oNe-wo\nthree!',
    },
    { name: 'into an empty file', input: ['', [[at(0, 0, 0, 0), '{}\n']]], expected: '{}\n' },
  ],
);

check(
  'place of a stretch of a text',
  ([text, offset, length]: readonly [string, number, number]) => spanOf(text, offset, length),
  [
    { name: 'at the start', input: ['', 0, 0], expected: at(0, 0, 0, 0) },
    { name: 'behind line ends', input: ['a\r\nbc\nd', 4, 3], expected: at(1, 1, 2, 1) },
  ],
);
