import type { TableValues } from '../../../src/core/formats/tflite/flatbuffer/tableWriter';
import { readTflite } from '../../../src/core/formats/tflite/reader';
import { tfliteSchema } from '../../../src/core/formats/tflite/schema';
import { parseTable, type Schema, type TableType } from '../../../src/core/formats/tflite/schema/notation';
import { assemble } from '../../support/assemble';
import { check } from '../../support/check';
import { file } from './smallFile';

const problemsOf = (bytes: Uint8Array): readonly string[] =>
  readTflite(bytes).problems.map((problem) => `${problem.severity} ${problem.code}: ${problem.message}`);

/** The schema as it may be some day: more fields in this table. */
function futureSchema(name: string, notation: string): Schema {
  const table = parseTable(name, notation, { enumerations: {}, unions: {} });
  return { ...tfliteSchema, tables: new Map([...tfliteSchema.tables, [name, table]]) };
}

/** The schema with two hundred kinds of options, the last of them like `PadOptions`. */
function futureOptions(): Schema {
  const operator = tfliteSchema.tables.get('Operator')!;
  const members = [...Array.from({ length: 199 }, () => 'Other'), 'PadOptions'];
  const field = { ...operator.fields.get('builtinOptions')!, type: { kind: 'union', members } as const };
  const table: TableType = { ...operator, fields: new Map([...operator.fields, ['builtinOptions', field]]) };
  return { ...tfliteSchema, tables: new Map([...tfliteSchema.tables, ['Operator', table]]) };
}

check('What is wrong with a file that is read', problemsOf, [
  { name: 'nothing', input: file({}), expected: [] },
  {
    name: 'another version',
    input: file({ root: { version: 2 } }),
    expected: [
      'error format-version: The file states version 2 of the format; runtimes take version 3 only. Convert the model again.',
    ],
  },
  {
    name: 'a field that the schema does not know',
    input: file(
      { root: { buffers: [{ novelty: 5 }] } },
      futureSchema('Buffer', 'data:[ubyte]@16 offset:ulong size:ulong novelty:int'),
    ),
    expected: [
      'warning unknown-field: The file holds a field of Buffer (number 3) that this version of the schema does not know. It is not shown, and is lost when the model is written again.',
    ],
  },
  {
    name: 'options of a kind that the schema does not know',
    input: file({ operator: { builtinOptions: { table: 'PadOptions', values: {} } } }, futureOptions()),
    expected: [
      'warning unknown-field: The file holds a table of kind 200 in Operator.builtinOptions, which this version of the schema does not know. It is not shown, and is lost when the model is written again.',
    ],
  },
  {
    name: 'a shape of less than nothing',
    input: file({ tensor: { shape: [2, -3] } }),
    expected: ['error tensor-shape: Tensor 2 ("z") of graph 0 has the shape [2, -3]. Export the model again.'],
  },
  { name: 'an open dimension', input: file({ tensor: { shape: [-1, 4] } }), expected: [] },
  {
    name: 'a tensor too large to count',
    input: file({ tensor: { shape: [65536, 65536, 65536] } }),
    expected: [
      'error tensor-shape: Tensor 2 ("z") of graph 0 has 2^31 elements or more. No runtime can hold it: export the model again.',
    ],
  },
  {
    name: 'a constant that is too short',
    input: file({ tensor: { shape: [3], buffer: 1 } }),
    expected: [
      'error constant-size: Tensor 2 ("z") of graph 0 needs 3 bytes for its shape, but the file holds 2. Export the model again.',
    ],
  },
  { name: 'a constant of packed int4', input: file({ tensor: { shape: [3], type: 'INT4', buffer: 1 } }), expected: [] },
  {
    name: 'a zero point that no runtime takes',
    input: file({ tensor: { quantization: { scale: [1], zeroPoint: [2n ** 63n - 1n] } } }),
    expected: [
      'error zero-point-range: Tensor 2 ("z") of graph 0 has a zero point beyond 32 bits, which no runtime takes. Convert the model again.',
    ],
  },
  {
    name: 'more zero points than scales',
    input: file({ tensor: { quantization: { scale: [1], zeroPoint: [0, 0] } } }),
    expected: [
      'error quantization-size: Tensor 2 ("z") of graph 0 has 1 scales but 2 zero points. Convert the model again.',
    ],
  },
  {
    name: 'scales along an axis of another size',
    input: file({ tensor: { quantization: { scale: [1, 1, 1], zeroPoint: [0, 0, 0] } } }),
    expected: [
      'error quantization-size: Tensor 2 ("z") of graph 0 has 3 scales along axis 0, whose size is 2. Convert the model again.',
    ],
  },
  {
    name: 'a signature that names a tensor which is not there',
    input: file({ root: { signatureDefs: [{ signatureKey: 'serve', inputs: [{ name: 'a', tensorIndex: 3 }] }] } }),
    expected: [
      'warning signature-index: The signature "serve" names a graph or a tensor that the model does not have, and is left out. Export the model again.',
    ],
  },
  {
    name: 'more than anyone reads: 200 are listed',
    input: file({ graph: { tensors: Array.from({ length: 203 }, () => ({ shape: [-2] })) } }),
    expected: [
      ...Array.from(
        { length: 200 },
        (_none, index) =>
          `error tensor-shape: Tensor ${index} ("") of graph 0 has the shape [-2]. Export the model again.`,
      ),
      'warning more-problems: The file has 3 more problems like these. Solve the first ones and open it again.',
    ],
  },
]);

