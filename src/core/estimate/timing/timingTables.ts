import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import coefficients from '../../runtimes/cost/coefficients.json';
import architecture from './architecture.json';
import timing from './timing.json';

let name: string | undefined;

/** A name for the tables that modelled cycles come from: another fit of them has another name. */
export function timingTables(): string {
  name ??= bytesToHex(sha256(utf8ToBytes(JSON.stringify([coefficients.fits, timing, architecture])))).slice(0, 12);
  return name;
}
