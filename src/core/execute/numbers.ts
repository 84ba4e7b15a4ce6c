import { notExecuted, type KernelInvocation } from './kernel';
import type { Value } from './value';

type Numbers = Int8Array | Uint8Array | Int16Array | Int32Array | Uint32Array | Float32Array;

/** A value's elements as numbers; a complete sentence for a type that numbers do not hold exactly. */
export function numbersOf(call: KernelInvocation, value: Value): Numbers {
  switch (value.type) {
    case 'int8':
    case 'int4':
      return value.int8;
    case 'uint8':
    case 'bool':
      return value.bytes;
    case 'int16':
      return value.int16;
    case 'int32':
      return value.int32;
    case 'uint32':
      return value.uint32;
    case 'float32':
      return value.float32;
    default:
      throw notExecuted(call, `there is no kernel for ${value.type}`);
  }
}
