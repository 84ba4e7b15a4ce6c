import type { DataType } from '../model/dataType';
import { bitsPerElement, elementCount } from '../model/dataType';
import { isConstant, type Tensor } from '../model/model';
import type { TensorValue } from './executable';

/** A tensor with its memory, seen as any type: the views share one buffer. int4 lies one element a byte. */
export class Value implements TensorValue {
  readonly tensor: Tensor;
  readonly type: DataType;
  readonly shape: readonly number[];
  readonly elements: number;
  readonly bytes: Uint8Array<ArrayBuffer>;

  constructor(tensor: Tensor, shape: readonly number[]) {
    this.tensor = tensor;
    this.type = tensor.type;
    this.shape = shape;
    this.elements = elementCount(shape);
    this.bytes = new Uint8Array(this.elements * elementBytes(tensor.type));
  }

  /** The same content in memory of its own. */
  copy(): Value {
    const copied = new Value(this.tensor, this.shape);
    copied.bytes.set(this.bytes);
    return copied;
  }

  /** Bytes of one element in memory. */
  get elementBytes(): number {
    return elementBytes(this.type);
  }

  /** True for a value that is in the model and never changes. */
  get isConstant(): boolean {
    return isConstant(this.tensor);
  }

  /** Scale and zero point of the whole tensor, or of its first slice; 0 where it is not quantized. */
  get scale(): number {
    return this.tensor.quantization?.scales[0] ?? 0;
  }

  get zeroPoint(): number {
    return this.tensor.quantization?.zeroPoints[0] ?? 0;
  }

  get int8(): Int8Array {
    return new Int8Array(this.bytes.buffer);
  }

  get int16(): Int16Array {
    return new Int16Array(this.bytes.buffer);
  }

  get int32(): Int32Array {
    return new Int32Array(this.bytes.buffer);
  }

  get uint32(): Uint32Array {
    return new Uint32Array(this.bytes.buffer);
  }

  get int64(): BigInt64Array {
    return new BigInt64Array(this.bytes.buffer);
  }

  get uint64(): BigUint64Array {
    return new BigUint64Array(this.bytes.buffer);
  }

  get float32(): Float32Array {
    return new Float32Array(this.bytes.buffer);
  }
}

/** Bytes of one element in memory; 4 for a resource, whose value is its number. */
export function elementBytes(type: DataType): number {
  return Math.max(1, (bitsPerElement[type] || 32) / 8);
}
