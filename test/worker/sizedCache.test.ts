import { SizedCache } from '../../src/worker/sizedCache';
import { check } from '../support/check';

type Step = readonly ['set', key: string, value: string] | readonly ['get', key: string];

/** Runs the steps on a cache for ten characters and gives what each `get` found. */
function run(steps: readonly Step[]): readonly (string | undefined)[] {
  const cache = new SizedCache<string>(10, (value) => value.length);
  const found: (string | undefined)[] = [];
  for (const [step, key, value] of steps) {
    if (step === 'set') cache.set(key, value);
    else found.push(cache.get(key));
  }
  return found;
}

check('sized cache', run, [
  {
    name: 'gives what was set',
    input: [
      ['set', 'a', 'four'],
      ['get', 'a'],
    ],
    expected: ['four'],
  },
  { name: 'knows nothing else', input: [['get', 'a']], expected: [undefined] },
  {
    name: 'drops the oldest when full',
    input: [
      ['set', 'a', 'four'],
      ['set', 'b', 'four'],
      ['set', 'c', 'four'],
      ['get', 'a'],
      ['get', 'b'],
      ['get', 'c'],
    ],
    expected: [undefined, 'four', 'four'],
  },
  {
    name: 'a look counts as use',
    input: [
      ['set', 'a', 'four'],
      ['set', 'b', 'four'],
      ['get', 'a'],
      ['set', 'c', 'four'],
      ['get', 'a'],
      ['get', 'b'],
    ],
    expected: ['four', 'four', undefined],
  },
  {
    name: 'keeps exactly as much as it may',
    input: [
      ['set', 'a', 'fives'],
      ['set', 'b', 'fives'],
      ['get', 'a'],
      ['get', 'b'],
    ],
    expected: ['fives', 'fives'],
  },
  {
    name: 'does not keep what is larger than the whole, and drops nothing for it',
    input: [
      ['set', 'a', 'four'],
      ['set', 'b', 'eleven char'],
      ['get', 'a'],
      ['get', 'b'],
    ],
    expected: ['four', undefined],
  },
  {
    name: 'a new value replaces the old and its size',
    input: [
      ['set', 'a', 'eight888'],
      ['set', 'a', 'two'],
      ['set', 'b', 'sevens7'],
      ['get', 'a'],
      ['get', 'b'],
    ],
    expected: ['two', 'sevens7'],
  },
]);
