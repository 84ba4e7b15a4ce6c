import { writeTflite } from '../../src/core/formats/tflite/writer';
import { baseModels } from './baseModels';
import { Chance, hostileNumbers } from './chance';
import { mutated } from './inputs';
import { edited } from './modelEdits';

/** An input and the changes that made it of its beginning, so that a failure is made small by leaving changes out. */
export interface Made {
  readonly bytes: Uint8Array;
  readonly changes: readonly string[];
}

/** Makes the input of a seed, with only those of its changes that are kept: all when `kept` is absent. */
export type Source = (seed: number, kept?: ReadonlySet<number>) => Made;

/** A seed of its own for each change, so that it stays the same where another is left out. */
export function chanceOf(seed: number, change: number): Chance {
  return new Chance(Math.imul(seed, 0x9e3779b1) ^ Math.imul(change + 1, 0x85ebca6b));
}

/** Small networks with changes of their structure, a few of them with changed bytes too. */
export const models = modelsWith({ changes: 5, added: 120 });

/** With few changes, and none that adds many operators. */
export const smallerModels = modelsWith({ changes: 3, added: 8 });

function modelsWith(most: { readonly changes: number; readonly added: number }): Source {
  return (seed, kept) => changedModel(seed, kept, most);
}

function changedModel(
  seed: number,
  kept: ReadonlySet<number> | undefined,
  most: { readonly changes: number; readonly added: number },
): Made {
  const chance = chanceOf(seed, -1);
  const base = chance.below(baseModels.length);
  const count = 1 + chance.below(most.changes);
  let model = baseModels[base]();
  let bytes = writeTflite(model);
  const changes = [`network ${base}`];
  for (let change = 0; change < count; change++) {
    if (kept?.has(change) === false) continue;
    try {
      const next = edited(model, chanceOf(seed, change), most.added);
      bytes = writeTflite(next.model);
      ({ model } = next);
      changes.push(next.what);
    } catch {
      // The writer writes what a reader gave: other structures are none of its business, and cannot be put in a file.
    }
  }
  if (!chance.is(0.15)) return { bytes, changes };
  const byChance = chanceOf(seed, count);
  for (let at = 0; at < 2 && bytes.length > 8; at++) bytes = mutated(bytes, (limit) => byChance.below(limit));
  return { bytes, changes: [...changes, 'bytes'] };
}

/** Files of one kind, each begun whole, then with words, bytes and stretches changed. */
export function files(begin: (chance: Chance) => Uint8Array): Source {
  return (seed, kept) => {
    const chance = chanceOf(seed, -1);
    let bytes = begin(chance);
    const changes = ['begun'];
    const count = chance.below(6);
    for (let change = 0; change < count; change++) {
      if (kept?.has(change) === false || bytes.length < 8) continue;
      bytes = changedFile(bytes, chanceOf(seed, change));
      changes.push('bytes');
    }
    return { bytes, changes };
  };
}

function changedFile(bytes: Uint8Array, chance: Chance): Uint8Array {
  if (chance.is(0.1)) return bytes.slice(0, chance.below(bytes.length));
  if (chance.is(0.6)) return mutated(bytes, (limit) => chance.below(limit));
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  // Headers stand at the beginning, of most kinds within some ten bytes.
  const at = chance.below(Math.min(60, bytes.length - 3));
  view.setUint32(at, chance.pick(hostileNumbers) >>> 0, chance.is(0.7));
  return copy;
}

/** Texts of pieces in any order, repeated, cut and joined. */
export function texts(pieces: readonly string[], join = '\n'): Source {
  return (seed, kept) => {
    const chance = chanceOf(seed, -1);
    const count = 1 + chance.below(12);
    const taken: string[] = [];
    for (let change = 0; change < count; change++) {
      if (kept?.has(change) === false) continue;
      taken.push(changedText(chance.pick(pieces), chanceOf(seed, change)));
    }
    return { bytes: new TextEncoder().encode(taken.join(join)), changes: taken.map((piece) => piece.slice(0, 40)) };
  };
}

function changedText(piece: string, chance: Chance): string {
  const at = chance.below(piece.length + 1);
  switch (chance.below(6)) {
    case 0:
      return piece.slice(0, at);
    case 1:
      return piece.slice(0, at) + piece.slice(0, at).repeat(chance.below(30)) + piece.slice(at);
    case 2:
      return piece.replace(/\d+/g, (number) => (chance.is(0.5) ? String(chance.pick(hostileNumbers)) : number));
    case 3:
      return piece.slice(0, at) + String.fromCharCode(chance.below(0x2100)) + piece.slice(at);
    default:
      return piece;
  }
}
