import { readModel } from '../../../src/core/formats/formats';
import { modelPlaceOf, resultName } from '../../../src/core/formats/kinds';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import { graph, model, tensor } from '../../support/build';
import { check } from '../../support/check';
import { mulberry32 } from '../../support/random';
import { xxdNumbers, xxdSource } from '../../support/sources';

/** A model that is told from others by the name of its tensor. */
function tfliteOf(name: string): Uint8Array {
  return writeTflite(model(graph([tensor(name, 'int8', [1])], [])));
}

const [first, second] = [tfliteOf('first'), tfliteOf('second')];
const random = mulberry32(3);
const noise = Uint8Array.from({ length: 8192 }, () => Math.floor(random() * 256));
const packed = new Uint8Array(128);
packed.set([0x1f, 0x8b, 0x08]);
const numbers = xxdNumbers(first);
const escapes = Array.from(first, (byte) => `\\x${byte.toString(16)}`).join('');
const paddedBytes = Math.ceil(first.length / 4) * 4;
const padded = new Uint8Array(paddedBytes);
padded.set(first);
const words = Array.from(new Uint32Array(padded.buffer), (word) => `0x${word.toString(16)}u`).join(',');

interface Asked {
  readonly path?: string;
  readonly text: string;
  readonly beside?: Readonly<Record<string, string>>;
}

check(
  'the model of a source',
  ({ path = 'src/model.h', text, beside = {} }: Asked) => {
    const encoder = new TextEncoder();
    const read = (name: string): Uint8Array | undefined =>
      Object.hasOwn(beside, name) ? encoder.encode(beside[name]) : undefined;
    const { model: found } = readModel({ path, bytes: encoder.encode(text), siblings: { read } });
    return [found.graphs[0].tensors[0].name, found.fileBytes];
  },
  [
    { name: 'of xxd', input: { text: xxdSource('model_tflite', first) }, expected: ['first', first.length] },
    {
      name: 'of a file of another name',
      input: { path: 'model.txt', text: xxdSource('m', first) },
      expected: ['first', first.length],
    },
    {
      name: 'decimal, behind other arrays',
      input: { text: `const float k[] = {1.5, 2};\nalignas(16) const uint8_t m[] = {${first.join()}};` },
      expected: ['first', first.length],
    },
    {
      name: 'a string literal',
      input: { text: `const unsigned char m[] = "${escapes}";` },
      expected: ['first', first.length],
    },
    {
      name: 'of words',
      input: { text: `const uint32_t m[] = {${words}};` },
      expected: ['first', paddedBytes],
    },
    {
      name: 'of a typedef',
      input: { text: `const model_byte m[] = {${numbers}};` },
      expected: ['first', first.length],
    },
    {
      name: 'nothing but numbers',
      input: { path: 'model.inc', text: `// made\n${numbers}` },
      expected: ['first', first.length],
    },
    {
      name: 'of another file',
      input: { text: 'const char m[] = {\n#include "model.inc"\n};', beside: { 'model.inc': numbers } },
      expected: ['first', first.length],
    },
    {
      name: 'the one that is not left out',
      input: { text: `#if 0\n${xxdSource('a', second)}#endif\n${xxdSource('b', first)}` },
      expected: ['first', first.length],
    },
    {
      name: 'by its name',
      input: { path: 'src/model.h#b', text: xxdSource('a', first) + xxdSource('b', second) },
      expected: ['second', second.length],
    },
    {
      name: 'by its name in a namespace',
      input: { path: 'model.h#n::b', text: `namespace n { ${xxdSource('b', second)} } ${xxdSource('b', first)}` },
      expected: ['second', second.length],
    },
    {
      name: 'of several',
      input: {
        text: `namespace n { ${xxdSource('a', first)} }\n#if X\n${xxdSource('b', first)}#else\n${xxdSource('b', second)}#endif`,
      },
      fails: 'model.h holds 3 models. Choose one: model.h#n::a, model.h#b, model.h#b~2.',
    },
    {
      name: 'of a name that is none',
      input: { path: 'model.h#c', text: xxdSource('a', first) },
      fails: 'model.h holds no model in an array "c". Choose model.h#a.',
    },
    {
      name: 'cut off',
      input: { text: `const char g_model[] = {\n${numbers.slice(0, 400)}` },
      fails: 'g_model is cut off: its closing brace is missing. Write the array again.',
    },
    {
      name: 'with branches',
      input: { text: `const char m[] = {\n${numbers},\n#ifdef X\n1\n#endif\n};` },
      fails: 'm has elements that depend on an #if between its braces. Give each variant an array of its own.',
    },
    {
      name: 'with dots in place of the rest',
      input: { text: `const char m[] = {\n${numbers}, ...};` },
      fails: 'm holds "." where a number is expected. Write the array again.',
    },
    {
      name: 'of another file that is not there',
      input: { text: 'const char g_model[] = {\n#include "gen/model.inc"\n};' },
      fails:
        'g_model takes its contents from "gen/model.inc", which cannot be read from here. Open that file, or the .tflite file it was made from.',
    },
    {
      name: 'of another file that was not fetched',
      input: {
        text: 'const char m[] = {\n#include "model.inc"\n};',
        beside: { 'model.inc': 'version https://git-lfs.github.com/spec/v1\noid' },
      },
      fails: 'model.inc is a Git LFS pointer: its contents were not fetched. Run `git lfs pull` in its repository.',
    },
    {
      name: 'packed',
      input: { text: `const char g_model[] = {${packed.join()}};` },
      fails: 'g_model is packed by gzip. Open the .tflite file that was packed.',
    },
    {
      name: 'encrypted',
      input: { text: `const char g_model[] = {${noise.join()}};` },
      fails:
        'g_model bears no mark of TFLite, and its bytes look encrypted or compressed. Open the .tflite file before that was done.',
    },
    {
      name: 'a declaration alone',
      input: { text: 'extern const unsigned char g_model[];\nextern const int g_model_len;' },
      fails:
        'model.h holds no TensorFlow Lite model. It has no array of numbers; name the source that defines the array, or the .tflite file.',
    },
    {
      name: 'arrays of other things',
      input: { text: `const char page[] = {${packed.join()}}; int x[] = {1};` },
      fails:
        'model.h holds no TensorFlow Lite model. None of its 2 arrays bears the mark "TFL3" at byte 4; name the source that defines the array, or the .tflite file.',
    },
  ],
);

check('the place of a model', (path: string) => modelPlaceOf(path), [
  { name: 'a file', input: 'a/model.h', expected: { file: 'a/model.h' } },
  { name: 'an array of it', input: 'a/Model.H#n::g~2', expected: { file: 'a/Model.H', name: 'n::g~2' } },
  { name: 'a file with the sign in its name', input: 'a#1/model#2.tflite', expected: { file: 'a#1/model#2.tflite' } },
]);

check('the name of the result of a source', (path: string) => resultName(path, 'int8'), [
  { name: 'a source', input: 'a/model.CC', expected: 'a/model.int8.CC' },
  { name: 'one of its models', input: 'a/model.h#g', expected: 'a/model.int8.h' },
]);
