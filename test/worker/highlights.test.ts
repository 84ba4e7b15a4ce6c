import { Highlights } from '../../src/worker/monitor/highlights';
import { plainStyle } from '../../src/core/serial/ansi';
import type { HighlightRule, MonitorLine } from '../../src/protocol/monitorState';
import { check } from '../support/check';

const rule = (text: string, color: number): HighlightRule => ({
  pattern: { text, kind: 'expression', matchCase: true },
  color,
});

function line(text: string): Omit<MonitorLine, 'marks'> {
  return { row: 0, line: 0, timeMs: 0, spans: [{ text, style: plainStyle }], isCut: false, isSent: false };
}

/** Columns of the marks in each of the lines, asked for twice, what was dropped, and whether it held nothing up. */
function marked(texts: readonly string[]): object {
  const dropped: string[] = [];
  const highlights = new Highlights((slow) => dropped.push(slow.pattern.text));
  highlights.set([rule('(a+)+$', 1), rule('b', 2)]);
  const begunMs = performance.now();
  const rounds = [0, 1].map(() =>
    highlights.marked(texts.map(line)).map(({ marks }) => marks.map(({ column }) => column)),
  );
  return { rounds, dropped, isQuick: performance.now() - begunMs < 2000 };
}

check('a highlight that takes too long is dropped the first time; the others mark on', marked, [
  {
    name: 'thirty lines',
    input: Array.from({ length: 30 }, () => `b${'a'.repeat(40)}!`),
    expected: {
      rounds: [0, 1].map(() => Array.from({ length: 30 }, () => [0])),
      dropped: ['(a+)+$'],
      isQuick: true,
    },
  },
]);
