import { writeTflite } from '../../src/core/formats/tflite/writer';
import type { Model } from '../../src/core/model/model';
import { floats, graph, model, operator, options, tensor } from './build';
import { check } from './check';
import { litert } from './oracles/litert';
import { runOnce } from './oracles/oracle';
import type { Oracle } from './oracles/oracle';
import { tfjsTflite } from './oracles/tfjsTflite';

/** a - 2 b of two inputs, then once more the same with the outputs of the first: so order shows. */
function subtracting(): Model {
  const tensors = [
    tensor('a', 'float32', [1, 2]),
    tensor('b', 'float32', [1, 2]),
    floats('two', [1], [2]),
    tensor('twice', 'float32', [1, 2]),
    tensor('difference', 'float32', [1, 2]),
  ];
  const none = { fusedActivationFunction: 'NONE' };
  const operators = [
    operator('MUL', [1, 2], [3], { options: options('MulOptions', none) }),
    operator('SUB', [0, 3], [4], { options: options('SubOptions', none) }),
  ];
  return model(graph(tensors, operators, { inputs: [0, 1], outputs: [4, 3] }), {
    signatures: [
      {
        key: 'serving_default',
        graph: 0,
        inputs: [
          { name: 'b', tensor: 1 },
          { name: 'a', tensor: 0 },
        ],
        outputs: [
          { name: 'twice', tensor: 3 },
          { name: 'difference', tensor: 4 },
        ],
      },
    ],
  });
}

interface Input {
  readonly oracle: Oracle;
  readonly bytes: Uint8Array;
  readonly inputs: readonly (readonly number[])[];
}

async function run({ oracle, bytes, inputs }: Input): Promise<number[][]> {
  const outputs = await runOnce(oracle, bytes, inputs.map(bytesOf));
  return outputs.map((output) => [...new Float32Array(output.slice().buffer)]);
}

function bytesOf(values: readonly number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

const bytes = writeTflite(subtracting());
const inputs = [
  [10, 20],
  [1, 3],
];
const difference = [
  [8, 14],
  [2, 6],
];

check('oracles', run, [
  {
    name: 'tfjs-tflite takes inputs in the order of the graph',
    input: { oracle: tfjsTflite, bytes, inputs },
    expected: difference,
  },
  {
    name: 'litert takes inputs in the order of the graph',
    input: { oracle: litert, bytes, inputs },
    expected: difference,
  },
  {
    name: 'tfjs-tflite: an input missing',
    input: { oracle: tfjsTflite, bytes, inputs: [[1, 2]] },
    fails: 'tfjs-tflite: the model takes 2 inputs, 1 were given.',
  },
  {
    name: 'litert: an input missing',
    input: { oracle: litert, bytes, inputs: [[1, 2]] },
    fails: 'litert: the model takes 2 inputs, 1 were given.',
  },
  {
    name: 'tfjs-tflite: an input too short',
    input: { oracle: tfjsTflite, bytes, inputs: [[1, 2], [1]] },
    fails: 'tfjs-tflite: input 1 takes 8 bytes, 4 were given.',
  },
  {
    name: 'litert: an input too short',
    input: { oracle: litert, bytes, inputs: [[1, 2], [1]] },
    fails: 'litert: input 1 takes 8 bytes, 4 were given.',
  },
  {
    name: 'tfjs-tflite: not a model',
    input: { oracle: tfjsTflite, bytes: new Uint8Array(40), inputs: [] },
    fails: "tfjs-tflite: INVALID_ARGUMENT: Can't initialize model",
  },
]);
