import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { readModel } from '../../src/core/formats/formats';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { elementCount, storedBytes } from '../../src/core/model/dataType';
import type { Model } from '../../src/core/model/model';

/** The file that a program's model would be converted to, with zeros for weights. */
export function untrainedFile(program: string): Uint8Array {
  addForeignFormats();
  const { model } = readModel({ path: 'model.py', bytes: new TextEncoder().encode(program) });
  return writeTflite(withZeros(model));
}

function withZeros(model: Model): Model {
  const graphs = model.graphs.map((graph) => ({
    ...graph,
    tensors: graph.tensors.map(({ declared, ...tensor }) =>
      declared === undefined
        ? tensor
        : { ...tensor, data: new Uint8Array(storedBytes(tensor.type, elementCount(tensor.shape))) },
    ),
  }));
  return { ...model, format: 'tflite', graphs };
}
