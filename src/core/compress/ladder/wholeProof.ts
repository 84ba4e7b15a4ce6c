import type { Proof } from '../proof';

/**
 * One proof of compressions that followed each other: costs of the source and of the last result, and how far the
 * outputs are from the source's as the first one measured it, since those behind it keep all outputs (`Rung`).
 */
export function wholeProof(proofs: readonly Proof[]): Proof {
  const [first, last] = [proofs[0], proofs[proofs.length - 1]];
  const { kind, source, before, beforeRefusal, fidelity, layers, data } = first;
  const { result, after, afterRefusal } = last;
  return {
    ...{ kind, source, before, beforeRefusal, result, after, afterRefusal, fidelity, data },
    // What a layer suggests is for that compression alone.
    layers: layers?.map((layer) => ({ ...layer, suggestions: undefined })),
    decisions: proofs.flatMap(({ decisions }) => decisions),
    warnings: [...new Set(proofs.flatMap(({ warnings }) => warnings))],
  };
}
