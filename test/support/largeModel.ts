import { readModel } from '../../src/core/formats/formats';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import type { Graph, Tensor } from '../../src/core/model/model';

/** A file of about 20 MB with 5 graphs, each with weights of its own: those of MobileNetV2, a file of 4 MB. */
export function largeModel(mobilenet: Uint8Array): Uint8Array {
  const { model } = readModel({ bytes: mobilenet, path: 'mobilenet.tflite' });
  const graphs = Array.from({ length: 5 }, (_, index) => copyOf(model.graphs[0], index));
  return writeTflite({ ...model, graphs, signatures: [] });
}

/** Copied constants, because tensors that share an array share its buffer in the file. */
function copyOf(graph: Graph, index: number): Graph {
  const tensors = graph.tensors.map((tensor): Tensor =>
    tensor.data === undefined ? tensor : { ...tensor, data: tensor.data.slice() },
  );
  return { ...graph, index, name: `copy${index}`, tensors };
}
