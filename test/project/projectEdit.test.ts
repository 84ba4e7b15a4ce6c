import { textWith, valueAt, withException, withSeverity } from '../../src/core/project/projectEdit';
import { check } from '../support/check';

check(
  'text with a value',
  ([text, path, value]: readonly [string, readonly (string | number)[], unknown]) => textWith(text, path, value),
  [
    {
      name: 'into an empty file',
      input: ['{}\n', ['board'], 'nrf52840dk'],
      expected: '{\n  "board": "nrf52840dk"\n}\n',
    },
    {
      name: 'comments and layout of the rest stay',
      input: ['{\n  // mine\n  "board": "a", // here\n}\n', ['board'], 'b'],
      expected: '{\n  // mine\n  "board": "b", // here\n}\n',
    },
    {
      name: 'a path is made where it is missing',
      input: ['{\n  "board": "a"\n}\n', ['rules', 'flash-over'], 'off'],
      expected: '{\n  "board": "a",\n  "rules": {\n    "flash-over": "off"\n  }\n}\n',
    },
    {
      name: 'an entry of a list is changed in its place',
      input: ['{ "models": [{ "path": "a" }, { "path": "b", "board": "x" }] }', ['models', 1, 'board'], 'y'],
      expected: '{ "models": [{ "path": "a" }, { "path": "b", "board": "y" }] }',
    },
    {
      name: 'undefined takes a value away',
      input: ['{\n  "board": "a",\n  "runtime": "r"\n}\n', ['board'], undefined],
      expected: '{\n  "runtime": "r"\n}\n',
    },
  ],
);

check('value at a path', ([text, path]: readonly [string, readonly (string | number)[]]) => valueAt(text, path), [
  { name: 'a nested one', input: ['{ "rules": { "flash-over": "off" } }', ['rules', 'flash-over']], expected: 'off' },
  { name: 'none', input: ['{}', ['rules', 'flash-over']], expected: undefined },
  { name: 'no object at all', input: ['', ['rules']], expected: undefined },
]);

check('exception of a layer', (before: unknown) => withException(before, 'conv1'), [
  { name: 'nothing decided before', input: undefined, expected: { except: ['conv1'] } },
  { name: 'a severity before', input: 'warning', expected: { severity: 'warning', except: ['conv1'] } },
  { name: 'other layers before', input: { except: ['dense'] }, expected: { except: ['dense', 'conv1'] } },
  { name: 'the layer before', input: { except: ['conv1'] }, expected: { except: ['conv1'] } },
]);

check('severity of a rule', (before: unknown) => withSeverity(before, 'off'), [
  { name: 'nothing decided before', input: undefined, expected: 'off' },
  { name: 'another severity before', input: 'warning', expected: 'off' },
  { name: 'exceptions are kept', input: { except: ['a'] }, expected: { except: ['a'], severity: 'off' } },
]);
