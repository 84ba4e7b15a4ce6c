import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { LineFilter } from '../../src/worker/monitor/lineFilter';
import { MonitorStream } from '../../src/worker/monitor/stream';
import { Understanding } from '../../src/worker/monitor/understanding';
import { check } from '../support/check';
import { mulberry32 } from '../support/random';

/** A stream that has received chunks one after the other, a millisecond apart. */
function streamOf(chunks: readonly (string | Uint8Array)[]): MonitorStream {
  const stream = new MonitorStream();
  chunks.forEach((chunk, index) => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    stream.keep(bytes, 1000 + index);
    stream.understand(bytes, 1000 + index);
  });
  return stream;
}

/** Texts of the lines, and of the one that has not ended. */
function textsOf(chunks: readonly (string | Uint8Array)[]): readonly string[] {
  const stream = streamOf(chunks);
  const { unfinished, firstRow, endRow } = stream.extent(1000);
  const lines = [...stream.lines(firstRow, endRow).lines, ...(unfinished === undefined ? [] : [unfinished])];
  return lines.map(({ spans }) => spans.map(({ text }) => text).join(''));
}

const snow = Buffer.from('snow ☃ man\n');

check('lines of a stream', textsOf, [
  { name: 'half a line waits for its end', input: ['one\ntw', 'o\nthr'], expected: ['one', 'two', 'thr'] },
  {
    name: 'half a UTF-8 character at the end of a chunk',
    input: [snow.subarray(0, 6), snow.subarray(6, 7), snow.subarray(7)],
    expected: ['snow ☃ man'],
  },
  { name: 'NUL bytes are shown as pictures', input: ['a\0b\n'], expected: ['a␀b'] },
  { name: 'CR LF, even where the chunk ends between them', input: ['a\r', '\nb\r\n'], expected: ['a', 'b'] },
  {
    name: 'bytes that are no UTF-8',
    input: [Uint8Array.of(0x41, 0xff, 0xfe, 0x42, 0x0a)],
    expected: ['A\ufffd\ufffdB'],
  },
]);

describe('what a stream means', () => {
  it('is complete with the line or the silence that ends it, and is taken in parts', () => {
    const failed = 'AllocateTensors() failed\n';
    const stream = streamOf([failed.repeat(150), 'Guru Meditation Error: Core  0 panic', "'ed (StoreProhibited).\n"]);
    assert.deepEqual([stream.takeGroups().length, stream.takeGroups().length], [100, 50]);
    assert.deepEqual([stream.takeGroups(), stream.waitingFor], [[], 151]);
    stream.silent();
    assert.deepEqual(
      stream.takeGroups().map(({ line, group }) => [line, group.type]),
      [[150, 'crash-dump']],
    );
    assert.equal(stream.waitingFor, undefined);
  });

  it('is waited for by what comes after it, so that none is lost and memory is bounded', async () => {
    const stream = new MonitorStream();
    let understood = 0;
    const understanding = new Understanding(stream, {
      consumed: (bytes) => (understood += bytes),
      progressed: () => undefined,
      failed: (error) => assert.ifError(error),
    });
    const bytes = Buffer.from('AllocateTensors() failed\n'.repeat(20_000));
    for (let start = 0; start < bytes.length; start += 5000) {
      const chunk = bytes.subarray(start, start + 5000);
      stream.keep(chunk, 1);
      understanding.push(chunk, 1);
    }
    await delay(200);
    assert.ok(stream.isFull && understood < 20_000, `${understood} bytes were understood that nobody took.`);
    let taken = 0;
    while (taken < 20_000) {
      const groups = stream.takeGroups();
      taken += groups.length;
      understanding.schedule();
      if (groups.length === 0) await delay(1);
    }
    await understanding.idle();
    assert.deepEqual([taken, understood], [20_000, bytes.length]);
  });
});

describe('a stream that is no text', () => {
  it('takes a line of 10 MB without an end in bounded pieces, and loses no byte', () => {
    const piece = Buffer.alloc(65_536, 'x');
    const stream = streamOf(Array.from({ length: 160 }, () => piece));
    const { endLine, receivedBytes, unfinished } = stream.extent(2000);
    assert.equal(receivedBytes, 160 * 65_536);
    const lines = [...stream.rows(0, Infinity)];
    assert.ok(lines.every(({ line }) => line.bytes.length <= 16_384 && line.cut));
    const kept = lines.reduce((bytes, { line }) => bytes + line.bytes.length, 0);
    // What is drawn of an unfinished line is shortened; its bytes are not.
    assert.ok(endLine >= 639 && unfinished !== undefined);
    assert.ok(receivedBytes - kept <= 16_384, `${receivedBytes - kept} bytes are missing`);
  });

  it('survives what a wrong baud rate makes of text, without an event', () => {
    const next = mulberry32(7);
    const noise = Uint8Array.from({ length: 1_000_000 }, () => Math.floor(next() * 256));
    const stream = streamOf([noise]);
    assert.equal(stream.extent(2000).receivedBytes, noise.length);
    assert.deepEqual(stream.takeGroups(), []);
    assert.deepEqual(Buffer.from(stream.bytes.read(0, noise.length)), Buffer.from(noise));
  });

  it('keeps the last million lines, whose numbers never change', () => {
    const line = (number: number): string => `line ${number}\n`;
    const chunk = (first: number): string => Array.from({ length: 50_000 }, (_, index) => line(first + index)).join('');
    const stream = streamOf(Array.from({ length: 22 }, (_, index) => chunk(index * 50_000)));
    const { firstRow, endRow } = stream.extent(2000);
    assert.equal(endRow, 1_100_000);
    assert.ok(endRow - firstRow >= 1_000_000, `${endRow - firstRow} lines are kept`);
    const [first] = stream.lines(1_050_000, 1_050_001).lines;
    assert.equal(first.spans[0].text, 'line 1050000');
    assert.ok(stream.history.allocatedBytes < 200 * 1024 * 1024);
  });
});

describe('a filter', () => {
  it('counts its own rows and follows what arrives', () => {
    const stream = streamOf(['a1\nb1\na2\n']);
    stream.setFilter({ pattern: { text: '^a', kind: 'expression', matchCase: true }, isInverted: false });
    assert.ok(stream.filter instanceof LineFilter);
    stream.filter.step(100);
    stream.understand(Buffer.from('b2\na3\n'), 2000);
    stream.filter.step(100);
    assert.deepEqual(
      stream.lines(0, 10).lines.map(({ row, line, spans }) => [row, line, spans[0].text]),
      [
        [0, 0, 'a1'],
        [1, 2, 'a2'],
        [2, 4, 'a3'],
      ],
    );
  });
});
