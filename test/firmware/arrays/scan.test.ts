import assert from 'node:assert/strict';
import { it } from 'node:test';
import { arrayBytes } from '../../../src/core/firmware/arrays/decode';
import { scanArrays } from '../../../src/core/firmware/arrays/scan';
import type { SourceArray } from '../../../src/core/firmware/arrays/sourceArray';
import { unitsOf } from '../../../src/core/firmware/arrays/units';
import { check } from '../../support/check';

function scanned(text: string): readonly SourceArray[] {
  return scanArrays(unitsOf(text)).arrays;
}

/** Name and bytes of each array, and its flaw. */
function contents(text: string): readonly unknown[] {
  return scanned(text).map((array) => [
    array.name,
    [...arrayBytes(unitsOf(text), array)],
    ...(array.flaw === undefined ? [] : [array.flaw]),
  ]);
}

check('the bytes of arrays', contents, [
  { name: 'hexadecimal', input: 'unsigned char a[] = {0x1C, 0x00,\n 0xff};', expected: [['a', [28, 0, 255]]] },
  { name: 'decimal, octal, binary', input: 'char a[]={10, 017, 0b101, 0,};', expected: [['a', [10, 15, 5, 0]]] },
  {
    name: 'characters and escapes',
    input: String.raw`char a[] = {'T', '\'', '\\', '\n', '\x4c', '\0', '\33'};`,
    expected: [['a', [84, 39, 92, 10, 76, 0, 27]]],
  },
  {
    name: 'suffixes, separators, signs',
    input: "int8_t a[]={1u,2UL,0x0'3,-1,+4,~0};",
    expected: [['a', [1, 2, 3, 255, 4, 255]]],
  },
  { name: 'casts', input: 'uint8_t a[] = {(uint8_t)0x1, (std::uint8_t) 2};', expected: [['a', [1, 2]]] },
  {
    name: 'words of 4 bytes',
    input: 'uint32_t a[] = {0x334c4654u, 0x1};',
    expected: [['a', [84, 70, 76, 51, 1, 0, 0, 0]]],
  },
  { name: 'words of 2 bytes', input: 'const short a[] = {0x4654, -2};', expected: [['a', [84, 70, 254, 255]]] },
  {
    name: 'words of 8 bytes, exactly',
    input: 'unsigned long long a[] = {0x0123456789abcdefULL, -1};',
    expected: [['a', [0xef, 0xcd, 0xab, 0x89, 0x67, 0x45, 0x23, 1, 255, 255, 255, 255, 255, 255, 255, 255]]],
  },
  {
    name: 'floats',
    input: 'float a[] = {1.f, -.5, 1e-3};',
    expected: [['a', [0, 0, 128, 63, 0, 0, 0, 191, 111, 18, 131, 58]]],
  },
  { name: 'of two dimensions', input: 'uint8_t a[2][2] = {{1, 2}, {3, 4}};', expected: [['a', [1, 2, 3, 4]]] },
  {
    name: 'comments and lines of the preprocessor within',
    input: 'uint8_t a[] = { /* 1, { */ 2, // 3 }\n#pragma once 5\n#line 7 "x"\n 4 /**/};',
    expected: [['a', [2, 4]]],
  },
  {
    name: 'branches that a number decides',
    input:
      'char a[] = {1,\n#if 0\n2,\n#if X\n3,\n#endif\n#elif 1\n4,\n#else\n5,\n#endif\n#if 1\n6,\n# else\n7,\n#endif\n8};',
    expected: [['a', [1, 4, 6, 8]]],
  },
  {
    name: 'string literals, one behind the other',
    input: String.raw`const unsigned char a[] = "\x1c\0\1" /* "no" */ "TF\
L3\"";`,
    expected: [['a', [28, 0, 1, 84, 70, 76, 51, 34, 0]]],
  },
  { name: 'std::array', input: 'const std::array<std::uint8_t, 2> a = {{1, 2}};', expected: [['a', [1, 2]]] },
  { name: 'initialised without a sign', input: 'uint8_t a[] {1, 2};', expected: [['a', [1, 2]]] },
  {
    name: 'several of one declaration',
    input: 'char a[]={1}, b[2] = {2,3};',
    expected: [
      ['a', [1]],
      ['b', [2, 3]],
    ],
  },
  {
    name: 'behind a byte order mark and text of other scripts',
    input: '\ufeff// Übung 模型\nchar a[]={7};',
    expected: [['a', [7]]],
  },
  {
    name: 'behind a raw literal and an apostrophe',
    input: 'auto r = R"x(" }{ )x";\n#error don\'t\nchar a[]={7};',
    expected: [['a', [7]]],
  },
  { name: 'empty', input: 'char a[4] = {};', expected: [['a', []]] },
  { name: 'of a function', input: 'void f() { static const char a[]={1}; g(a[0]); }', expected: [['a', [1]]] },
  ...[
    ['names', 'const int a[] = {A, B};'],
    ['strings', 'const char* a[] = {"x", "y"};'],
    ['an expression', 'int a[] = {1 + 2};'],
    ['an assignment', 'void f() { a[3] = {1}; }'],
    ['a scalar', 'int a = {1};'],
    ['a string of a pointer', 'const char* a = "x";'],
    ['an array of pointers to strings', 'const char *a[1] = "x";'],
    ['a capture', 'auto f = [] { return 1; };'],
    ['another template', 'std::pair<int, int> a = {1, 2};'],
    ['something commented out', '/* char a[]={1}; */ // char b[]={1};'],
  ].map(([name, input]) => ({ name: `none: ${name}`, input, expected: [] })),
]);

