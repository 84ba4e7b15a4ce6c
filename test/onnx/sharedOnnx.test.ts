import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { prepare } from '../../src/core/execute/prepare';
import { readTflite } from '../../src/core/formats/tflite/reader';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import type { Graph } from '../../src/core/model/model';
import { readOnnx } from '../../src/core/onnx/reader';
import { readNpz, type NpzArray } from '../support/npz';

/**
 * Models of PyTorch as both of its exporters write them (../shared/keras/onnx), against what PyTorch computes of them,
 * and quantized ones against ONNX Runtime.
 */
const folder = fileURLToPath(new URL('../../../shared/keras/onnx/', import.meta.url));
const missing = existsSync(folder) ? false : 'The shared ONNX models (../shared/keras/onnx) are not on this machine.';

const samples = 3;
const mostShare = 1e-4;
/** Transposes that compute something: of heads of attention, and a shuffle of channels. */
const computed: ReadonlyMap<string, number> = new Map([
  ['attention_script17', 4],
  ['shuffle_script13', 1],
]);

function sampleOf({ values }: NpzArray, index: number): Float32Array {
  const length = values.length / samples;
  return values.slice(index * length, (index + 1) * length);
}

/** Largest difference over the largest magnitude of the output, and in steps of what is dequantized to it. */
function differences(
  graph: Graph,
  bytes: Uint8Array,
  io: { inputs: ReadonlyMap<string, NpzArray>; outputs: ReadonlyMap<string, NpzArray> },
): {
  readonly share: number;
  readonly steps: number;
} {
  const executable = prepare(readTflite(bytes).model, { rounding: 'double' });
  let [share, steps] = [0, 0];
  for (let sample = 0; sample < samples; sample++) {
    executable.reset();
    const given = graph.inputs.map((_, index) => new Uint8Array(sampleOf(io.inputs.get(`in${index}`)!, sample).buffer));
    executable.invoke(given).forEach((output, index) => {
      const wanted = io.outputs.get(`out${index}`)!;
      const largest = wanted.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const step = stepOf(graph, graph.outputs[index]);
      const values = new Float32Array(output.bytes.slice().buffer);
      sampleOf(wanted, sample).forEach((value, at) => {
        const difference = Math.abs(value - values[at]);
        share = Math.max(share, difference / largest);
        steps = Math.max(steps, difference / step);
      });
    });
  }
  return { share, steps };
}

/** The scale of what is dequantized to an output. */
function stepOf({ operators, tensors }: Graph, output: number): number {
  const last = operators.find(({ outputs }) => outputs.includes(output));
  return tensors[last?.inputs[0] ?? 0].quantization?.scales[0] ?? Infinity;
}

/** Transposes that read no input of the graph, at once or behind a QUANTIZE, and write none of its outputs. */
function innerTransposes({ operators, inputs, outputs }: Graph): number {
  const isEdge = (tensor: number): boolean => {
    const maker = operators.find((each) => each.outputs.includes(tensor));
    return inputs.includes(tensor) || (['QUANTIZE', 'RESHAPE'].includes(maker?.kind ?? '') && isEdge(maker!.inputs[0]));
  };
  const isLast = (tensor: number): boolean =>
    outputs.includes(tensor) ||
    operators.some(
      ({ kind, inputs: [from], outputs: [to] }) => kind === 'DEQUANTIZE' && from === tensor && outputs.includes(to),
    );
  return operators.filter(
    ({ kind, inputs: [from], outputs: [to] }) => kind === 'TRANSPOSE' && !isEdge(from) && !isLast(to),
  ).length;
}

describe('models of PyTorch', { skip: missing }, () => {
  if (missing !== false) return;
  for (const id of readdirSync(folder).filter((name) => existsSync(`${folder}${name}/model.onnx`))) {
    for (const file of ['model', 'model_qdq'].filter((name) => existsSync(`${folder}${id}/${name}.onnx`))) {
      it(`${id} ${file}`, () => {
        const bytes = writeTflite(readOnnx(new Uint8Array(readFileSync(`${folder}${id}/${file}.onnx`))).model);
        const [graph] = readTflite(bytes).model.graphs;
        const inputs = readNpz(`${folder}${id}/io.npz`);
        const outputs = file === 'model' ? inputs : readNpz(`${folder}${id}/io_qdq.npz`);
        const { share, steps } = differences(graph, bytes, { inputs, outputs });
        if (file === 'model') assert.ok(share <= mostShare, `${share} of the largest magnitude`);
        else assert.ok(steps < 2.5, `${steps} steps of the output`);
        assert.equal(innerTransposes(graph), computed.get(id) ?? 0, 'transposes that are left');
      });
    }
  }
});
