import type { AnsiStyle } from '../../src/core/serial/ansi';
import { styledLine, withoutAnsi } from '../../src/core/serial/ansi';
import { hexRowText, hexRows, parseHex } from '../../src/core/serial/hex';
import { withoutLogPrefix } from '../../src/core/serial/logPrefix';
import { absoluteTimeText, deltaTimeText, relativeTimeText } from '../../src/core/text/timestamps';
import { check } from '../support/check';

check(
  'colours of a line',
  (text: string): readonly (readonly [string, AnsiStyle])[] =>
    styledLine(text).spans.map(({ text: piece, style }) => [piece, style]),
  [
    { name: 'none', input: 'plain', expected: [['plain', {}]] },
    { name: 'ESP-IDF', input: '\u001b[0;31mE (1) x\u001b[0m', expected: [['E (1) x', { foreground: 1 }]] },
    {
      name: 'bold, then plain',
      input: 'a\u001b[1mb\u001b[22mc',
      expected: [
        ['a', {}],
        ['b', { bold: true }],
        ['c', {}],
      ],
    },
    { name: 'bright on grey', input: '\u001b[92;100mx', expected: [['x', { foreground: 10, background: 8 }]] },
    { name: 'of 256: the cube', input: '\u001b[38;5;208mx', expected: [['x', { foreground: '#ff8700' }]] },
    { name: 'of 256: a grey', input: '\u001b[48;5;232mx', expected: [['x', { background: '#080808' }]] },
    { name: 'exact', input: '\u001b[38;2;1;2;255;4mx', expected: [['x', { foreground: '#0102ff', underline: true }]] },
    {
      name: 'an empty sequence resets',
      input: '\u001b[31ma\u001b[mb',
      expected: [
        ['a', { foreground: 1 }],
        ['b', {}],
      ],
    },
    {
      name: 'other sequences go',
      input: '\u001b[2K\u001b[1;1Hx\u001b]0;title\u0007y',
      expected: [
        ['x', {}],
        ['y', {}],
      ],
    },
    { name: 'controls become pictures', input: 'a\0b\u007f', expected: [['a␀b␡', {}]] },
    { name: 'cut within a sequence', input: 'a\u001b[3', expected: [['a', {}]] },
    {
      name: 'out of range',
      input: '\u001b[38;5;999mx\u001b[38;2;1mx',
      expected: [
        ['x', {}],
        ['x', {}],
      ],
    },
  ],
);

check('text without colours', withoutAnsi, [
  { name: 'a colour', input: '\u001b[32mok\u001b[0m.', expected: 'ok.' },
  { name: 'a lone escape', input: 'a\u001b', expected: 'a' },
]);

check('rows of a hex view', (bytes: readonly number[]) => hexRows(Uint8Array.from(bytes), 16).map(hexRowText), [
  { name: 'nothing', input: [], expected: [] },
  {
    name: 'a row and a rest',
    input: Array.from('MW1 begin\r\n0123456', (letter) => letter.charCodeAt(0)),
    expected: [
      '00000010  4d 57 31 20 62 65 67 69  6e 0d 0a 30 31 32 33 34  |MW1 begin..01234|',
      '00000020  35 36                                             |56|',
    ],
  },
]);

check('bytes to send', (text: string) => [...parseHex(text)], [
  { name: 'with blanks', input: '4d 57\t31', expected: [0x4d, 0x57, 0x31] },
  { name: 'with prefixes and commas', input: '0x01,0xFF;00', expected: [1, 255, 0] },
  { name: 'in one', input: 'deadBEEF', expected: [0xde, 0xad, 0xbe, 0xef] },
  { name: 'nothing', input: ' ', expected: [] },
  {
    name: 'a single digit',
    input: '01 2',
    fails: '"2" is not hexadecimal: write two digits for each byte, such as 4d 57 31.',
  },
  {
    name: 'a word',
    input: 'xyz',
    fails: '"xyz" is not hexadecimal: write two digits for each byte, such as 4d 57 31.',
  },
]);

check('what loggers put before a message', withoutLogPrefix, [
  { name: 'ESP-IDF', input: 'I (1234) main: CONV_2D', expected: 'CONV_2D' },
  { name: 'ESP-IDF with time', input: 'W (12:03:01.123) app: x', expected: 'x' },
  { name: 'Zephyr', input: '[00:00:01.234,000] <inf> app: x', expected: 'x' },
  { name: 'a level', input: '[INF] x', expected: 'x' },
  { name: 'Arduino IDE', input: '07:31:13.216 -> x', expected: 'x' },
  { name: 'none', input: '  x: y ', expected: 'x: y' },
]);

check('time of day', ([timeMs, offset]: readonly [number, number]) => absoluteTimeText(timeMs, offset), [
  { name: 'UTC', input: [((14 * 60 + 3) * 60 + 7) * 1000 + 45, 0], expected: '14:03:07.045' },
  { name: 'east, over midnight', input: [23.5 * 3_600_000, 60], expected: '00:30:00.000' },
  { name: 'west, before midnight', input: [0, -90], expected: '22:30:00.000' },
]);

check('time since', ([timeMs, startMs]: readonly [number, number]) => relativeTimeText(timeMs, startMs), [
  { name: 'a minute', input: [63_345, 1000], expected: '00:01:02.345' },
  { name: 'days go on', input: [100 * 3_600_000, 0], expected: '100:00:00.000' },
  { name: 'before', input: [0, 1500], expected: '-00:00:01.500' },
]);

check(
  'time since the line before',
  ([timeMs, previous]: readonly [number, number?]) => deltaTimeText(timeMs, previous),
  [
    { name: 'the first', input: [5], expected: '+0.000' },
    { name: 'later', input: [13_345, 1000], expected: '+12.345' },
    { name: 'a clock set back', input: [1000, 1250], expected: '-0.250' },
  ],
);