const sixteen = '1,'.repeat(16);

check('what is wrong with an initialiser', (text: string) => scanned(text).map(({ flaw }) => flaw), [
  { name: 'the text ends', input: `char a[]={${sixteen}0x`, expected: [{ kind: 'cut', start: 44 }] },
  { name: 'the brace is missing', input: `char a[]={${sixteen}\n; int x;`, expected: [{ kind: 'cut', start: 43 }] },
  { name: 'a literal is not closed', input: 'char a[]="\\x1c\\x00\n', expected: [{ kind: 'cut', start: 18 }] },
  {
    name: 'contents of another file',
    input: 'char a[] = {\n#include "model.inc"\n};',
    expected: [{ kind: 'included', start: 13, file: 'model.inc' }],
  },
  {
    name: 'contents by #embed',
    input: 'char a[] = {\n#embed <m>\n};',
    expected: [{ kind: 'included', start: 13, file: 'm' }],
  },
  {
    name: 'branches that nobody decides',
    input: `char a[]={${sixteen}\n#ifdef X\n1\n#else\n2\n#endif\n};`,
    expected: [{ kind: 'conditional', start: 43 }],
  },
  {
    name: 'a word',
    input: `char a[]={${sixteen}\nvoid setup() {}`,
    expected: [{ kind: 'notNumeric', start: 43, word: 'void' }],
  },
  {
    name: 'dots in place of the rest',
    input: `char a[]={${sixteen} ... };`,
    expected: [{ kind: 'notNumeric', start: 43, word: '.' }],
  },
]);

/** What a declaration says, without places and what most do not say. */
function said(array: SourceArray): Partial<SourceArray> {
  const places = ['nameSpan', 'span', 'body', 'form', 'elements'];
  const { type, unknownWords, guards, ...facts } = array;
  return {
    ...Object.fromEntries(Object.entries(facts).filter(([name]) => !places.includes(name))),
    type: type.bytes === 1 && type.text === 'char' ? undefined : type,
    unknownWords: unknownWords.length === 0 ? undefined : unknownWords,
    guards: guards.length === 0 ? undefined : guards,
  };
}

/** What a plain `char a[]` says, with what is special about one. */
function plain(special: Partial<SourceArray> = {}): Partial<SourceArray> {
  const none = { type: undefined, unknownWords: undefined, guards: undefined };
  const flags = { isConst: false, isStatic: false, isExtern: false, isInBlock: false, isProgmem: false };
  return { name: 'a', namespace: '', lengthText: '', ...flags, ...none, ...special };
}

