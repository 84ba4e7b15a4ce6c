/**
 * Writes small ONNX files for tests: what an exporter writes, field by field. Numbers of fields are those of
 * onnx/onnx.proto.
 */

type Field = readonly [number: number, value: number | string | Uint8Array];

/** A message of fields: numbers as varints, text and bytes with their length before them. */
export function message(fields: readonly Field[]): Uint8Array {
  return Uint8Array.from(
    fields.flatMap(([number, value]) => {
      if (typeof value === 'number') return [...varint(number * 8), ...varint(value)];
      const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
      return [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes];
    }),
  );
}

export function varint(value: number): readonly number[] {
  const bytes: number[] = [];
  for (let left = BigInt.asUintN(64, BigInt(value)); ; left >>= 7n) {
    if (left < 128n) return [...bytes, Number(left)];
    bytes.push(Number(left & 127n) + 128);
  }
}

/** Numbers of ONNX's types, and how values of them are stored. */
const types = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7, bool: 9 } as const;
const arrays = {
  float: Float32Array,
  uint8: Uint8Array,
  int8: Int8Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
} as const;

type OnnxType = keyof typeof types;

/** A constant of a file. */
export interface Constant {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly type?: OnnxType;
}

export function constant(
  name: string,
  shape: readonly number[],
  values: readonly number[],
  type: OnnxType = 'float',
): Constant {
  return { name, shape, values, type };
}

function tensorProto({ name, shape, values, type = 'float' }: Constant): Uint8Array {
  const raw = type === 'int64' ? BigInt64Array.from(values, BigInt) : new arrays[type as 'float'](values);
  const dims = shape.map((size): Field => [1, size]);
  return message([...dims, [2, types[type]], [8, name], [9, new Uint8Array(raw.buffer)]]);
}

type AttributeValue =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly graph: readonly Node[] }
  | { readonly texts: readonly string[] };

function attributeProto(name: string, value: AttributeValue): Uint8Array {
  if (typeof value === 'number')
    return message([
      [1, name],
      [3, value],
      [20, 2],
    ]);
  if (typeof value === 'string')
    return message([
      [1, name],
      [4, value],
      [20, 3],
    ]);
  if ('float' in value) {
    const bytes = new Uint8Array(Float32Array.of(value.float).buffer);
    return Uint8Array.from([...message([[1, name]]), ...varint(2 * 8 + 5), ...bytes, ...message([[20, 1]])]);
  }
  if ('texts' in value) return message([[1, name], ...value.texts.map((each): Field => [9, each]), [20, 8]]);
  if ('graph' in value)
    return message([
      [1, name],
      [6, graphProto(value.graph)],
      [20, 5],
    ]);
  return message([[1, name], ...value.map((each): Field => [8, each]), [20, 7]]);
}

/** A node: its kind, what it reads and gives, and its attributes. */
export interface Node {
  readonly kind: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: ReadonlyMap<string, AttributeValue>;
  readonly domain?: string;
}

export function node(
  kind: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: readonly (readonly [string, AttributeValue])[] = [],
): Node {
  return { kind, inputs, outputs, attributes: new Map(attributes) };
}

function nodeProto({ kind, inputs, outputs, attributes = new Map(), domain }: Node): Uint8Array {
  return message([
    ...inputs.map((name): Field => [1, name]),
    ...outputs.map((name): Field => [2, name]),
    [3, `${kind} of ${outputs[0]}`],
    [4, kind],
    ...[...attributes].map(([name, value]): Field => [5, attributeProto(name, value)]),
    ...(domain === undefined ? [] : [[7, domain] as const]),
  ]);
}

/** A branch: it gives what its last node does. */
function graphProto(nodes: readonly Node[]): Uint8Array {
  return message([
    ...nodes.map((each): Field => [1, nodeProto(each)]),
    [2, 'branch'],
    [12, valueProto(nodes[nodes.length - 1].outputs[0], [])],
  ]);
}

/** An input or output; a size without a number has a name. */
export type Sizes = readonly (number | string)[];

export function valueProto(name: string, sizes: Sizes): Uint8Array {
  const dimensions = sizes.map((size): Field => [1, message([typeof size === 'number' ? [1, size] : [2, size]])]);
  return message([
    [1, name],
    [
      2,
      message([
        [
          1,
          message([
            [1, 1],
            [2, message(dimensions)],
          ]),
        ],
      ]),
    ],
  ]);
}

export interface OnnxFile {
  readonly opset?: number;
  readonly nodes: readonly Node[];
  readonly inputs: readonly (readonly [name: string, sizes: Sizes])[];
  readonly outputs: readonly string[];
  readonly constants?: readonly Constant[];
}

/** The bytes of a file. */
export function onnxFile({ opset = 13, nodes, inputs, outputs, constants = [] }: OnnxFile): Uint8Array {
  const graph = message([
    ...nodes.map((each): Field => [1, nodeProto(each)]),
    [2, 'main'],
    ...constants.map((each): Field => [5, tensorProto(each)]),
    ...inputs.map(([name, sizes]): Field => [11, valueProto(name, sizes)]),
    ...outputs.map((name): Field => [12, valueProto(name, [])]),
  ]);
  return message([
    [1, 8],
    [2, 'test'],
    [7, graph],
    [
      8,
      message([
        [1, ''],
        [2, opset],
      ]),
    ],
  ]);
}