/** A graph whose only operator calls another. */
const calling = (graph: number): TableValues => ({
  operators: [{ builtinOptions: { table: 'CallOnceOptions', values: { initSubgraphIndex: graph } } }],
});

check('A file without a model', (bytes: Uint8Array) => readTflite(bytes).model.graphs.length, [
  {
    name: 'empty',
    input: assemble(),
    fails: 'The file is empty. Wait until it is written, or export the model again.',
  },
  {
    name: 'foreign',
    input: assemble(['u32', 8], 'PK34'),
    fails: 'This is not a TensorFlow Lite model: the mark "TFL3" at byte 4 is missing. Choose a .tflite file.',
  },
  {
    name: 'cut off after the mark',
    input: assemble(['u32', 28], 'TFL3'),
    fails:
      'The file is cut short or damaged: the table Model at byte 28 takes 4 bytes, but the file has 8. Export or download the model again.',
  },
  {
    name: 'no graph',
    input: file({ root: { subgraphs: [] } }),
    fails: 'The file holds no graph: there is nothing to run in it. Export the model again.',
  },
  {
    name: 'an input that is no tensor',
    input: file({ operator: { inputs: [0, 3] } }),
    fails: 'Operator 0 of graph 0 names tensor 3, but the graph has 3 tensors. Export the model again.',
  },
  {
    name: 'an absent output',
    input: file({ operator: { outputs: [-1] } }),
    fails: 'Operator 0 of graph 0 names tensor -1, but the graph has 3 tensors. Export the model again.',
  },
  {
    name: 'an intermediate that is no tensor',
    input: file({ operator: { intermediates: [9] } }),
    fails: 'Operator 0 of graph 0 names tensor 9, but the graph has 3 tensors. Export the model again.',
  },
  {
    name: 'a graph input that is no tensor',
    input: file({ graph: { inputs: [-1] } }),
    fails: 'The input list of graph 0 names tensor -1, but the graph has 3 tensors. Export the model again.',
  },
  {
    name: 'a graph output that is no tensor',
    input: file({ graph: { outputs: [5] } }),
    fails: 'The output list of graph 0 names tensor 5, but the graph has 3 tensors. Export the model again.',
  },
  {
    name: 'a buffer that is not there',
    input: file({ tensor: { buffer: 2 } }),
    fails:
      'Tensor 2 of graph 0 names buffer 2, but the file has 2 buffers. The file is damaged: export the model again.',
  },
  {
    name: 'metadata in a buffer that is not there',
    input: file({ root: { metadata: [{ name: 'm', buffer: 4 }] } }),
    fails:
      'The metadata entry "m" names buffer 4, but the file has 2 buffers. The file is damaged: export the model again.',
  },
  {
    name: 'a kind of operator that is not listed',
    input: file({ operator: { opcodeIndex: 1 } }),
    fails:
      'Operator 0 of graph 0 is of kind number 1, but the file lists 1 kinds. The file is damaged: export the model again.',
  },
  {
    name: 'an element type that nobody knows',
    input: file({ tensor: { type: 99 } }),
    fails:
      'Tensor 2 of graph 0 has the element type 99, which no known version of the format defines. Export the model with a released converter.',
  },
  {
    name: 'a buffer behind the end of the file',
    input: file({ tensor: { buffer: 1 }, root: { buffers: [{}, { offset: 4096, size: 2 ** 33 }] } }),
    fails:
      'Buffer 1 lies at byte 4096 and takes 8589934592 bytes, but the file has 376. The file is cut short: export or download the model again.',
  },
  {
    name: 'a call of a graph that is not there',
    input: file({ graph: calling(1) }),
    fails: 'Graph 0 calls graph 1, but the model has 1 graphs. The file is damaged: export the model again.',
  },
  {
    name: 'graphs that call each other in a circle',
    input: file({ root: { subgraphs: [calling(2), {}, calling(3), calling(2)] } }),
    expected: 4,
  },
  {
    name: 'calls without a circle',
    input: file({ root: { subgraphs: [calling(2), calling(2), calling(3), {}] } }),
    expected: 4,
  },
]);