check('what a declaration says', (text: string) => said(scanned(text)[0]), [
  { name: 'nothing', input: 'char a[]={1};', expected: plain() },
  { name: 'const behind the type', input: 'char const a[]={1};', expected: plain({ isConst: true }) },
  {
    name: 'constexpr, static',
    input: 'static constexpr char a[]={1};',
    expected: plain({ isConst: true, isStatic: true }),
  },
  { name: 'extern', input: 'extern "C" const char a[]={1};', expected: plain({ isConst: true, isExtern: true }) },
  { name: 'a length', input: 'char a[0x10]={1};', expected: plain({ lengthText: '0x10', declaredLength: 16 }) },
  { name: 'two lengths', input: 'char a[2][3]={1};', expected: plain({ lengthText: '2*3', declaredLength: 6 }) },
  {
    name: 'a length by a constant',
    input: 'constexpr int n = 5; char a[n]={1};',
    expected: plain({ lengthText: 'n', declaredLength: 5 }),
  },
  {
    name: 'a length by a macro',
    input: '#define N (5)\nchar a[N]={1};',
    expected: plain({ lengthText: 'N', declaredLength: 5 }),
  },
  { name: 'a length that is not known', input: 'char a[N]={1};', expected: plain({ lengthText: 'N' }) },
  {
    name: 'its type',
    input: 'const std::uint32_t a[]={1};',
    expected: plain({ isConst: true, type: { text: 'std::uint32_t', bytes: 4, isFloat: false } }),
  },
  {
    name: 'a type of two words',
    input: 'unsigned const char a[]={1};',
    expected: plain({ isConst: true, type: { text: 'unsigned char', bytes: 1, isFloat: false } }),
  },
  {
    name: 'a type of the project',
    input: 'const model_t a[]={1};',
    expected: plain({ isConst: true, type: { text: 'model_t', isFloat: false } }),
  },
  ...[
    'alignas(16) char a[]={1};',
    'alignas(4) char a[] __attribute__((used, aligned(16)))={1};',
    'char __attribute__((__aligned__(16))) a[]={1};',
    'char a __attribute__((aligned(16))) []={1};',
    '[[gnu::aligned(16)]] char a[]={1};',
    '__declspec(align(16)) char a[]={1};',
    '__ALIGNED(16) char a[]={1};',
    '#define ALIGN(n) __attribute__((aligned(n)))\nALIGN(16) char a[]={1};',
    '#define A16 alignas(16)\n#define MODEL_ATTR A16\nMODEL_ATTR char a[]={1};',
    '#if X\n#define ALIGNED __attribute__((aligned(16)))\n#else\n#define ALIGNED\n#endif\nchar ALIGNED a[]={1};',
    '#define N 16\nalignas(N) char a[]={1};',
    'alignas(2 * 8) char a[]={1};',
    'extern alignas(16) char a[];\nchar a[]={1};',
  ].map((input) => ({ name: `aligned: ${input}`, input, expected: plain({ alignBytes: 16 }) })),
  {
    name: 'a macro from elsewhere',
    input: 'FLASH_DATA ALIGN(16) char a[]={1};',
    expected: plain({ unknownWords: ['FLASH_DATA', 'ALIGN(16)'] }),
  },
  {
    name: 'an alignment that is not known',
    input: 'alignas(kBytes) char a[]={1};',
    expected: plain({ unknownWords: ['alignas(kBytes)'] }),
  },
  { name: 'PROGMEM', input: 'const char a[] PROGMEM = {1};', expected: plain({ isConst: true, isProgmem: true }) },
  {
    name: 'a section',
    input: 'char a[] __attribute__((section(".model"))) = {1};',
    expected: plain({ section: '.model' }),
  },
  {
    name: 'a section by a known macro',
    input: 'EXT_RAM_BSS_ATTR char a[]={1};',
    expected: plain({ section: '.ext_ram.bss' }),
  },
  {
    name: 'namespaces',
    input: 'namespace tflite { namespace { inline namespace v1::b { extern "C" { char a[]={1}; }}}}',
    expected: plain({ namespace: 'tflite::v1::b' }),
  },
  { name: 'a qualified name', input: 'namespace n { char x::a[]={1}; }', expected: plain({ namespace: 'n::x' }) },
  { name: 'a block', input: 'namespace n {} void f() { char a[]={1}; }', expected: plain({ isInBlock: true }) },
  {
    name: 'a class, behind a label',
    input: 'struct S { public: static const char a[]={1}; };',
    expected: plain({ isConst: true, isStatic: true, isInBlock: true }),
  },
  {
    name: 'conditions around it, without the include guard',
    input: '#ifndef M_H\n#define M_H\n#if A > 1\n#elif defined(B)\n#else\n#ifdef C\nchar a[]={1};',
    expected: plain({
      guards: [
        { condition: '!(A > 1) && !(defined(B))', start: 51 },
        { condition: 'defined(C)', start: 57 },
      ],
    }),
  },
  {
    name: 'braces of one branch alone',
    input: '#if A\nvoid f() {\n#else\nvoid g() {\n#endif\n}\nchar a[]={1};',
    expected: plain(),
  },
]);

it('gives the places of everything', () => {
  const text = '// Größe\nalignas(16) const char g_model[] = {\n  1, 2\n};\nint n[] = {3}, m[] = {4};\n';
  const places = scanned(text).map(({ span, nameSpan, body }) =>
    [span, nameSpan, body].map(({ start, end }) => text.slice(start, end)),
  );
  assert.deepStrictEqual(places, [
    ['alignas(16) const char g_model[] = {\n  1, 2\n}', 'g_model', '\n  1, 2\n'],
    ['int n[] = {3}', 'n', '3'],
    ['m[] = {4}', 'm', '4'],
  ]);
});

check(
  'constants and arrays without an initialiser',
  (text: string) => {
    const { constants, declarations } = scanArrays(unitsOf(text));
    return [
      constants.map(({ name, value, valueSpan }) => [name, value, text.slice(valueSpan.start, valueSpan.end)]),
      declarations.map(({ name, lengthText, alignBytes }) => [name, lengthText, alignBytes]),
    ];
  },
  [
    { name: 'a length of xxd', input: 'unsigned int m_len = 0x684;', expected: [[['m_len', 1668, '0x684']], []] },
    { name: 'a macro', input: '#define M_LEN (1668u) // bytes', expected: [[['M_LEN', 1668, '1668u']], []] },
    { name: 'no number', input: 'const int m_len = sizeof(m); #define X 5\n#define F(x) 5', expected: [[], []] },
    { name: 'an arena', input: 'alignas(16) uint8_t arena[kSize];', expected: [[], [['arena', 'kSize', 16]]] },
    { name: 'uses of an array', input: 'void f() { return x[1]; x[2]; delete[] x; }', expected: [[], []] },
  ],
);
