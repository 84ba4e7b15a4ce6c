import { mulberry32 } from './mulberry32';
import type { DataType } from '../model/dataType';
import { elementCount } from '../model/dataType';
import type { Tensor } from '../model/model';
import { HumanError } from '../model/problem';
import { encode } from '../model/values/stored';

/** What the rule needs to know of an input. */
export type SeededTensor = Pick<Tensor, 'name' | 'type' | 'shape'>;

/** A stored number made from a draw in [0, 1). */
type Filler = (draw: number) => number;

/**
 * Reproducible inputs for a model: little-endian, row-major bytes for each of `tensors`, in their order. One generator
 * (`mulberry32(seed)`) serves all inputs of a run, one draw u an element: int8 floor(256u) - 128, uint8 floor(256u),
 * int16 floor(65536u) - 32768, float32 fround(2u - 1), int32 and int64 floor(`integerValues` u), bool floor(2u).
 * Dimensions that are not known (-1) count as 1. `integerValues` keeps indices within range where a model gathers by
 * them.
 *
 * @throws HumanError `input-type-not-filled` for an input of another type.
 */
export function seededInputs(tensors: readonly SeededTensor[], seed: number, integerValues = 4): Uint8Array[] {
  const random = mulberry32(seed);
  const fillers = fillersFor(integerValues);
  return tensors.map((tensor) => {
    const filler = fillers[tensor.type];
    if (filler === undefined) throw notFilled(tensor);
    const values = Float64Array.from({ length: elementCount(tensor.shape) }, () => filler(random()));
    return encode(tensor.type, values)!;
  });
}

function fillersFor(integerValues: number): Partial<Readonly<Record<DataType, Filler>>> {
  const index: Filler = (draw) => Math.floor(draw * integerValues);
  return {
    int8: (draw) => Math.floor(draw * 256) - 128,
    uint8: (draw) => Math.floor(draw * 256),
    int16: (draw) => Math.floor(draw * 65536) - 32768,
    float32: (draw) => draw * 2 - 1,
    int32: index,
    int64: index,
    bool: (draw) => Math.floor(draw * 2),
  };
}

function notFilled(tensor: SeededTensor): HumanError {
  return new HumanError(
    'input-type-not-filled',
    `The input "${tensor.name}" has the type ${tensor.type}, which a seed cannot fill. Give its values in a file.`,
  );
}
