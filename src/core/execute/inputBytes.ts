import type { DataType } from '../model/dataType';
import { elementCount } from '../model/dataType';
import type { Tensor } from '../model/model';
import { HumanError } from '../model/problem';
import { integerRange } from './activationRange';
import { roundAway } from './fixedPoint';

/** Numbers for an input. */
export interface InputValues {
  readonly values: Float64Array;
  /** True for real numbers that an integer input holds by its scale and zero point; false for numbers as they are stored. */
  readonly areReal: boolean;
}

const stores: Partial<Readonly<Record<DataType, (view: DataView, index: number, value: number) => void>>> = {
  int8: (view, index, value) => view.setInt8(index, value),
  uint8: (view, index, value) => view.setUint8(index, value),
  bool: (view, index, value) => view.setUint8(index, value === 0 ? 0 : 1),
  int16: (view, index, value) => view.setInt16(2 * index, value, true),
  int32: (view, index, value) => view.setInt32(4 * index, value, true),
  uint32: (view, index, value) => view.setUint32(4 * index, value, true),
  int64: (view, index, value) => view.setBigInt64(8 * index, BigInt(Math.trunc(value)), true),
  float32: (view, index, value) => view.setFloat32(4 * index, value, true),
};

const widths: Partial<Readonly<Record<DataType, number>>> = { int16: 2, int32: 4, uint32: 4, float32: 4, int64: 8 };

/**
 * The bytes of an input, little-endian and row-major, from numbers. Real numbers for an integer input are divided by its scale, rounded
 * half away from zero, and held within its range, as QUANTIZE does.
 *
 * @throws HumanError `input-values` for another number of values, `input-type-not-filled` for a type that numbers do not fill.
 */
export function inputBytes(tensor: Tensor, { values, areReal }: InputValues): Uint8Array {
  const elements = elementCount(tensor.shape);
  if (values.length !== elements) throw wrongCount(tensor, values.length, elements);
  const store = stores[tensor.type];
  if (store === undefined) throw notFilled(tensor);
  const bytes = new Uint8Array(elements * (widths[tensor.type] ?? 1));
  const view = new DataView(bytes.buffer);
  const convert = areReal ? storedValue(tensor) : (value: number): number => value;
  values.forEach((value, index) => store(view, index, convert(value)));
  return bytes;
}

function storedValue(tensor: Tensor): (real: number) => number {
  const range = tensor.type in integerRange ? integerRange[tensor.type as keyof typeof integerRange] : undefined;
  const scale = tensor.quantization?.scales[0];
  if (range === undefined || scale === undefined) return (real) => real;
  const zeroPoint = tensor.quantization?.zeroPoints[0] ?? 0;
  return (real) => {
    const value = roundAway(Math.fround(real / scale)) + zeroPoint;
    return Number.isNaN(value) ? zeroPoint : Math.min(Math.max(value, range.least), range.most);
  };
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
