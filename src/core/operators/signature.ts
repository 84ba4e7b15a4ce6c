import { bitsPerElement, type DataType } from '../model/dataType';

/** Types that a kernel accepts together: one set per input and per output. */
export interface TypeSignature {
  readonly inputs: readonly ReadonlySet<DataType>[];
  /** The last entry of `inputs` stands for all further inputs. */
  readonly repeatsInput: boolean;
  readonly outputs: readonly ReadonlySet<DataType>[];
  readonly repeatsOutput: boolean;
}

/**
 * Types whose size TFLM's allocator knows; a tensor of another type (strings, int2, uint4 …) cannot be planned.
 * Source: tensorflow/lite/micro/memory_helpers.cc (TfLiteTypeSizeOf) at 90b983c2.
 */
export const sizedTypes: readonly DataType[] = [
  'float32',
  'float16',
  'bfloat16',
  'float64',
  'int4',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'bool',
  'resource',
  'complex64',
  'complex128',
];

/**
 * Reads one row of a table of accepted types: types of the inputs, an arrow, types of the outputs. `a|b` is either,
 * `any` every type that TFLM can hold, and `...` after the last one repeats it: `int8 int8|int4 int32 -> int8`, `int32
 * int8 -> int8...`.
 */
export function signature(row: string): TypeSignature {
  const [inputs, outputs] = row.split('->').map((side) => side.trim().split(/\s+/).filter(Boolean));
  if (inputs === undefined || outputs === undefined) throw new Error(`"${row}" has no arrow.`);
  return {
    inputs: inputs.map(typesOf),
    repeatsInput: inputs.at(-1)?.endsWith('...') ?? false,
    outputs: outputs.map(typesOf),
    repeatsOutput: outputs.at(-1)?.endsWith('...') ?? false,
  };
}

/** One row for each of `types`, which takes the place of `T`: `each('float32 int8', 'T T -> T')`. */
export function each(types: string, row: string): readonly string[] {
  return types.split(' ').map((type) => row.replaceAll(/\bT\b/g, type));
}

/** One row for each type that TFLM can hold. */
export function eachSized(row: string): readonly string[] {
  return each(sizedTypes.join(' '), row);
}

/** Types that a kernel does not look at before it runs. */
export const anyTypes: readonly string[] = ['any... -> any...'];

/** What a signature accepts at input or output `position`; `undefined` past its end. */
export function acceptedAt(
  accepted: TypeSignature,
  side: 'inputs' | 'outputs',
  position: number,
): ReadonlySet<DataType> | undefined {
  const repeats = side === 'inputs' ? accepted.repeatsInput : accepted.repeatsOutput;
  return accepted[side][position] ?? (repeats ? accepted[side].at(-1) : undefined);
}

function typesOf(token: string): ReadonlySet<DataType> {
  const names = token.replace('...', '').split('|');
  return new Set(names.flatMap((name) => (name === 'any' ? sizedTypes : [typeNamed(name)])));
}

function typeNamed(name: string): DataType {
  if (!(name in bitsPerElement)) throw new Error(`"${name}" is not a data type.`);
  return name as DataType;
}
