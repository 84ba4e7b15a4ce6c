import { mulberry32 } from './mulberry32';
import type { DataType } from '../model/dataType';
import { elementCount } from '../model/dataType';
import type { Tensor } from '../model/model';
import { HumanError } from '../model/problem';

/** What the rule needs to know of an input. */
export type SeededTensor = Pick<Tensor, 'name' | 'type' | 'shape'>;

interface Filler {
  readonly bytes: number;
  /** Writes one element made from `draw`, a number in [0, 1). */
  write(view: DataView, offset: number, draw: number): void;
}

/**
 * Reproducible inputs for a model: little-endian, row-major bytes for each of `tensors`, in their order. One generator
 * (`mulberry32(seed)`) serves all inputs of a run, one draw u an element: int8 floor(256u) - 128, uint8 floor(256u),
 * int16 floor(65536u) - 32768, float32 fround(2u - 1), int32 and int64 floor(`integerValues` u), bool floor(2u).
 * Dimensions that are not known (-1) count as 1. `integerValues` keeps indices within range where a model gathers by them.
 *
 * @throws HumanError `input-type-not-filled` for an input of another type.
 */
export function seededInputs(tensors: readonly SeededTensor[], seed: number, integerValues = 4): Uint8Array[] {
  const random = mulberry32(seed);
  const fillers = fillersFor(integerValues);
  return tensors.map((tensor) => {
    const filler = fillers[tensor.type];
    if (filler === undefined) throw notFilled(tensor);
    const elements = elementCount(tensor.shape);
    const bytes = new Uint8Array(elements * filler.bytes);
    const view = new DataView(bytes.buffer);
    for (let index = 0; index < elements; index++) filler.write(view, index * filler.bytes, random());
    return bytes;
  });
}

function fillersFor(integerValues: number): Partial<Record<DataType, Filler>> {
  return {
    int8: { bytes: 1, write: (view, offset, draw) => view.setInt8(offset, Math.floor(draw * 256) - 128) },
    uint8: { bytes: 1, write: (view, offset, draw) => view.setUint8(offset, Math.floor(draw * 256)) },
    int16: { bytes: 2, write: (view, offset, draw) => view.setInt16(offset, Math.floor(draw * 65536) - 32768, true) },
    float32: { bytes: 4, write: (view, offset, draw) => view.setFloat32(offset, draw * 2 - 1, true) },
    int32: { bytes: 4, write: (view, offset, draw) => view.setInt32(offset, Math.floor(draw * integerValues), true) },
    int64: {
      bytes: 8,
      write: (view, offset, draw) => view.setBigInt64(offset, BigInt(Math.floor(draw * integerValues)), true),
    },
    bool: { bytes: 1, write: (view, offset, draw) => view.setUint8(offset, Math.floor(draw * 2)) },
  };
}

function notFilled(tensor: SeededTensor): HumanError {
  return new HumanError(
    'input-type-not-filled',
    `The input "${tensor.name}" has the type ${tensor.type}, which a seed cannot fill. Give its values in a file.`,
  );
}
