import type { ProvedCosts } from '../core/compress/proof';
import { worseResultText } from '../core/compress/worseCosts';
import { replaceFileSync, writeNewFileSync } from '../files/writing';
import { exitCodes } from './exitCodes';
import { writeErrorLine } from './output';

/** What a compression made, and whether a person insists on it. */
interface Compressed {
  readonly bytes: Uint8Array;
  readonly proof: ProvedCosts;
  readonly force?: boolean;
  /** The file is the source that the model was read from, which the result takes the place of. */
  readonly isSource?: boolean;
}

/**
 * Writes the result of a compression; where it costs more than its source and nobody insists, it says so instead and
 * answers false.
 */
export function writeCompressed(path: string, { bytes, proof, force = false, isSource = false }: Compressed): boolean {
  const worse = worseResultText(proof);
  if (worse !== undefined && !force) {
    writeErrorLine(`${worse} Nothing was written; --force writes it all the same.`);
    process.exitCode = exitCodes.failed;
    return false;
  }
  if (isSource) replaceFileSync(path, [bytes]);
  else writeNewFileSync(path, [bytes]);
  return true;
}
