import { mulberry32 } from '../support/random';

/** Seeded choices: equal seeds make equal inputs. */
export class Chance {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = mulberry32(seed);
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  is(share: number): boolean {
    return this.#random() < share;
  }

  pick<Value>(list: readonly Value[]): Value {
    return list[this.below(list.length)];
  }
}

/** Numbers that lead astray in place of a size, a count or an index. */
export const hostileNumbers: readonly number[] = [
  ...[0, 1, -1, 2, 3, 7, 127, 128, 255, 256, 1000, 65_535, 65_536, 131_073, 2 ** 20, 2 ** 24, 2 ** 27],
  ...[2 ** 30, 2 ** 31 - 1, -(2 ** 31)],
];

/** Names that are keys of every object, orders to a terminal, markup, or far too long. */
export const hostileNames: readonly string[] = [
  ...[
    '',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '\u001b[2J\u001b]0;x\u0007',
    '![x](http://x/y.png)',
  ],
  ...['a'.repeat(5000), '\u0000', '\ud800', '../../etc', 'same', 'same', '<script>', '${x}', '\n\n# x'],
];
