import { fitModel } from '../../../src/core/compress/fit/fitModel';
import { fitWork } from '../../../src/core/compress/fit/fitWork';
import { withPlan } from '../../../src/core/compress/fit/planMetadata';
import { leastArenaOf } from '../../../src/core/compress/fit/compareArenas';
import { fitSteps } from '../../../src/core/compress/fit/steps';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import type { Model, Operator, Tensor } from '../../../src/core/model/model';
import type { PlannedBuffer } from '../../../src/core/runtimes/facts';
import { check } from '../../support/check';
import { graph, model, operator, options, tensor } from '../../support/build';
import { arenaTarget } from '../../runtimes/tflm/targets';

const target = arenaTarget();
const float = (name: string, count = 1024, more: Partial<Tensor> = {}): Tensor =>
  tensor(name, 'float32', [1, count], more);
const negated = (input: number, output: number): Operator => operator('NEG', [input], [output]);

/** Four tensors of 4096 bytes, of which the planner places three side by side where two are alive. */
const wasteful = model(
  graph(
    ['x', 'unread', 'y', 'z'].map((name) => float(name)),
    [negated(0, 1), negated(0, 2), negated(2, 3)],
    {
      inputs: [0],
      outputs: [3, 1],
    },
  ),
);

const at = (index: number, offset: number): PlannedBuffer => ({
  ...{ kind: 'tensor', graph: 0, index, name: '', bytes: 4096, offset, firstStep: 0, lastStep: 3 },
});

/** `wasteful` with its tensors at these offsets. */
function placed(offsets: readonly number[]): Model {
  return withPlan(
    wasteful,
    offsets.map((offset, index) => at(index, offset)),
    offsets,
  );
}

/** A second graph that an IF calls, with branches of its own. */
const severalGraphs = model([
  graph(
    [tensor('c', 'bool', [1]), float('x'), float('y'), float('unread'), float('z')],
    [
      negated(1, 3),
      operator('IF', [0, 1], [2], { options: options('IfOptions', { thenSubgraphIndex: 1, elseSubgraphIndex: 2 }) }),
      negated(2, 4),
    ],
    { inputs: [0, 1], outputs: [4] },
  ),
  graph([float('a'), float('b')], [negated(0, 1)], { inputs: [0], outputs: [1] }),
  graph([float('a'), float('b')], [operator('ABS', [0], [1])], { inputs: [0], outputs: [1] }),
]);

/** Branches of `length` operators that an ADD joins one after the other. */
function long(operators: number): Model {
  const tensors = [float('x', 64)];
  const list: Operator[] = [];
  let last = 0;
  while (list.length < operators - 2) {
    const [left, right] = [tensors.push(float('l', 64)) - 1, tensors.push(float('r', 64)) - 1];
    const sum = tensors.push(float('s', 64)) - 1;
    list.push(negated(last, left), operator('ABS', [last], [right]));
    list.push(operator('ADD', [left, right], [sum], { options: options('AddOptions') }));
    last = sum;
  }
  return model(graph(tensors, list, { inputs: [0], outputs: [last] }));
}

/** What a run comes to: bytes that it saves and steps it took, or its sentence. */
async function outcome(from: Model): Promise<unknown> {
  fitWork.check(from);
  const bytes = writeTflite(from);
  const input = { path: 'm.tflite', target, limits: {}, bytes, resultPath: 'm.fit.tflite', options: {} };
  const { proof } = await fitWork.run(input, {});
  const before = leastArenaOf(from, target) ?? 0;
  return before - (proof.after.arena?.minimumBytes ?? 0);
}

const nothing =
  'The model takes as little memory as it can with the same weights and outputs; nothing was written. Everything in the model makes a difference. ' +
  'No operator can do what its neighbour does for it. No order of the operators needs less than the one that they have. ';

check('fit: models that are not as usual', outcome, [
  {
    name: 'a dimension that only the device knows',
    input: model(graph([float('x', -1), float('y', -1)], [negated(0, 1)], { inputs: [0], outputs: [1] })),
    fails:
      'NEG is told how large its output is by its inputs while the model runs, but TensorFlow Lite Micro works with the [1,?] that stands in the file: the board answers wrongly as soon as it is another size. ' +
      'Make the size a constant of the model. What lies beside such a tensor in memory decides the answers, so that tensors are not moved. Mend the shapes first.',
  },
  // Of the operator that nothing reads, in steps of 16.
  { name: 'several graphs', input: severalGraphs, expected: 32 },
  {
    name: 'a custom operator',
    input: model(
      graph([float('x'), float('y')], [operator('CUSTOM', [0], [1], { customCode: 'Mine' })], {
        inputs: [0],
        outputs: [1],
      }),
    ),
    fails: `${nothing}What Mine (operator 0 of graph 0) takes of the arena is not known: its kernel is not known. The figures are a lower bound; measure arena_used_bytes() on the device.`,
  },
  { name: 'a plan in which ours saves', input: placed([0, 4096, 8192, 12_288]), expected: 4096 },
  {
    name: 'a plan that is as good',
    input: placed([0, 4096, 8192, 0]),
    fails: `${nothing}The arena takes 12,688 bytes, and no plan was found that needs less.`,
  },
  {
    name: '5,000 operators',
    input: long(5000),
    fails: `${nothing}The arena of 703,424 bytes is what setting up takes, not what running takes: no plan can make it smaller.`,
  },
]);

check(
  'fit: a search that is called off keeps the best so far',
  (asked: number) => {
    let questions = 0;
    const { leastBytes = 0, taken } = fitModel(severalGraphs, target, fitSteps, () => ++questions > asked);
    return { isLarger: leastBytes > (leastArenaOf(severalGraphs, target) ?? 0), taken };
  },
  [
    { name: 'at once', input: 0, expected: { isLarger: false, taken: [] } },
    { name: 'behind the first step', input: 1, expected: { isLarger: false, taken: ['clean'] } },
  ],
);
