import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LineFramer, lineText } from '../../src/core/serial/lines';
import { check } from '../support/check';
import { mulberry32 } from '../support/random';

const encoder = new TextEncoder();

/** Lines of chunks given as text, the unfinished one last in brackets; a cut line ends with `…`. */
function frame({ chunks, maximum }: { chunks: readonly (string | readonly number[])[]; maximum?: number }): string[] {
  const framer = new LineFramer(maximum);
  const lines = chunks.flatMap((chunk) =>
    framer
      .push(typeof chunk === 'string' ? encoder.encode(chunk) : Uint8Array.from(chunk))
      .map(({ bytes, cut }) => `${lineText(bytes)}${cut ? '…' : ''}`),
  );
  const rest = framer.flush().map(({ bytes }) => `[${lineText(bytes)}]`);
  return [...lines, ...rest];
}

check('line framing', frame, [
  { name: 'LF', input: { chunks: ['a\nb\n'] }, expected: ['a', 'b'] },
  { name: 'CR LF', input: { chunks: ['a\r\nb\r\n'] }, expected: ['a', 'b'] },
  { name: 'CR alone', input: { chunks: ['a\rb\r'] }, expected: ['a', 'b'] },
  { name: 'CR and LF in two chunks', input: { chunks: ['a\r', '\nb\r', 'c'] }, expected: ['a', 'b', '[c]'] },
  { name: 'LF before CR, as TFLM prints', input: { chunks: ['a\n\r\nb\n'] }, expected: ['a', '', 'b'] },
  { name: 'empty lines', input: { chunks: ['\n\n', '\n'] }, expected: ['', '', ''] },
  { name: 'an empty chunk between CR and LF', input: { chunks: ['a\r', '', '\nb\n'] }, expected: ['a', 'b'] },
  { name: 'a line in pieces', input: { chunks: ['a', 'b', 'c\nd'] }, expected: ['abc', '[d]'] },
  { name: 'half a character', input: { chunks: [[0xc2], [0xb5, 0x73, 0x0a]] }, expected: ['µs'] },
  { name: 'NUL bytes', input: { chunks: ['a\0b\n\0\n'] }, expected: ['a\0b', '\0'] },
  { name: 'what is no UTF-8', input: { chunks: [[0xff, 0x41, 0x0a]] }, expected: ['\ufffdA'] },
  { name: 'a byte order mark stays', input: { chunks: [[0xef, 0xbb, 0xbf, 0x41, 0x0a]] }, expected: ['\ufeffA'] },
  {
    name: 'a long line in pieces',
    input: { chunks: ['0123456789abcdef!\n'], maximum: 8 },
    expected: ['01234567…', '89abcdef…', '!'],
  },
  { name: 'a line as long as allowed', input: { chunks: ['01234', '567\n'], maximum: 8 }, expected: ['01234567'] },
  {
    name: 'no cut within a character',
    input: { chunks: ['0123456€9\n'], maximum: 8 },
    expected: ['0123456…', '€9'],
  },
]);

describe('line framing of long input', () => {
  it('cuts 10 MB without a line end into bounded pieces that are the whole', () => {
    const framer = new LineFramer();
    const chunk = encoder.encode('0123456789abcdef'.repeat(4096));
    const chunks = Math.ceil((10 * 1024 * 1024) / chunk.length);
    let bytes = 0;
    for (let index = 0; index < chunks; index += 1) {
      for (const line of framer.push(chunk)) {
        assert.equal(line.cut, true);
        assert.ok(line.bytes.length <= 16_384, `a piece has ${line.bytes.length} bytes`);
        bytes += line.bytes.length;
      }
    }
    assert.equal(bytes + framer.unfinished.length, chunks * chunk.length);
  });

  it('gives the same lines however the bytes are cut (seed 1)', () => {
    const random = mulberry32(1);
    const alphabet = [0x0a, 0x0d, 0x00, 0x41, 0xc2, 0xb5, 0xe2, 0x82, 0xac, 0xff];
    const bytes = Uint8Array.from({ length: 3000 }, () => alphabet[Math.floor(random() * alphabet.length)]);
    const whole = new LineFramer(16);
    const expected = [...whole.push(bytes), ...whole.flush()].map(
      ({ bytes: line, cut }) => `${[...line].join(' ')} ${cut}`,
    );
    for (let round = 0; round < 50; round += 1) {
      const framer = new LineFramer(16);
      const lines: string[] = [];
      const keep = (found: ReturnType<LineFramer['push']>): void => {
        lines.push(...found.map(({ bytes: line, cut }) => `${[...line].join(' ')} ${cut}`));
      };
      for (let at = 0; at < bytes.length;) {
        const size = Math.floor(random() * 9);
        keep(framer.push(bytes.slice(at, at + size)));
        at += size;
      }
      keep(framer.flush());
      assert.deepStrictEqual(lines, expected);
    }
  });
});
