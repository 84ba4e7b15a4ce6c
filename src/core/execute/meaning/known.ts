import type { Tensor } from '../../model/model';
import { constantIntegers, constantIntegers16 } from '../../operators/shapes';
import { open, type Shape } from '../../operators/outputShapes';
import type { Value } from '../value';

/** What is known of a tensor when a model is followed by TF Lite's rules. */
export interface KnownValue {
  /** Its true shape; -1 is a size that depends on values which are not known. */
  readonly shape: Shape;
  /** Its content, where that is known. */
  readonly value?: Value;
  /** Whether the file declares this shape for it: a device then lays out what the model means. */
  readonly agrees: boolean;
}

/**
 * True where `made` is what the file declares, but for dimensions of 1: they change neither the number of values nor
 * their order.
 */
export function agreesWith(declared: Shape, made: Shape): boolean {
  if (made.includes(open)) return false;
  if (declared.includes(open)) return true;
  const [one, other] = [declared, made].map((shape) => shape.filter((size) => size !== 1));
  return one.length === other.length && one.every((size, axis) => size === other[axis]);
}

/** What is known of a tensor that may be either of two; content only where both have the same. */
export function either(first: KnownValue, second: KnownValue): KnownValue {
  const shape =
    first.shape.length === second.shape.length
      ? first.shape.map((size, axis) => (size === second.shape[axis] ? size : open))
      : first.shape.map(() => open);
  const agrees = first.agrees && second.agrees && !shape.includes(open);
  const same = sameContent(first.value, second.value);
  return { shape, agrees, ...(same ? { value: first.value } : {}) };
}

function sameContent(first: Value | undefined, second: Value | undefined): boolean {
  if (first === undefined || second === undefined || first.bytes.length !== second.bytes.length) return false;
  return first === second || first.bytes.every((byte, index) => byte === second.bytes[index]);
}

/** More integers than any shape, axis or padding has. */
const mostIntegers = 1024;

/** The integers of a tensor whose content is known; `undefined` for long ones and other types. */
export function integersOf(tensor: Tensor, known: KnownValue | undefined): readonly number[] | undefined {
  if (tensor.data !== undefined) return constantIntegers(tensor) ?? constantIntegers16(tensor);
  const value = known?.value;
  if (value === undefined || value.elements > mostIntegers) return undefined;
  if (value.type === 'int32') return Array.from(value.int32);
  return value.type === 'int64' ? Array.from(value.int64, Number) : undefined;
}
