import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { BuildFlags } from '../../src/core/firmware/firmware';
import { Firmware } from '../../src/core/firmware/firmware';
import { constantOf } from '../../src/core/firmware/join/constants';
import { pairingsOf } from '../../src/core/firmware/join/pairing';
import { check } from '../support/check';
import { arduino, espIdf, pico, twoModels } from './corpus/bases';
import type { Sources } from './corpus/corpus';

/** The value of `constexpr auto x = …;` in the file `a.cpp`. */
function valueOf({ files, flags }: { readonly files: Sources; readonly flags?: BuildFlags }): number | undefined {
  const firmware = new Firmware(new Map(Object.entries(files)), () => flags);
  const file = firmware.file('a.cpp')!;
  const [variable] = file.variablesNamed('x');
  return constantOf(firmware, variable.initializer!, { file })?.value;
}

const x = (expression: string, before = ''): { readonly files: Sources } => ({
  files: { 'a.cpp': `${before}\nconstexpr auto x = ${expression};\n` },
});

check('constants of firmware', valueOf, [
  { name: 'suffixes, hexadecimal, binary and separators', input: x("0x10u + 0b11UL + 1'000"), expected: 1019 },
  { name: 'octal', input: x('010'), expected: 8 },
  { name: 'shifts bind less than sums', input: x('1 << 4 + 1'), expected: 32 },
  { name: 'a comparison in a template is none', input: x('(100 * 1024) / 3'), expected: 34133 },
  { name: 'integers are divided as integers', input: x('7 / 2'), expected: 3 },
  { name: 'a float is not', input: x('1.0f / 4'), expected: 0.25 },
  { name: 'casts', input: x('static_cast<size_t>(2) * (int)3'), expected: 6 },
  { name: 'masks', input: x('(100 + 15) & ~15'), expected: 112 },
  { name: 'sizes of types', input: x('3 * sizeof(float) + sizeof(int16_t)'), expected: 14 },
  { name: 'the size of an array', input: x('sizeof(data)', 'uint16_t data[10 * 2];'), expected: 40 },
  { name: 'the size of something else', input: x('sizeof(TfLiteTensor)'), expected: undefined },
  { name: 'a macro with parameters', input: x('KB(4 + 1)', '#define KB(n) ((n) * 1024)'), expected: 5120 },
  { name: 'a macro of macros', input: x('B', '#define A 3\n#define B (A + 1)'), expected: 4 },
  { name: 'a macro that names itself', input: x('A', '#define A (A + 1)'), expected: undefined },
  { name: 'an enumeration', input: x('kSize', 'enum { kOther, kSize = 12 };'), expected: 12 },
  { name: 'a call', input: x('compute(3)'), expected: undefined },
  {
    name: 'a constant of a header in another folder',
    input: {
      files: { 'a.cpp': '#include "sizes.h"\nconstexpr auto x = kSize;', 'lib/sizes.h': 'constexpr int kSize = 9;' },
    },
    expected: 9,
  },
  {
    name: 'headers that include each other',
    input: {
      files: {
        'a.cpp': '#include "b.h"\nconstexpr auto x = kB;',
        'b.h': '#include "c.h"\nconstexpr int kB = kC + 1;',
        'c.h': '#include "b.h"\nconstexpr int kC = 1;',
      },
    },
    expected: 2,
  },
  {
    name: 'a variable that is assigned twice',
    input: x('n', 'int n = 3;\nvoid f() { n = 4; }'),
    expected: undefined,
  },
  {
    name: 'the branch that a comparison chooses',
    input: {
      ...x(
        'N',
        '#if LEVEL >= 2 && !defined(SMALL)\n#define N 20\n#elif LEVEL == 1\n#define N 10\n#else\n#define N 5\n#endif',
      ),
      flags: { defined: { LEVEL: '1' }, isComplete: true },
    },
    expected: 10,
  },
  {
    name: 'a branch within one that is left out',
    input: {
      ...x('N', '#define N 1\n#if 0\n#if 1\n#define N 2\n#else\n#define N 3\n#endif\n#endif'),
      flags: { defined: {}, isComplete: true },
    },
    expected: 1,
  },
  {
    name: 'branches that rest on the compiler are not known',
    input: x('N', '#ifdef ESP_PLATFORM\n#define N 1\n#else\n#define N 2\n#endif'),
    expected: undefined,
  },
]);

/** Everything that is asked of a firmware, for whatever text. */
function readAll(files: Sources): number {
  const firmware = new Firmware(new Map(Object.entries(files)));
  return pairingsOf(firmware, []).length;
}

it('reads the beginning of every file of the corpus, and files with anything left out, without failing', () => {
  for (const { files } of [arduino, espIdf, pico, twoModels]) {
    for (const [path, text] of Object.entries(files)) {
      for (let end = 0; end < text.length; end += 97) {
        readAll({ ...files, [path]: text.slice(0, end) });
        readAll({ ...files, [path]: text.slice(0, end) + text.slice(end + 7) });
        readAll({ ...files, [path]: `${text.slice(0, end)}(${'{[<"'[end % 4]}${text.slice(end)}` });
      }
    }
  }
});

it('ends in bounded time where names lead in circles or nest deeply', () => {
  const deep = `${'('.repeat(3000)}1${')'.repeat(3000)}`;
  const long = Array.from({ length: 4000 }, () => '1').join(' + ');
  const circle =
    'uint8_t* a = b; uint8_t* b = c; uint8_t* c = a; int f(int n) { return f(g(n)); } int g(int n) { return f(n); }';
  for (const text of [deep, long, circle]) {
    const made = `tflite::MicroInterpreter i(f(${text.length > 5000 ? text : 'a'}), a, a, f(1));`;
    readAll({ 'a.cpp': `${text.startsWith('uint8') ? text : `int n = ${text};`}\n${made}` });
  }
});

it('parses an edited file again only where it changed, and takes the others over', () => {
  const filler = Array.from(
    { length: 200 },
    (_, index) => `float f${index}(float a) {\n  return a * ${index};\n}\n`,
  ).join('');
  const files = { ...arduino.files, 'sketch/sketch.ino': arduino.files['sketch/sketch.ino'] + filler };
  const first = new Firmware(new Map(Object.entries(files)));
  assert.equal(pairingsOf(first, [])[0].arena?.size?.value, 784);
  const edited = { ...files, 'sketch/sketch.ino': files['sketch/sketch.ino'].replace('= 784', '= 12 * 1024') };
  const second = new Firmware(new Map(Object.entries(edited)), undefined, first);
  assert.equal(pairingsOf(second, [])[0].arena?.size?.value, 12288);
  assert.equal(second.file('sketch/model.cpp')?.syntax, first.file('sketch/model.cpp')?.syntax);
  const whole = new Firmware(new Map(Object.entries(edited)));
  assert.deepEqual(second.file('sketch/sketch.ino')?.syntax, whole.file('sketch/sketch.ino')?.syntax);
});
