import type { Rounding, TensorValue } from '../../execute/executable';
import { prepare } from '../../execute/prepare';
import { roundingsOf, triedText } from '../../execute/roundings';
import { seededInputs } from '../../execute/seededInputs';
import { differenceFromMeant, meantOutputs } from '../../faults/meantOutputs';
import type { Model, Tensor } from '../../model/model';
import { HumanError } from '../../model/problem';
import { decode, encode } from '../../model/values/stored';

/** Random inputs that outputs are compared on. */
const seeds = [1, 2];

/** Of the largest magnitude of a float output; of integers the steps that two roundings may make. */
const mostFloatShare = 1e-4;
const mostSteps = 2;

/** How the outputs of a rewritten model compare with what TF Lite makes of its source, or why that is not known. */
interface Comparison {
  readonly compared?: string;
  readonly warning?: string;
}

/**
 * Compares what the file meant with what a board makes of the result, in all roundings that they can differ in.
 * @throws HumanError `rewrite-differs` where they are further apart than roundings explain.
 */
export async function compareOutputs(source: Model, result: Model, pause?: () => Promise<void>): Promise<Comparison> {
  const [graph] = source.graphs;
  const inputs = graph.inputs.map((index) => graph.tensors[index]);
  const roundings = roundingsOf(source, result);
  let count = 0;
  let equal = 0;
  for (const rounding of roundings) {
    for (const seed of seeds) {
      await pause?.();
      const values = filled(inputs, seed);
      const made = values && boardOutputs(result, taken(values, source, result), rounding);
      if (values === undefined || made === undefined) return { warning: notRunText };
      const meant = meantOutputs(source, values, rounding);
      for (const [place, index] of result.graphs[0].outputs.entries()) {
        const outcome = judged(made[place], meant[place], result.graphs[0].tensors[index]);
        if (outcome === undefined) continue;
        count += 1;
        equal += outcome;
      }
    }
  }
  if (count === 0) return { warning: notMeantText };
  const how = equal === count ? 'all values are equal' : 'they differ by roundings only';
  return {
    compared: `Outputs were compared with what TF Lite makes of the source, with ${triedText(seeds.length, roundings)}: ${how}.`,
  };
}

const notRunText =
  'The result cannot be executed here, so that its outputs were not compared with those of the source.';
const notMeantText = 'What TF Lite makes of the source cannot be computed here, so that outputs were not compared.';

/** Where an input is int32 in place of int64 now, the same numbers in it. */
function taken(values: readonly Uint8Array[], source: Model, result: Model): readonly Uint8Array[] {
  const [from, to] = [source, result].map(({ graphs: [graph] }) => graph.inputs.map((index) => graph.tensors[index]));
  return values.map((bytes, place) => {
    if (from[place].type !== 'int64' || to[place]?.type !== 'int32') return bytes;
    return encode('int32', decode('int64', bytes, bytes.length / 8)!)!;
  });
}

function filled(inputs: readonly Tensor[], seed: number): readonly Uint8Array[] | undefined {
  try {
    return seededInputs(inputs, seed);
  } catch (error) {
    if (error instanceof HumanError) return undefined;
    throw error;
  }
}

function boardOutputs(
  model: Model,
  inputs: readonly Uint8Array[],
  rounding: Rounding,
): readonly TensorValue[] | undefined {
  try {
    return prepare(model, { rounding }).invoke(inputs);
  } catch (error) {
    if (error instanceof HumanError) return undefined;
    throw error;
  }
}

/** 1 where both are equal, 0 where they differ by roundings; `undefined` where what is meant is not known. */
function judged(made: TensorValue, meant: TensorValue | undefined, tensor: Tensor): 0 | 1 | undefined {
  const difference = differenceFromMeant(made, meant, tensor);
  if (difference === undefined) return undefined;
  const { largestDifference, largestMeant } = difference;
  const scale = tensor.quantization?.scales[0] ?? 0;
  const allowed = tensor.type === 'float32' ? mostFloatShare * largestMeant : mostSteps * scale * (1 + 1e-6);
  if (largestDifference <= allowed) return largestDifference === 0 ? 1 : 0;
  throw new HumanError(
    'rewrite-differs',
    `The rewritten model would answer otherwise than the source at "${tensor.name}"; nothing was written. Report the model, so that it can be looked into.`,
  );
}
