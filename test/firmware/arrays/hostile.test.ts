import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { blankBodies } from '../../../src/core/firmware/arrays/blankBodies';
import { arrayBytes } from '../../../src/core/firmware/arrays/decode';
import { scanArrays } from '../../../src/core/firmware/arrays/scan';
import { unitsOf } from '../../../src/core/firmware/arrays/units';
import { mulberry32 } from '../../support/random';

/** Everything that the scanner understands, in one file. */
const seedText = String.raw`#ifndef M_H
#define M_H
#define ALIGN(n) __attribute__((aligned(n)))
#if defined(X) /* a
comment */ && Y
namespace a::b { extern "C" {
ALIGN(16) const unsigned char g[] PROGMEM = {0x1c, 0x00, /* c */ 'T', '\x46', // d
  #if 0
  1,
  #else
  2, (uint8_t)3, -4, 0b1,
  #endif
  1'000u, 0x54, 0x46, 0x4c, 0x33, 1, 2, 3, 4, 5, 6, 7, 8};
const unsigned int g_len = 1668;
}}
#else
static char s[] = "\x1c\0TFL3" "\
x", t[2][2] = {{1, 2}, {3, 4}};
std::array<uint32_t, 2> w{{1, 2}};
auto r = R"raw(" {)raw";
#endif
float f[] = {1.5f, -2e-3};
char i[] = {
#include "x.inc"
};
#endif
`;

/** Scans, decodes and blanks a text; every span lies within it, bodies do not overlap, and lines stay. */
function tryText(text: string): void {
  const units = unitsOf(text);
  const { arrays } = scanArrays(units);
  let last = 0;
  for (const array of arrays) {
    const { span, nameSpan, body, elements, type } = array;
    assert.ok(last <= body.start && body.start <= body.end && body.end <= text.length);
    assert.ok(span.start <= nameSpan.start && nameSpan.end <= body.start && body.end <= span.end);
    assert.ok(elements <= body.end - body.start + 1);
    assert.equal(arrayBytes(units, array).length, elements * (type.bytes ?? 1));
    last = body.end;
  }
  const blanked = blankBodies(text);
  assert.equal(blanked.length, text.length);
  assert.equal(blanked.replace(/[^\n]/g, ''), text.replace(/[^\n]/g, ''));
}

describe('the scanner on text that is cut or changed', () => {
  it('takes every beginning of a file', () => {
    for (let length = 0; length <= seedText.length; length++) tryText(seedText.slice(0, length));
  });

  it('takes files changed by chance', () => {
    const random = mulberry32(11);
    const below = (limit: number): number => Math.floor(random() * limit);
    const bits = [
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '#',
      '\n',
      '\\',
      '/*',
      '//',
      ';',
      '=',
      '(',
      ')',
      'R"',
      '#if 0\n',
      '\0',
      'ü',
      '<',
    ];
    for (let index = 0; index < 4000; index++) {
      let text = seedText;
      for (let change = 0; change <= below(6); change++) {
        const at = below(text.length);
        const copied = seedText.slice(below(seedText.length)).slice(0, below(40));
        text = text.slice(0, at) + [bits[below(bits.length)], '', copied][below(3)] + text.slice(at + below(3));
      }
      tryText(text);
    }
  });
});

/** Repeated, each of these makes a scanner that looks at a unit more than once take hours. */
const repeated: readonly string[] = [
  '{',
  '}',
  '[',
  '(',
  '/*',
  '/',
  '"',
  "'",
  'R"(',
  'R"',
  '#if X\n',
  '#if 0\n',
  '#else\n',
  '#elif X\n',
  '#define A B\n',
  '#define A A A A A A\nA char a[]={1};\n',
  'a[]={',
  'char a[]={',
  'char a[]={{',
  'char a[]={1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,',
  'char a[]={\n#if 0\n',
  'char a[]={\n#if 1\n',
  '\\\n',
  '#\\\n',
  '0x',
  "1'",
  '1.',
  'char a[]="',
  '"" ',
  'char a[]={(',
  '::a',
  'namespace a {',
  'char a[]={1},',
  'extern char a[];',
  'char a[]={1};',
  '#if X\nchar a[]={1};\n',
  '#ifndef A\n#define A\n',
  '/**/',
  '<',
  'a<',
  'std::array<',
  '__attribute__((',
  'char a[1][1][1][1]',
  '#include "',
  '\0',
  '\ufeff',
  'é',
];

describe('the scanner on text made to be slow', () => {
  for (const part of repeated) {
    it(`takes 128 KB of ${JSON.stringify(part)}`, { timeout: 60_000 }, () => {
      for (const opening of ['', 'char b[] = {\n']) {
        const units = unitsOf(opening + part.repeat(Math.ceil(2 ** 17 / part.length)));
        const start = performance.now();
        scanArrays(units);
        const ms = performance.now() - start;
        assert.ok(ms < 10_000, `${ms.toFixed(0)} ms behind ${JSON.stringify(opening)}`);
      }
    });
  }
});
