import { elementCount } from '../model/dataType';
import type { Tensor } from '../model/model';
import { HumanError } from '../model/problem';
import { encodeReal } from '../model/values/real';
import { encode, heldType } from '../model/values/stored';

/** Numbers for an input. */
interface InputValues {
  readonly values: ArrayLike<number>;
  /**
   * True for real numbers that an integer input holds by its scale and zero point; false for numbers as they are
   * stored.
   */
  readonly areReal: boolean;
}

/**
 * The bytes of an input, little-endian and row-major, from numbers. Real numbers for an integer input are divided by
 * its scale, rounded half away from zero, and held within its range, as QUANTIZE does.
 *
 * @throws HumanError `input-values` for another number of values, `input-type-not-filled` for a type that numbers do
 * not fill.
 */
export function inputBytes(tensor: Tensor, { values, areReal }: InputValues): Uint8Array {
  const elements = elementCount(tensor.shape);
  if (values.length !== elements) throw wrongCount(tensor, values.length, elements);
  const bytes = areReal ? encodeReal(tensor, values) : encode(heldType(tensor.type), values);
  if (bytes === undefined) throw notFilled(tensor);
  return bytes;
}

function wrongCount(tensor: Tensor, given: number, needed: number): HumanError {
  return new HumanError(
    'input-values',
    `The input "${tensor.name}" is ${tensor.type}[${tensor.shape.join(',')}], which takes ${needed} values, but ${given} were given. Give that many.`,
  );
}

function notFilled(tensor: Tensor): HumanError {
  return new HumanError(
    'input-type-not-filled',
    `The input "${tensor.name}" has the type ${tensor.type}, which numbers cannot fill. Give its bytes in a file.`,
  );
}
