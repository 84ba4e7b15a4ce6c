import { fitModel } from '../../../src/core/compress/fit/fitModel';
import type { FitStep } from '../../../src/core/compress/fit/step';
import { fitSteps } from '../../../src/core/compress/fit/steps';
import { fuse } from '../../../src/core/compress/fit/steps/fuse';
import { placeTensors } from '../../../src/core/compress/fit/steps/placeTensors';
import { reorder } from '../../../src/core/compress/fit/steps/reorder';
import type { Model, Operator } from '../../../src/core/model/model';
import { encode } from '../../../src/core/model/values/stored';
import { check } from '../../support/check';
import { floats, graph, model, operator, options, tensor } from '../../support/build';
import { arenaTarget } from '../../runtimes/tflm/targets';

function relu(input: number, output: number): Operator {
  return operator('RELU', [input], [output]);
}

function activations(...bytes: readonly number[]): ReturnType<typeof tensor>[] {
  return bytes.map((size, index) => tensor(`t${index}`, 'float32', [1, size / 4]));
}

/** Nothing reads tensor 1, so that its operator can go; with it, a plan saves one tensor of three. */
const unread = model(
  graph(activations(4096, 4096, 4096, 4096), [relu(0, 1), relu(0, 2), relu(2, 3)], { inputs: [0], outputs: [3] }),
);

/** Two branches, each of which swells to 8192 bytes and keeps 1024 of them. */
const branching = model(
  graph(
    activations(2048, 8192, 8192, 1024, 1024, 1024),
    [relu(0, 1), relu(0, 2), relu(1, 3), relu(2, 4), operator('ADD', [3, 4], [5])],
    { inputs: [0], outputs: [5] },
  ),
);

const chain = model(graph(activations(4096, 8192, 4096), [relu(0, 1), relu(1, 2)], { inputs: [0], outputs: [2] }));

/** 4096 bytes in another shape before a dense layer of one unit. */
const reshaped = model(
  graph(
    [
      tensor('x', 'float32', [1, 32, 32]),
      tensor('shape', 'int32', [2], { data: encode('int32', [1, 1024]) }),
      tensor('rows', 'float32', [1, 1024]),
      floats('w', [1, 1024], new Array<number>(1024).fill(1)),
      tensor('y', 'float32', [1, 1]),
    ],
    [
      operator('RESHAPE', [0, 1], [2]),
      operator('FULLY_CONNECTED', [2, 3], [4], { options: options('FullyConnectedOptions') }),
    ],
    { inputs: [0], outputs: [4] },
  ),
);

function fitted({ from, steps }: { readonly from: Model; readonly steps: readonly FitStep[] }): unknown {
  const { taken, elsewhere, leastBytes = 0 } = fitModel(from, arenaTarget(), steps, () => false);
  const whole = fitModel(from, arenaTarget(), [], () => false).leastBytes ?? 0;
  return { taken, savedBytes: whole - leastBytes, helps: elsewhere.helpsOn.length > 0, worse: elsewhere.worse };
}

check('fit: steps that are taken, and what they save', fitted, [
  {
    name: 'a plan alone',
    input: { from: unread, steps: [placeTensors] },
    expected: { taken: ['plan'], savedBytes: 4096, helps: true, worse: undefined },
  },
  {
    // Without the operator two tensors are alive at most instead of three, and 144 bytes of the interpreter go: those
    // of an operator with its state, and of a tensor.
    name: 'dead weight alone, after which a plan brings nothing',
    input: { from: unread, steps: fitSteps },
    expected: { taken: ['clean'], savedBytes: 4240, helps: true, worse: undefined },
  },
  {
    // 2048 + 8192 + 8192 alive at the second operator; one branch after the other: 2048 + 1024 + 8192.
    name: 'an order alone',
    input: { from: branching, steps: [reorder] },
    expected: { taken: ['order'], savedBytes: 7168, helps: true, worse: undefined },
  },
  {
    // RESHAPE goes with its output of 4096 bytes, and of the interpreter 32 of an operator, 24 of two tensors and 36 of
    // parameters, in steps of 16.
    name: 'a RESHAPE before a dense layer',
    input: { from: reshaped, steps: [fuse] },
    expected: { taken: ['fuse'], savedBytes: 4176, helps: true, worse: undefined },
  },
  {
    name: 'nothing of a chain',
    input: { from: chain, steps: fitSteps },
    expected: { taken: [], savedBytes: 0, helps: false, worse: undefined },
  },
  {
    name: 'no step is allowed',
    input: { from: branching, steps: [] },
    expected: { taken: [], savedBytes: 0, helps: false, worse: undefined },
  },
]);

check('fit: why nothing was taken', (from: Model) => fitModel(from, arenaTarget(), fitSteps, () => false).decisions, [
  {
    name: 'a reason of each step',
    input: chain,
    expected: [
      'Everything in the model makes a difference.',
      'No operator can do what its neighbour does for it.',
      'No order of the operators needs less than the one that they have.',
      'The arena takes 12,688 bytes, and no plan was found that needs less.',
    ],
  },
]);
