import type { Proof } from '../core/compress/proof';
import { worseResultText } from '../core/compress/worseCosts';
import { HumanError } from '../core/model/problem';
import { writeNewFile } from './newFile';

/** What a compression made, and whether a person insists on it. */
export interface Compressed {
  readonly bytes: Uint8Array;
  readonly proof: Proof;
  readonly force?: boolean;
}

/** Writes the result of a compression. @throws HumanError `result-worse` where it costs more than its source and nobody insists. */
export function writeCompressed(path: string, { bytes, proof, force = false }: Compressed): void {
  const worse = worseResultText(proof);
  if (worse !== undefined && !force) {
    throw new HumanError('result-worse', `${worse} Nothing was written; --force writes it all the same.`);
  }
  writeNewFile(path, bytes);
}
