import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readModel } from '../../../src/core/formats/formats';
import { resultContent } from '../../../src/core/formats/results';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import { graph, model, tensor } from '../../support/build';
import { check } from '../../support/check';
import { xxdSource } from '../../support/sources';

/** Not a whole model, but what the scanner takes for one: the mark at byte 4. */
const old = [28, 0, 0, 0, 84, 70, 76, 51];
const fresh = Uint8Array.of(0x1c, 0xab, 0, 0, 0x54, 0x46, 0x4c, 0x33, 9, 0xff);

const encoder = new TextEncoder();

interface Asked {
  readonly source: string;
  /** Path of the source, with the array where it names one; `m.h` where absent. */
  readonly from?: string;
  /** Where the result goes; in the source's place where absent. */
  readonly to?: string;
  /** A source of the project, in whose style a new array is written. */
  readonly pattern?: string;
}

check(
  'a result as an array',
  ({ source, from = 'm.h', to = 'm.h', pattern }: Asked) => {
    const like = pattern === undefined ? undefined : { path: 'p.cc', bytes: encoder.encode(pattern) };
    const content = resultContent(to, fresh, { path: from, bytes: encoder.encode(source) }, like);
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
  },
  [
    {
      name: 'in the style of the old one: lines, indent, case, comma, comments around it, length',
      input: {
        source: `// Größe\r\nalignas(16) const uint8_t m[] = {\r\n\t0X1C,0x00,0x00,0x00,\r\n\t0x54,0x46,0x4C,0x33,\r\n};\r\nconst int m_len = 8; // n\r\n`,
      },
      expected: `// Größe\r\nalignas(16) const uint8_t m[] = {\r\n\t0x1C,0xAB,0x00,0x00,\r\n\t0x54,0x46,0x4C,0x33,\r\n\t0x09,0xFF,\r\n};\r\nconst int m_len = 10; // n\r\n`,
    },
    {
      name: 'decimal, in one line, with a declared length',
      input: { source: `char m[8]={${old.join(', ')}};` },
      expected: 'char m[10]={28, 171, 0, 0, 84, 70, 76, 51, 9, 255};',
    },
    {
      name: 'a length by a macro',
      input: { source: `#define N 8\nchar m[N]={${old.join()}};\n#define M_SIZE 8` },
      expected: '#define N 10\nchar m[N]={28,171,0,0,84,70,76,51,9,255};\n#define M_SIZE 10',
    },
    {
      name: 'words, filled with zeros',
      input: { source: 'uint32_t m[2] = {0x1Cu, 0x334C4654u}; int m_len = 8;' },
      expected: 'uint32_t m[3] = {0x0000AB1Cu, 0x334C4654u, 0x0000FF09u}; int m_len = 10;',
    },
    {
      name: 'string literals',
      input: { source: String.raw`const char m[] = "\x1c\x00\x00\x00"` + '\n  ' + String.raw`"\x54\x46\x4c\x33";` },
      expected:
        String.raw`const char m[] = "\x1c\xab\x00\x00"` +
        '\n' +
        String.raw`"\x54\x46\x4c\x33"` +
        '\n' +
        String.raw`"\x09\xff";`,
    },
    {
      name: 'the one that is named, and its length alone',
      input: {
        from: 'm.h#b',
        source: `char a[]={${old.join()}};int a_len=8;char b[]={${old.join()}};int b_len=8;`,
      },
      expected: `char a[]={${old.join()}};int a_len=8;char b[]={28,171,0,0,84,70,76,51,9,255};int b_len=10;`,
    },
    {
      name: 'beside its source: a copy of what is data alone',
      input: { to: 'm.int8.h', source: `#include <stdint.h>\nchar m[]={${old.join()}};\n` },
      expected: '#include <stdint.h>\nchar m[]={28,171,0,0,84,70,76,51,9,255};\n',
    },
    {
      name: 'beside its source: without functions',
      input: { from: 'main.cc', to: 'main.int8.cc', source: `void f() {}\nchar m[]={${old.join()}};\n` },
      expected:
        'extern const unsigned char m[];\nextern const unsigned int m_len;\n\nalignas(16) const unsigned char m[] = {\n  0x1c, 0xab, 0x00, 0x00, 0x54, 0x46, 0x4c, 0x33, 0x09, 0xff\n};\nconst unsigned int m_len = 10;\n',
    },
    {
      name: 'of a file that is no source',
      input: { from: 'kws.tflite', to: 'out/2kws-int8.h', source: '' },
      expected:
        '#pragma once\n\nconst unsigned char _2kws_int8[] __attribute__((aligned(16))) = {\n  0x1c, 0xab, 0x00, 0x00, 0x54, 0x46, 0x4c, 0x33, 0x09, 0xff\n};\nconst unsigned int _2kws_int8_len = 10;\n',
    },
    {
      name: "new, in a project's style: type, alignment, names, lines, case",
      input: {
        from: 'kws.keras',
        to: 'kws.int8.cc',
        source: '',
        pattern: `#include <cstdint>\r\nalignas(32) const std::uint8_t g_model[] = {\r\n\t0X1C,0x00,0x00,0x00,\r\n\t0x54,0x46,0x4C,0x33,\r\n};\r\nconst int g_model_size = 8;\r\n`,
      },
      expected:
        '#include <cstdint>\r\n\r\nextern const std::uint8_t g_kws_int8[];\r\nextern const unsigned int g_kws_int8_size;\r\n\r\nalignas(32) const std::uint8_t g_kws_int8[] = {\r\n\t0x1C,0xAB,0x00,0x00,\r\n\t0x54,0x46,0x4C,0x33,\r\n\t0x09,0xFF,\r\n};\r\nconst unsigned int g_kws_int8_size = 10;\r\n',
    },
    {
      name: 'new, in plain C, of a project that writes C++',
      input: {
        from: 'kws.keras',
        to: 'kws.h',
        source: '',
        pattern: `const std::uint8_t model[] = {${old.join(', ')}};`,
      },
      expected:
        '#pragma once\n\n#include <stdint.h>\n\nconst uint8_t kws[] __attribute__((aligned(16))) = {28, 171, 0, 0, 84, 70, 76, 51, 9, 255};\nconst unsigned int kws_len = 10;\n',
    },
    {
      name: 'new, in the section of the linker that the project keeps its model in, in C and in C++',
      input: {
        from: 'kws.keras',
        to: 'kws.c',
        source: '',
        pattern: `__attribute__((section(".model"), aligned(16))) const unsigned char m[] = {${old.join(',')}};`,
      },
      expected:
        'const unsigned char kws[] __attribute__((aligned(16), section(".model"))) = {28,171,0,0,84,70,76,51,9,255};\nconst unsigned int kws_len = 10;\n',
    },
    {
      name: "new, of a type that is the project's own",
      input: { from: 'kws.onnx', to: 'kws.c', source: '', pattern: `const blob_t m[] = {${old.join(',')}};` },
      expected:
        'const unsigned char kws[] __attribute__((aligned(16))) = {28,171,0,0,84,70,76,51,9,255};\nconst unsigned int kws_len = 10;\n',
    },
    {
      name: 'an array that is not there',
      input: { from: 'm.h#b', source: `char a[]={${old.join()}};` },
      fails: 'm.h holds no model in an array "b". Choose m.h#a.',
    },
  ],
);

it('a result that is no source is the file itself', () => {
  assert.equal(resultContent('a.tflite', fresh, { path: 'm.h', bytes: encoder.encode('') }), fresh);
});

it('what is written reads as the same model', () => {
  const [first, second] = ['first', 'second'].map((name) => writeTflite(model(graph([tensor(name, 'int8', [1])], []))));
  const bytes = resultContent('m.c', second, { path: 'm.c', bytes: encoder.encode(xxdSource('m', first)) });
  assert.equal(readModel({ path: 'm.c', bytes }).model.graphs[0].tensors[0].name, 'second');
  assert.equal(new TextDecoder().decode(bytes), xxdSource('m', second));
});
