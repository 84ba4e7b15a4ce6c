import { writeTables, type TableValues } from '../../../src/core/formats/tflite/flatbuffer/tableWriter';
import { tfliteSchema } from '../../../src/core/formats/tflite/schema';
import type { Schema } from '../../../src/core/formats/tflite/schema/notation';

/**
 * A file with one graph of three tensors and one RELU, in the schema's own terms; `root`, `graph` and the like replace
 * parts.
 */
export interface Parts {
  readonly root?: TableValues;
  readonly graph?: TableValues;
  readonly tensor?: TableValues;
  readonly operator?: TableValues;
  readonly code?: TableValues;
}

export function file(parts: Parts, schema: Schema = tfliteSchema): Uint8Array {
  const tensor = { shape: [2], type: 'INT8', name: 'x' };
  return writeTables(schema, {
    version: 3,
    operatorCodes: [{ deprecatedBuiltinCode: 19, builtinCode: 19, ...parts.code }],
    subgraphs: [
      {
        tensors: [tensor, { ...tensor, name: 'y' }, { ...tensor, name: 'z', ...parts.tensor }],
        inputs: [0],
        outputs: [1],
        operators: [{ inputs: [0], outputs: [1], ...parts.operator }],
        ...parts.graph,
      },
    ],
    buffers: [{}, { data: new Uint8Array([1, 2]) }],
    ...parts.root,
  });
}
