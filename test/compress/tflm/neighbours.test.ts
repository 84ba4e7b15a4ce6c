import assert from 'node:assert/strict';
import { it } from 'node:test';
import { compareOutputs } from '../../../src/core/compress/tflm/compareOutputs';
import { rewriteModel } from '../../../src/core/compress/tflm/rewriteModel';
import { fileOf } from '../../../src/core/compress/rewrite/fileOf';
import type { DataType } from '../../../src/core/model/dataType';
import type { Model, Operator, Tensor } from '../../../src/core/model/model';
import { graph, model, operator, options, quantized, tensor } from '../../support/build';
import { mulberry32 } from '../../support/random';
import { integers } from './proved';

/** Random models of what rewrites look for and of what is nearly so, by seed. */

type Pick = <Value>(...values: readonly Value[]) => Value;

/** Tensors and operators as they are put behind one another. */
class Chain {
  readonly tensors: Tensor[] = [];
  readonly operators: Operator[] = [];
  readonly pick: Pick;

  constructor(random: () => number) {
    this.pick = (...values) => values[Math.floor(random() * values.length)];
  }

  add(made: Tensor): number {
    return this.tensors.push(made) - 1;
  }

  activation(type: DataType, shape: readonly number[], like?: Tensor): number {
    const scale = this.pick(0.05, 1 / 128, 0.02, 1 / 256);
    const zero = type === 'int16' ? 0 : type === 'uint8' ? this.pick(0, 128, 7) : this.pick(0, -128, 7);
    const own = type === 'float32' || type === 'int32' ? undefined : quantized(scale, zero);
    const quantization = this.pick(like?.quantization, own) ?? own;
    return this.add(tensor(`t${this.tensors.length}`, type, shape, { quantization }));
  }

  then(kind: string, inputs: readonly number[], to: number, more: Partial<Operator> = {}): number {
    this.operators.push(operator(kind, inputs, [to], { version: 2, ...more }));
    return to;
  }
}

/** Each puts one operator, or a few that belong together, behind a tensor. */
const steps: readonly ((chain: Chain, from: number) => number)[] = [
  (chain, from) => {
    const { type, shape } = chain.tensors[from];
    const kind = chain.pick('RELU6', 'TANH', 'LOGISTIC', 'NEG', 'ABS', 'RELU', 'RELU_0_TO_1', 'RELU_N1_TO_1', 'EXP');
    return chain.then(kind, [from], chain.activation(type, shape, chain.tensors[from]));
  },
  (chain, from) => {
    const { type, shape } = chain.tensors[from];
    const axes = chain.pick([0, 2, 1, 3], [0, 3, 1, 2], [3, 0, 2, 1]);
    const to = chain.add({ ...chain.tensors[from], shape: axes.map((axis) => shape[axis]), type });
    return chain.then('TRANSPOSE', [from, chain.add(integers('axes', axes))], to);
  },
  (chain, from) => {
    const { shape } = chain.tensors[from];
    const times = shape.map((_, axis) => (axis === 0 ? 1 : chain.pick(1, 1, 2)));
    const made = shape.map((size, axis) => size * times[axis]);
    const to = chain.add({ ...chain.tensors[from], shape: made });
    return chain.then('TILE', [from, chain.add(integers('times', times))], to);
  },
  (chain, from) => {
    const like = chain.tensors[from];
    const flat = [1, 1, 1, like.shape.reduce((product, size) => product * size, 1)];
    const middle = chain.then('RESHAPE', [from], chain.add({ ...like, shape: flat }));
    const read = chain.pick(middle, chain.then('RELU', [middle], chain.add({ ...like, shape: flat })));
    return chain.then('RESHAPE', [read], chain.add(like));
  },
  (chain, from) => {
    const { type, shape } = chain.tensors[from];
    const [bias, zero] = [chain.pick(0, 1, 3), chain.pick(0, 1)];
    const pads = [0, 0, bias, zero, zero, bias, 0, 0];
    const made = shape.map((size, axis) => size + pads[2 * axis] + pads[2 * axis + 1]);
    const to = chain.add({ ...chain.tensors[from], shape: made, type });
    return chain.then('PAD', [from, chain.add(integers('pads', pads, [4, 2]))], to, { options: options('PadOptions') });
  },
  (chain, from) => {
    const like = chain.tensors[from];
    const to = chain.activation(like.type, like.shape, like);
    const fusedActivationFunction = chain.pick('NONE', 'RELU', 'RELU6');
    const table = { options: options('AddOptions', { fusedActivationFunction }) };
    return chain.then('ADD', [from, chain.pick(from, 0)], to, table);
  },
];

function randomModel(seed: number): Model {
  const chain = new Chain(mulberry32(seed));
  const type = chain.pick<DataType>('int8', 'int16', 'float32', 'uint8');
  const shape = chain.pick([1, 2, 3, 4], [1, 1, 4, 2], [2, 1, 2, 3]);
  let at = chain.activation(type, shape);
  const length = chain.pick(1, 2, 3, 4);
  for (let step = 0; step < length; step++) {
    const next = chain.pick(...steps);
    // ADD needs the shape of the input.
    const isSame = chain.tensors[at].shape.join() === shape.join();
    at = (next === steps[5] && !isSame ? steps[0] : next)(chain, at);
  }
  return model(graph(chain.tensors, chain.operators, { inputs: [0], outputs: [at] }));
}

it('rewrite for TFLM: random models mean the same afterwards, and a second run changes nothing', async () => {
  let [changed, compared] = [0, 0];
  for (let seed = 1; seed <= 200; seed++) {
    const source = fileOf(randomModel(seed)).model;
    const rewritten = rewriteModel(source).model;
    if (rewritten === source) continue;
    changed += 1;
    const written = fileOf(rewritten).model;
    assert.equal(rewriteModel(written).model, written, `seed ${seed}: a second run changes something`);
    const outcome = await compareOutputs(source, written).catch((error: unknown) => {
      throw new Error(`seed ${seed}: ${source.graphs[0].operators.map(({ kind }) => kind).join(' ')}`, {
        cause: error,
      });
    });
    if (outcome.compared !== undefined) compared += 1;
  }
  assert.ok(changed > 100 && compared > 60, `${changed} changed, ${compared} compared`);
});
