import { prepare } from '../../src/core/execute/prepare';
import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { readModel } from '../../src/core/formats/formats';
import { readTflite } from '../../src/core/formats/tflite/reader';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { onnxFile, type OnnxFile } from './onnxFile';

addForeignFormats();

/** The model of a file as its `.tflite` says it. */
export function tfliteOfOnnx(bytes: Uint8Array): ReturnType<typeof readTflite>['model'] {
  return readTflite(writeTflite(readModel({ path: 'm.onnx', bytes }).model)).model;
}

/** Operators of the model, its outputs for inputs that count 1, 2, 3 …, and their shape. */
export function computedOnnx(file: OnnxFile): unknown {
  const model = tfliteOfOnnx(onnxFile(file));
  const [{ operators, tensors, inputs, outputs }] = model.graphs;
  const given = inputs.map((index) => {
    const count = tensors[index].shape.reduce((product, size) => product * size, 1);
    return new Uint8Array(Float32Array.from({ length: count }, (_, at) => at + 1).buffer);
  });
  const [value] = prepare(model, { rounding: 'double' }).invoke(given);
  const values = [...new Float32Array(value.bytes.slice().buffer)].map((each) => Math.round(each * 1e4) / 1e4);
  return { operators: operators.map(({ kind }) => kind).join(' '), shape: tensors[outputs[0]].shape, values };
}
