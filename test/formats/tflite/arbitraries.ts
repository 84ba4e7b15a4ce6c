import fc from 'fast-check';
import { tfliteSchema } from '../../../src/core/formats/tflite/schema';
import { builtinOperators } from '../../../src/core/formats/tflite/schema/builtinOperators';
import type { ElementType, Field, ScalarFieldType } from '../../../src/core/formats/tflite/schema/notation';
import { bitsPerElement, type DataType } from '../../../src/core/model/dataType';
import type { Graph, Model, Operator, OptionValue, Tensor } from '../../../src/core/model/model';

/** A record that compares equal to an object literal. */
function record<Value extends object>(fields: { [Key in keyof Value]: fc.Arbitrary<Value[Key]> }): fc.Arbitrary<Value> {
  return fc.record(fields, { noNullPrototype: true }) as fc.Arbitrary<Value>;
}

type Values = Readonly<Record<string, OptionValue>>;

const text = fc.string({ unit: 'grapheme', maxLength: 6 });
const fewBytes = fc.uint8Array({ maxLength: 5 });
const someBytes = fc.uint8Array({ minLength: 1, maxLength: 40 });
const float = fc.float({ noNaN: true });

/** Numbers where they are exact, as the reader gives them. */
const exact = (value: bigint): number | bigint => (Number.isSafeInteger(Number(value)) ? Number(value) : value);

const scalars: Readonly<Record<ScalarFieldType['scalar'], fc.Arbitrary<OptionValue>>> = {
  bool: fc.boolean(),
  byte: fc.integer({ min: -128, max: 127 }),
  ubyte: fc.integer({ min: 0, max: 255 }),
  short: fc.integer({ min: -32_768, max: 32_767 }),
  ushort: fc.integer({ min: 0, max: 65_535 }),
  int: fc.integer(),
  uint: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  long: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(exact),
  ulong: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(exact),
  float,
  double: fc.double({ noNaN: true }),
};

/** Values of a table of the schema, all fields of it, as the reader gives them. */
export function randomTable(name: string): fc.Arbitrary<Values> {
  const fields = [...tfliteSchema.tables.get(name)!.fields.values()];
  const entries = fields.map((field) => randomField(field).map((value) => [field.name, value] as const));
  return fc.tuple(...entries).map((list) => Object.fromEntries(list.filter(([, value]) => value !== undefined)));
}

function randomField({ type }: Field): fc.Arbitrary<OptionValue> {
  if (type.kind === 'union') {
    const member = fc.constantFrom(...type.members);
    const union = member.chain((table) => randomTable(table).map((values): OptionValue => ({ table, values })));
    return fc.option(union, { nil: undefined });
  }
  if (type.kind !== 'vector') {
    return type.kind === 'scalar' ? randomElement(type) : fc.option(randomElement(type), { nil: undefined });
  }
  if (type.of.kind === 'scalar' && type.of.scalar === 'ubyte') return fewBytes;
  return fc.array(randomElement(type.of), { maxLength: 3 });
}

function randomElement(type: ElementType): fc.Arbitrary<OptionValue> {
  if (type.kind === 'string') return text;
  if (type.kind === 'table') return randomTable(type.table);
  return type.names === undefined ? scalars[type.scalar] : fc.constantFrom(...type.names);
}

/** A list that is absent rather than empty. */
const numbersOrAbsent = fc.option(fc.array(float, { minLength: 1, maxLength: 3 }), { nil: undefined });

const quantization = record({
  scales: fc.array(float, { minLength: 1, maxLength: 3 }),
  zeroPoints: fc.array(fc.integer(), { maxLength: 3 }),
  axis: fc.nat(3),
  min: numbersOrAbsent,
  max: numbersOrAbsent,
  details: fc.option(
    randomTable('BlockwiseQuantization').map((values) => ({ table: 'BlockwiseQuantization', values })),
    { nil: undefined },
  ),
}).map(withoutAbsent);

