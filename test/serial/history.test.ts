import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultHistoryLimits, History } from '../../src/core/serial/history';
import type { SearchStep } from '../../src/core/serial/historySearch';
import { searchExpression, searchHistory } from '../../src/core/serial/historySearch';
import { lineText } from '../../src/core/serial/lines';
import { check } from '../support/check';

const encoder = new TextEncoder();

function filled(lines: readonly string[]): History {
  const history = new History();
  lines.forEach((line, index) => history.append({ bytes: encoder.encode(line), cut: false }, 10 * index));
  return history;
}

check(
  'history by range',
  ({ from, to }: { from: number; to: number }) =>
    filled(['a', '', 'µ', 'd'])
      .lines(from, to)
      .map(({ number, bytes, timeMs }) => [number, lineText(bytes), timeMs]),
  [
    {
      name: 'all',
      input: { from: 0, to: 4 },
      expected: [
        [0, 'a', 0],
        [1, '', 10],
        [2, 'µ', 20],
        [3, 'd', 30],
      ],
    },
    { name: 'a part', input: { from: 2, to: 3 }, expected: [[2, 'µ', 20]] },
    {
      name: 'past both ends',
      input: { from: -5, to: 99 },
      expected: [
        [0, 'a', 0],
        [1, '', 10],
        [2, 'µ', 20],
        [3, 'd', 30],
      ],
    },
    { name: 'nothing', input: { from: 4, to: 9 }, expected: [] },
  ],
);

describe('history', () => {
  it('marks what was cut and what was sent', () => {
    const history = new History();
    history.append({ bytes: encoder.encode('a'), cut: true }, 0);
    history.append({ bytes: encoder.encode('b'), cut: false }, 0, 'sent');
    assert.deepStrictEqual(
      history.lines(0, 2).map(({ cut, sent }) => ({ cut, sent })),
      [
        { cut: true, sent: false },
        { cut: false, sent: true },
      ],
    );
  });

  it('keeps a million lines of 40 bytes in less than 60 MB and finds each of them', () => {
    const history = new History();
    const bytes = encoder.encode('x'.repeat(33));
    let [fewest, most] = [Infinity, 0];
    for (let line = 0; line < 1_100_000; line += 1) {
      bytes.set(encoder.encode(String(line).padStart(7, '0')));
      history.append({ bytes, cut: false }, line);
      const kept = history.endLine - history.firstLine;
      if (line >= 1_000_000) fewest = Math.min(fewest, kept);
      most = Math.max(most, kept);
    }
    assert.equal(history.endLine, 1_100_000);
    assert.ok(fewest >= 1_000_000, `only ${fewest} lines were kept`);
    // A million, and one block of 4,096 lines.
    assert.equal(defaultHistoryLimits.maximumLines, 1_004_096);
    assert.ok(most <= defaultHistoryLimits.maximumLines, `${most} lines were kept`);
    assert.ok(history.allocatedBytes < 60e6, `${history.allocatedBytes} bytes are allocated`);
    for (const line of [history.firstLine, 555_555, 1_099_999]) {
      const [found] = history.lines(line, line + 1);
      assert.equal(lineText(found.bytes).slice(0, 7), String(line).padStart(7, '0'));
      assert.equal(found.timeMs, line);
    }
  });

  it('drops the oldest where the bytes are limited, and never passes the limit', () => {
    const limit = 3_000_000;
    const history = new History({ maximumLines: 1_000_000, maximumBytes: limit });
    const long = new Uint8Array(16_384);
    for (let line = 0; line < 20_000; line += 1) {
      history.append({ bytes: line % 2 === 0 ? long : new Uint8Array(0), cut: false }, line);
      assert.ok(history.allocatedBytes <= limit, `${history.allocatedBytes} bytes are allocated at line ${line}`);
    }
    assert.ok(history.firstLine > 19_000, `the first line is ${history.firstLine}`);
    assert.equal(history.lines(history.firstLine, history.endLine).length, history.endLine - history.firstLine);
  });

  it('goes on counting after it was cleared', () => {
    const history = filled(['a', 'b']);
    history.clear();
    assert.equal(history.firstLine, 2);
    assert.equal(history.allocatedBytes, 0);
    history.append({ bytes: encoder.encode('c'), cut: false }, 0);
    assert.deepStrictEqual(
      history.lines(0, 9).map(({ number }) => number),
      [2],
    );
  });
});

const colours = ['one', '\u001b[31mtwo one\u001b[0m', 'three', 'one one'];
const forward: SearchStep = { from: 0, to: 4, direction: 'forward', maximumLines: 100, maximumMatches: 100 };

check(
  'search in the history',
  ({ text, kind, step }: { text: string; kind: 'plain' | 'expression'; step?: Partial<SearchStep> }) =>
    searchHistory(filled(colours), searchExpression({ text, kind, matchCase: false }), { ...forward, ...step }),
  [
    {
      name: 'plain text, without regard to case and colours',
      input: { text: 'ONE', kind: 'plain' },
      expected: {
        matches: [
          { line: 0, column: 0, length: 3 },
          { line: 1, column: 4, length: 3 },
          { line: 3, column: 0, length: 3 },
          { line: 3, column: 4, length: 3 },
        ],
      },
    },
    { name: 'plain text is no expression', input: { text: 'o.e', kind: 'plain' }, expected: { matches: [] } },
    {
      name: 'an expression',
      input: { text: '^t\\w+$', kind: 'expression' },
      expected: { matches: [{ line: 2, column: 0, length: 5 }] },
    },
    {
      name: 'a step of two lines says where to go on',
      input: { text: 'one', kind: 'plain', step: { maximumLines: 2 } },
      expected: {
        matches: [
          { line: 0, column: 0, length: 3 },
          { line: 1, column: 4, length: 3 },
        ],
        rest: { from: 2, to: 4 },
      },
    },
    {
      name: 'backward until one is found',
      input: { text: 'two', kind: 'plain', step: { direction: 'backward', maximumMatches: 1 } },
      expected: { matches: [{ line: 1, column: 0, length: 3 }], rest: { from: 0, to: 1 } },
    },
    {
      name: 'an expression that matches nothing everywhere ends',
      input: { text: 'x*', kind: 'expression', step: { to: 1 } },
      expected: {
        matches: [0, 1, 2, 3].map((column) => ({ line: 0, column, length: 0 })),
      },
    },
    {
      name: 'an expression that is none',
      input: { text: '(', kind: 'expression' },
      fails:
        'The regular expression cannot be used: Invalid regular expression: /(/giu: Unterminated group. Correct it, or search for plain text.',
    },
    {
      name: 'a text too long to search for',
      input: { text: 'x'.repeat(1001), kind: 'plain' },
      fails: 'The search text has 1001 characters; at most 1000 are allowed.',
    },
  ],
);
