import { entryPlace } from '../../src/core/project/entryPlace';
import { check } from '../support/check';

const models = [
  { path: './a.tflite', array: 'g_a' },
  { path: 'm/model.h', array: 'g_b' },
  { path: 'm/../m/model.h', array: 'g_c' },
  { path: 'other.h' },
];

check('the entry of a model', (path: string) => entryPlace({ models }, path), [
  { name: 'of a file, whatever array holds it elsewhere', input: 'a.tflite', expected: 0 },
  { name: 'of an array', input: 'm/model.h#g_c', expected: 2 },
  { name: 'of a source as a whole: the first', input: 'm/model.h', expected: 1 },
  { name: 'of an array of a source that is named as a whole', input: 'other.h#g_d', expected: 3 },
  { name: 'of an array that is not named', input: 'm/model.h#g_d', expected: -1 },
]);
