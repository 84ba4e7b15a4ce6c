import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { BoardFailures } from '../../src/core/measure/boardFailures';
import { EventGrouper } from '../../src/core/serial/eventGroups';
import { eventText } from '../../src/core/serial/eventText';
import { lineText, LineFramer } from '../../src/core/serial/lines';
import { createFirmwareParser, dialects } from '../../src/core/serial/parsers';
import { ProfileAssembler } from '../../src/core/serial/profile';
import type { Profile } from '../../src/core/serial/profile';
import { samples } from './samples';

/** The profiles in bytes as they came over the wire. */
function profilesIn(bytes: Uint8Array): readonly Profile[] {
  const framer = new LineFramer();
  const parser = createFirmwareParser();
  const assembler = new ProfileAssembler();
  const lines = [...framer.push(bytes), ...framer.flush()];
  const done = lines.flatMap((line) => assembler.feed(parser.feed(lineText(line.bytes), 0), 0));
  return [...done, ...assembler.flush()];
}

const whole = new TextEncoder().encode(`${samples.milliwatt.join('\n')}\n`);
const expected = profilesIn(whole)[0].operators;

/** Anything that can be used must be what was sent. */
function assertHonest(bytes: Uint8Array, what: string): void {
  for (const { usable, operators } of profilesIn(bytes)) {
    if (usable) assert.deepStrictEqual(operators, expected, what);
  }
}

describe('a profile of ours that was damaged on the way is refused, not misread', () => {
  it('any byte lost', () => {
    for (let at = 0; at < whole.length; at += 1) {
      assertHonest(Buffer.concat([whole.subarray(0, at), whole.subarray(at + 1)]), `without byte ${at}`);
    }
  });

  it('any bit turned', () => {
    for (let at = 0; at < whole.length * 8; at += 1) {
      const bytes = Uint8Array.from(whole);
      bytes[at >> 3] ^= 1 << (at & 7);
      assertHonest(bytes, `with bit ${at} turned`);
    }
  });

  it('the beginning or the end missing', () => {
    for (let at = 1; at < whole.length - 1; at += 1) {
      assertHonest(whole.subarray(at), `from byte ${at}`);
      assertHonest(whole.subarray(0, at), `up to byte ${at}`);
    }
  });
});

describe('every dialect', () => {
  for (const dialect of dialects) {
    const lines = samples[dialect.id];

    it(`${dialect.id}: lines cut short at every byte, in any order, are taken without harm`, () => {
      const parser = dialect.create();
      const grouper = new EventGrouper();
      const failures = new BoardFailures();
      let number = 0;
      for (const line of [...lines, ...[...lines].reverse()]) {
        for (let length = 0; length <= line.length; length += 1) {
          for (const event of parser.feed(line.slice(0, length), 0)) {
            const text = eventText(event);
            assert.ok(text === undefined || text.title.length > 0);
            if (event.type === 'plot-samples') continue;
            number += 1;
            for (const { group } of grouper.feed(event, { line: number, timeMs: number })) failures.hear(group);
          }
        }
      }
      assert.ok(failures.all.length <= 16);
    });

    it(`${dialect.id}: any text is taken without harm`, () => {
      const piece = fc.oneof(fc.constantFrom(...lines, ...lines.flatMap((line) => line.split(' '))), fc.string());
      const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(' '));
      fc.assert(
        fc.property(fc.array(text, { maxLength: 12 }), (all) => {
          const parser = dialect.create();
          for (const line of all) for (const event of parser.feed(line, 0)) eventText(event);
        }),
        { seed: 4, numRuns: 100 },
      );
    });
  }
});
