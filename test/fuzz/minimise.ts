import type { Made, Source } from './sources';

/** More changes than any source makes. */
const mostChanges = 16;
/** Inputs that are tried while bytes are left out. */
const mostTries = 400;

/** The smallest that still fails: first changes are left out, one after the other, then stretches of bytes. */
export async function minimised(
  source: Source,
  seed: number,
  fails: (bytes: Uint8Array) => Promise<boolean>,
): Promise<Made> {
  const kept = new Set(Array.from({ length: mostChanges }, (_none, change) => change));
  for (const change of [...kept]) {
    kept.delete(change);
    if (!(await fails(source(seed, kept).bytes))) kept.add(change);
  }
  const { bytes, changes } = source(seed, kept);
  return { bytes: await shortened(bytes, fails), changes };
}

async function shortened(bytes: Uint8Array, fails: (bytes: Uint8Array) => Promise<boolean>): Promise<Uint8Array> {
  let [short, tries] = [bytes, 0];
  for (let length = short.length >> 1; length > 0; length >>= 1) {
    for (let at = 0; at < short.length && tries < mostTries; tries++) {
      const without = Uint8Array.from([...short.subarray(0, at), ...short.subarray(at + length)]);
      if (await fails(without)) short = without;
      else at += length;
    }
  }
  return short;
}
