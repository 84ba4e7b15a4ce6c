import assert from 'node:assert/strict';
import { it } from 'node:test';
import { quantizeModel } from '../../../src/core/compress/quantize/quantize';
import { defaultQuantizeOptions } from '../../../src/core/compress/quantize/request';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import type { Operator, Tensor } from '../../../src/core/model/model';
import { loadWasmTfjs } from '../../../src/tfjs/wasmTfjs';
import { floats, graph, model, operator, options, tensor } from '../../support/build';

const count = 5591;

/** As many operators as the largest model seen: ADD of a constant and TANH by turns, a dense layer last. */
function manyOperators(): Uint8Array {
  const tensors: Tensor[] = [floats('c', [1, 4], [0.5, -0.5, 0.25, -0.25]), floats('w', [1, 4], [1, 2, -1, 0.5])];
  const operators: Operator[] = [];
  const add = { options: options('AddOptions', { fusedActivationFunction: 'NONE' }) };
  const dense = { options: options('FullyConnectedOptions', { fusedActivationFunction: 'NONE' }) };
  tensors.push(tensor('x', 'float32', [1, 4]));
  for (let index = 0; index < count; index++) {
    const [last, isDense] = [tensors.length - 1, index === count - 1];
    tensors.push(tensor(`t${index}`, 'float32', [1, isDense ? 1 : 4]));
    if (isDense) operators.push(operator('FULLY_CONNECTED', [last, 1, -1], [last + 1], dense));
    else if (index % 2 === 0) operators.push(operator('ADD', [last, 0], [last + 1], add));
    else operators.push(operator('TANH', [last], [last + 1]));
  }
  return writeTflite(model(graph(tensors, operators, { inputs: [2], outputs: [tensors.length - 1] })));
}

it('quantizes 5,591 operators within 120 s, and never says nothing for long', { timeout: 120_000 }, async () => {
  const told: number[] = [performance.now()];
  const { proof } = await quantizeModel(
    {
      ...{ path: 'a.tflite', bytes: manyOperators(), resultPath: 'b.tflite', limits: {} },
      target: resolveTarget({}).target,
      options: { ...defaultQuantizeOptions, method: 'min-max' },
    },
    { engine: (await loadWasmTfjs()).engine, progress: () => void told.push(performance.now()) },
  );
  told.push(performance.now());
  assert.equal(proof.layers?.length, count);
  const longest = Math.max(...told.slice(1).map((time, place) => time - told[place]));
  assert.ok(longest <= 30_000, `nothing was said for ${Math.round(longest)} ms`);
});