function randomTensor(constants: readonly Uint8Array[]): fc.Arbitrary<Omit<Tensor, 'index'>> {
  const option = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
    fc.option(value, { nil: undefined });
  return record({
    name: text,
    type: fc.constantFrom(...(Object.keys(bitsPerElement) as DataType[])),
    shape: fc.array(fc.integer({ min: -1, max: 300 }), { maxLength: 4 }),
    isVariable: fc.boolean(),
    shapeSignature: option(fc.array(fc.integer({ min: -1, max: 9 }), { minLength: 1, maxLength: 4 })),
    hasRank: fc.constantFrom(undefined, true as const),
    quantization: option(quantization),
    data: fc.constantFrom(undefined, ...constants),
    externalBuffer: option(fc.integer({ min: 1, max: 9 })),
    sparsity: option(randomTable('SparsityParameters')),
    variantTensors: option(fc.array(randomTable('VariantSubType'), { minLength: 1, maxLength: 2 })),
  }).map(withoutAbsent);
}

function randomOperator(tensors: number): fc.Arbitrary<Omit<Operator, 'index'>> {
  const inputs = fc.array(fc.integer({ min: -1, max: tensors - 1 }), { maxLength: 4 });
  const outputs = fc.array(fc.nat(tensors - 1), { maxLength: 2 });
  const kinds = builtinOperators.filter((name) => name !== 'CUSTOM');
  const code = fc.oneof(
    record({ kind: fc.constantFrom(...kinds, 'UNKNOWN_300') }),
    record({ kind: fc.constant('CUSTOM'), customCode: text }),
  );
  // Options that call graphs are left out: calls at random make circles.
  const table = fc.constantFrom('Conv2DOptions', 'ReshapeOptions', 'PadOptions', 'VarHandleOptions', 'RandomOptions');
  const rest = record({
    version: fc.integer({ min: 1, max: 12 }),
    inputs,
    outputs,
    intermediates: inputs,
    options: fc.option(
      table.chain((name) => randomTable(name).map((values) => ({ table: name, values }))),
      { nil: undefined },
    ),
    customOptions: fc.option(someBytes, { nil: undefined }),
    preserved: fc.option(record({ mutatingVariableInputs: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }) }), {
      nil: undefined,
    }),
  }).map(withoutAbsent);
  return fc.tuple(code, rest).map(([first, second]) => ({ ...first, ...second }));
}

function randomGraph(constants: readonly Uint8Array[]): fc.Arbitrary<Omit<Graph, 'index'>> {
  return fc.array(randomTensor(constants), { minLength: 1, maxLength: 5 }).chain((tensors) =>
    record({
      name: text,
      tensors: fc.constant(tensors.map((tensor, index) => ({ index, ...tensor }))),
      inputs: fc.array(fc.nat(tensors.length - 1), { maxLength: 2 }),
      outputs: fc.array(fc.nat(tensors.length - 1), { maxLength: 2 }),
      operators: fc
        .array(randomOperator(tensors.length), { maxLength: 4 })
        .map((operators) => operators.map((operator, index) => ({ index, ...operator }))),
    }),
  );
}

const namedTensors = fc.array(record({ name: text, tensor: fc.constant(0) }), { maxLength: 2 });

/** A model of one to three graphs with constants that tensors share, metadata and signatures. */
export const randomModel: fc.Arbitrary<Model> = fc
  .array(someBytes, { maxLength: 4 })
  .chain((constants) => fc.array(randomGraph(constants), { minLength: 1, maxLength: 3 }))
  .chain((graphs) =>
    record({
      format: fc.constant('tflite' as const),
      formatVersion: fc.constant(3),
      fileBytes: fc.constant(0),
      description: fc.option(text, { nil: undefined }),
      graphs: fc.constant(graphs.map((graph, index) => ({ index, ...graph }))),
      metadata: fc.array(record({ name: text, data: fewBytes }), { maxLength: 2 }),
      signatures: fc.array(
        record({ key: text, graph: fc.nat(graphs.length - 1), inputs: namedTensors, outputs: namedTensors }),
        { maxLength: 2 },
      ),
    }).map(withoutAbsent),
  );

/** The same without the fields that are `undefined`, since the reader leaves those out. */
function withoutAbsent<Value extends object>(value: Value): Present<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Present<Value>;
}

type Present<Value> = { [Key in keyof Value as undefined extends Value[Key] ? never : Key]: Value[Key] } & {
  [Key in keyof Value as undefined extends Value[Key] ? Key : never]?: Exclude<Value[Key], undefined>;
};
