import type { AnsiStyle } from '../../../src/core/serial/ansi';
import type { MonitorLine, TimestampMode } from '../../../src/protocol/monitorState';
import { lineText, marksOf, timeText } from '../../../webview/monitor/text/line';
import { hiddenCharacters, piecesOf } from '../../../webview/monitor/text/pieces';
import type { MarkedRange } from '../../../webview/monitor/text/pieces';
import { drawn, one, texts } from '../drawn';
import { check } from '../../support/check';
import { lineOf } from './pages';

process.env.TZ = 'UTC';

const red: AnsiStyle = { foreground: 1 };

check(
  'a line: cut where marks begin and end',
  ([spans, marks]: readonly [readonly (readonly [string, AnsiStyle])[], readonly MarkedRange[]]) =>
    piecesOf(
      spans.map(([text, style]) => ({ text, style })),
      marks,
    ).map(({ text, mark }) => (mark === undefined ? text : `${text}:${mark}`)),
  [
    { name: 'nothing', input: [[], []], expected: [] },
    { name: 'an empty span', input: [[['', {}]], [{ column: 0, length: 1, mark: 2 }]], expected: [] },
    {
      name: 'no marks',
      input: [
        [
          ['abc', {}],
          ['def', red],
        ],
        [],
      ],
      expected: ['abc', 'def'],
    },
    {
      name: 'within a span',
      input: [[['abcdef', {}]], [{ column: 2, length: 2, mark: 'match' }]],
      expected: ['ab', 'cd:match', 'ef'],
    },
    {
      name: 'over the edge of two spans',
      input: [
        [
          ['abc', {}],
          ['def', red],
        ],
        [{ column: 2, length: 2, mark: 4 }],
      ],
      expected: ['ab', 'c:4', 'd:4', 'ef'],
    },
    {
      name: 'of marks that overlap the later is seen',
      input: [
        [['abcdef', {}]],
        [
          { column: 0, length: 4, mark: 1 },
          { column: 2, length: 4, mark: 'current' },
        ],
      ],
      expected: ['ab:1', 'cd:current', 'ef:current'],
    },
    { name: 'a mark beyond the end', input: [[['ab', {}]], [{ column: 5, length: 4, mark: 1 }]], expected: ['ab'] },
    { name: 'a mark of nothing', input: [[['ab', {}]], [{ column: 1, length: 0, mark: 1 }]], expected: ['a', 'b'] },
  ],
);

check(
  'a line: the longest that is drawn',
  (length: number) => {
    const spans = [
      { text: 'x'.repeat(length), style: {} },
      { text: 'yz', style: {} },
    ];
    return [piecesOf(spans, []).reduce((sum, { text }) => sum + text.length, 0), hiddenCharacters(spans)];
  },
  [
    { name: 'all of it', input: 3998, expected: [4000, 0] },
    { name: 'cut within the second span', input: 3999, expected: [4000, 1] },
    { name: 'cut within the first', input: 9000, expected: [4000, 5002] },
  ],
);

check(
  'a line: which marks it has',
  ([matches, current]: readonly [boolean, number | undefined]) => {
    const line = lineOf(3, 'text', { marks: [{ column: 0, length: 1, color: 2 }] });
    const match = { row: 3, column: 1, length: 2 };
    const at = current === undefined ? undefined : { row: current, column: 1, length: 2 };
    return marksOf(line, matches ? [match] : undefined, at).map(({ mark }) => mark);
  },
  [
    { name: 'of the rules', input: [false, undefined], expected: [2] },
    { name: 'of the search above them', input: [true, undefined], expected: [2, 'match'] },
    { name: 'where the search stands above all', input: [true, 3], expected: [2, 'match', 'current'] },
    { name: 'where the search stands elsewhere', input: [true, 4], expected: [2, 'match'] },
  ],
);

check(
  'a line: colours as classes and properties',
  ([style, mark]: readonly [AnsiStyle, MarkedRange['mark'] | undefined]) => {
    const marks = mark === undefined ? [] : [{ column: 0, length: 9, mark }];
    const span = one(drawn(lineText(lineOf(0, 'x', { spans: [{ text: 'x', style }] }), marks)), 'span');
    return [span.attributes.class?.trim() ?? '', span.properties.style ?? ''];
  },
  [
    { name: 'none', input: [{}, undefined], expected: ['', ''] },
    {
      name: 'of the terminal',
      input: [{ foreground: 1, background: 12, bold: true }, undefined],
      expected: ['bold fg1 bg12', ''],
    },
    {
      name: 'exact ones',
      input: [{ foreground: '#010203', background: '#040506' }, undefined],
      expected: ['', 'color: #010203; background-color: #040506'],
    },
    {
      name: 'inverse changes their places',
      input: [{ foreground: 1, inverse: true }, undefined],
      expected: ['inverse bg1', ''],
    },
    { name: 'a rule', input: [{}, 3], expected: ['mark3', ''] },
    {
      name: 'the current match',
      input: [{ dim: true, italic: true, underline: true, strike: true }, 'current'],
      expected: ['dim italic underline strike current', ''],
    },
  ],
);

check('a line: what is not drawn is told', (line: MonitorLine) => texts(drawn(lineText(line, [])), '.more'), [
  { name: 'nothing', input: lineOf(0, 'x'), expected: [] },
  { name: 'characters', input: lineOf(0, 'x'.repeat(16_000)), expected: ['… 12,000 more characters'] },
  { name: 'the line goes on in the next row', input: lineOf(0, 'x', { isCut: true }), expected: ['↩'] },
]);

check(
  'a line: its time',
  ([mode, deltaMs]: readonly [TimestampMode, number | undefined]) =>
    timeText(mode, { timeMs: 3_661_500, deltaMs }, 60_000),
  [
    { name: 'off', input: ['off', 5], expected: undefined },
    { name: 'of the day', input: ['absolute', 5], expected: '01:01:01.500' },
    { name: 'since the start', input: ['relative', 5], expected: '01:00:01.500' },
    { name: 'since the line before', input: ['delta', 1250], expected: '+1.250' },
    { name: 'of the first line', input: ['delta', undefined], expected: '+0.000' },
  ],
);
