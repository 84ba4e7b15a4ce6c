import { check } from '../support/check';
import { mutate } from './mutants';

check('mutants of a line', (text: string) => mutate(text, 'a.ts').mutants.map(({ after }) => after), [
  { name: 'an arithmetic operator', input: 'const a = b + c;', expected: ['b - c'] },
  { name: 'a bound, inside out', input: 'if (a < b) f();', expected: ['a <= b', 'true', 'false'] },
  { name: 'a number, not the name of a property', input: 'const a = { 1: 2 };', expected: ['2 + 1'] },
  { name: 'types are left alone', input: 'const a: 1 | 2 = b;', expected: [] },
  { name: 'a filter is left out', input: 'a.filter(f);', expected: ['a'] },
  { name: 'the least for the most', input: 'Math.max(a, b);', expected: ['Math.min(a, b)'] },
]);

check('the text with its mutants', (text: string) => mutate(text, 'a.ts').text, [
  {
    name: 'each is chosen while the program runs',
    input: 'const a = b + 1;',
    expected: 'const a = (globalThis.mutant(1) ? (b - 1) : (b + (globalThis.mutant(0) ? (1 + 1) : (1))));',
  },
]);
