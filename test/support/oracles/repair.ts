import { readTflite } from '../../../src/core/formats/tflite/reader';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import type { Model, Tensor } from '../../../src/core/model/model';

/**
 * A copy for the oracles, both of which refuse a vector that says it is quantized along another dimension than 0, as
 * old converters wrote it for biases; TFLM does not look. Nothing else changes, and neither do the outputs.
 */
export function withVectorAxisZero(bytes: Uint8Array): Uint8Array {
  const { model } = readTflite(bytes);
  const graphs = model.graphs.map((graph) => ({ ...graph, tensors: graph.tensors.map(repaired) }));
  return writeTflite({ ...model, graphs } satisfies Model);
}

function repaired(tensor: Tensor): Tensor {
  const { quantization } = tensor;
  if (quantization === undefined || tensor.shape.length !== 1) return tensor;
  return { ...tensor, quantization: { ...quantization, axis: 0 } };
}
