import { blankBodies } from '../../../src/core/firmware/arrays/blankBodies';
import { check } from '../../support/check';

const numbers = '0x1c, '.repeat(60);
const characters = String.raw`\x1c`.repeat(100);

check('text without the bodies of its arrays', (text: string) => blankBodies(text), [
  {
    name: 'numbers, line for line',
    input: `char a[] = {\n${numbers}\r\n${numbers}}; int x;`,
    expected: `char a[] = {\n${' '.repeat(360)}\r\n${' '.repeat(360)}}; int x;`,
  },
  {
    name: 'a string becomes an empty one',
    input: `char a[] = "${characters}"\n  "${characters}";`,
    expected: `char a[] = ""${' '.repeat(400)}\n${' '.repeat(404)};`,
  },
  { name: 'a short body stays', input: 'int shape[] = {1, 49, 40};', expected: 'int shape[] = {1, 49, 40};' },
  {
    name: 'names, strings and functions stay',
    input: `const char* a[] = {${'"yes", '.repeat(60)}}; void f() {${'x(1);'.repeat(60)}}`,
    expected: `const char* a[] = {${'"yes", '.repeat(60)}}; void f() {${'x(1);'.repeat(60)}}`,
  },
]);
