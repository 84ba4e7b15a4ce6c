import { yamlValue } from '../../src/core/python/libraries/yaml';
import type { PythonValue } from '../../src/core/python/evaluate/values';
import { check } from '../support/check';

const at = { unit: { file: 'main.py', text: '' }, from: 0, to: 0 };

/** A value as JSON would write it, with the type of a number said and `?` for what is not known. */
function shown(value: PythonValue): string {
  switch (value.kind) {
    case 'none':
      return 'null';
    case 'bool':
      return String(value.value);
    case 'number':
      return `${value.value}${value.isFloat ? 'f' : ''}`;
    case 'string':
      return JSON.stringify(value.value);
    case 'list':
      return `[${value.items.map(shown).join()}]`;
    case 'dict':
      return `{${[...value.entries.values()].map(([key, each]) => `${shown(key)}:${shown(each)}`).join()}}`;
    default:
      return '?';
  }
}

check('a YAML file of settings', (lines: readonly string[]) => shown(yamlValue(lines.join('\n'), at)), [
  { name: 'nothing', input: [], expected: 'null' },
  {
    name: 'plain values of each type',
    input: ['a: 1', 'b: -2.5', 'c: yes', 'd: ~', 'e: word and word', 'f: "1"', "g: 'it''s'", '2: x'],
    expected: '{"a":1,"b":-2.5f,"c":true,"d":null,"e":"word and word","f":"1","g":"it\'s",2:"x"}',
  },
  {
    name: 'an exponent without a point is a text, as the usual reader has it',
    input: ['rate: 1e-3', 'other: 1.0e-3'],
    expected: '{"rate":"1e-3","other":0.001f}',
  },
  {
    name: 'blocks within blocks, comments between them',
    input: ['model: # the net', '  layers:', '    # first', '    conv: 8', '  name: a#b', 'last: 1'],
    expected: '{"model":{"layers":{"conv":8},"name":"a#b"},"last":1}',
  },
  {
    name: 'items that stand as far in as their key, and further',
    input: ['a:', '- 1', '- 2', 'b:', '  - x', '  -', '    y: 1'],
    expected: '{"a":[1,2],"b":["x",{"y":1}]}',
  },
  {
    name: 'maps as items',
    input: ['- units: 3', '  act: relu', '- units: 4'],
    expected: '[{"units":3,"act":"relu"},{"units":4}]',
  },
  {
    name: 'lists and maps in brackets',
    input: ['shape: [49, 10, 1]', 'pool: [[2, 2], [1, 2]]', 'opt: {name: "adam", rate: 0.1}', 'none: []'],
    expected: '{"shape":[49,10,1],"pool":[[2,2],[1,2]],"opt":{"name":"adam","rate":0.1f},"none":[]}',
  },
  {
    name: 'an anchor, a reference, a text over lines and a tag are not known; their neighbours are',
    input: ['a: &base 1', 'b: *base', 'c: |', '  text', 'd: !tag 3', 'e: 5'],
    expected: '{"a":?,"b":?,"c":?,"d":?,"e":5}',
  },
  {
    name: 'what other programs put in is not known',
    input: ['a: ${b}', 'b: 3', 'c: $HOME'],
    expected: '{"a":?,"b":3,"c":?}',
  },
  {
    name: 'a number in another base is not known',
    input: ['a: 017', 'b: 0x1F', 'c: 12:30'],
    expected: '{"a":?,"b":?,"c":?}',
  },
  { name: 'a list over several lines is not known', input: ['a: [1,', '  2]', 'b: 3'], expected: '{"a":?,"b":3}' },
  { name: 'a line that is no entry', input: ['a: 1', 'what is this', 'b: 2'], expected: '?' },
  { name: 'items in an item', input: ['a:', '  - - 1', '    - 2', 'b: 2'], expected: '{"a":?,"b":2}' },
  { name: 'brackets without an end', input: ['a: [[[[', 'b: {x', 'c: [1 2'], expected: '{"a":?,"b":?,"c":?}' },
]);

check('deep YAML', (text: string) => shown(yamlValue(text, at)), [
  {
    name: 'blocks beyond those that are followed',
    input: Array.from({ length: 3000 }, (_, place) => `${' '.repeat(place)}k:`).join('\n'),
    expected: `${'{"k":'.repeat(30)}?${'}'.repeat(30)}`,
  },
  { name: 'brackets beyond those that are followed', input: `a: ${'['.repeat(3000)}`, expected: '{"a":?}' },
]);
