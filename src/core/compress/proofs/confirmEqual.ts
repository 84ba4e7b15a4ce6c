import type { TensorValue } from '../../execute/executable';
import { prepare } from '../../execute/prepare';
import { roundingsOf, triedText } from '../../execute/roundings';
import { seededInputs } from '../../execute/seededInputs';
import type { Model } from '../../model/model';
import { heldValues } from '../../model/values/real';
import type { WorkUnderWay } from './work';

/** Random inputs with which a proof is confirmed. */
const seeds = [1, 2, 3];

/**
 * Runs both models on random inputs in all roundings that they can differ in: what was proved is seen. A difference is
 * a bug and nothing is written. A model that cannot be executed here rests on the proof alone, which is said.
 */
export async function confirmEqual({ source, tools, decisions, warnings }: WorkUnderWay, result: Model): Promise<void> {
  const tensors = source.graphs[0].inputs.map((index) => source.graphs[0].tensors[index]);
  const roundings = roundingsOf(source, result);
  for (const rounding of roundings) {
    let pair;
    try {
      pair = [prepare(source, { rounding }), prepare(result, { rounding })];
    } catch {
      warnings.push('The model cannot be executed here, so that equal outputs were proved but not tried.');
      return;
    }
    for (const seed of seeds) {
      await tools.pause?.();
      const inputs = seededInputs(tensors, seed);
      const [before, after] = pair.map((executable) =>
        executable.invoke(inputs).map((value) => ({ ...value, bytes: value.bytes.slice() })),
      );
      if (!before.every((value, index) => isEqual(value, after[index].bytes))) {
        throw new Error(`The result differs from its source with seed ${seed} and ${rounding} rounding.`);
      }
    }
  }
  decisions.push(`Outputs were compared with ${triedText(seeds.length, roundings)}: all bytes are equal.`);
}

/** Zero has two signs in floating point, which no one can tell apart by its value. */
function isEqual({ bytes, type, shape }: TensorValue, other: Uint8Array): boolean {
  if (type !== 'float32') return bytes.every((byte, index) => byte === other[index]);
  const [a, b] = [heldValues({ type, shape, bytes }), heldValues({ type, shape, bytes: other })];
  return a.every((value, index) => value === b[index] || (Number.isNaN(value) && Number.isNaN(b[index])));
}
