import { check } from '../support/check';
import { minimised } from './minimise';
import type { Source } from './sources';

/** Five letters of which each is a change, between padding. */
const letters: Source = (_seed, kept) => {
  const taken = ['a', 'b', 'c', 'd', 'e'].filter((_letter, change) => kept?.has(change) !== false);
  return { bytes: new TextEncoder().encode(`....${taken.join('')}....`), changes: taken };
};

async function smallest(
  needed: readonly string[],
): Promise<{ readonly text: string; readonly changes: readonly string[] }> {
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  const fails = (bytes: Uint8Array): Promise<boolean> =>
    Promise.resolve(needed.every((letter) => text(bytes).includes(letter)));
  const { bytes, changes } = await minimised(letters, 1, fails);
  return { text: text(bytes), changes };
}

check('an input that fails is made small', smallest, [
  {
    name: 'changes that it fails without are left out, and bytes',
    input: ['c'],
    expected: { text: 'c', changes: ['c'] },
  },
  { name: 'two that it needs both stay', input: ['a', 'e'], expected: { text: 'ae', changes: ['a', 'e'] } },
]);
