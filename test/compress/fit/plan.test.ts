import { planModel } from '../../../src/core/compress/fit/plan';
import { withoutPlan } from '../../../src/core/compress/fit/planMetadata';
import type { Model, Operator } from '../../../src/core/model/model';
import { onlinePlanned, offlinePlanOf } from '../../../src/core/runtimes/tflm/offlinePlan';
import type { Target } from '../../../src/core/runtimes/target';
import { check } from '../../support/check';
import { graph, model, operator, tensor } from '../../support/build';
import { arenaTarget } from '../../runtimes/tflm/targets';

const never = (): boolean => false;

function relus(inputs: readonly number[], outputs: readonly number[]): Operator {
  return operator('RELU', inputs, outputs);
}

/** Float tensors of these bytes. */
function tensors(...bytes: readonly number[]): ReturnType<typeof tensor>[] {
  return bytes.map((size, index) => tensor(`t${index}`, 'float32', [1, size / 4]));
}

/**
 * Four tensors of 4096 bytes: the input, alive at steps 0 to 2; a result that nobody reads, at step 1; one at 2 and 3;
 * the output at 3. The interpreter's planner takes the later first: output and unread at 0, the third at 4096, and the
 * input, which meets both, at 8192.
 */
const wasteful = model(
  graph(tensors(4096, 4096, 4096, 4096), [relus([0], [1]), relus([0], [2]), relus([2], [3])], {
    inputs: [0],
    outputs: [3],
  }),
);

/** As `wasteful`, with a variable that one of the operators reads too. */
const stateful: Model = {
  ...wasteful,
  graphs: [
    {
      ...wasteful.graphs[0],
      tensors: wasteful.graphs[0].tensors.map((each) => ({ ...each, isVariable: each.index === 1 })),
    },
  ],
};

const chain = model(
  graph(tensors(4096, 8192, 4096), [relus([0], [1]), relus([1], [2])], { inputs: [0], outputs: [2] }),
);

/**
 * An input of 4096 bytes, 8192 made of it, their copy in another shape, and 4096 made of that: 12,288 alive at each
 * step, where the copy lies in the place of what it copies; the planner has 16,384 alive while it copies.
 */
function copying(kind: string): Model {
  const shapes = [
    [1, 1024],
    [1, 2048],
    [2048, 1],
    [1, 1024],
  ];
  return model(
    graph(
      shapes.map((shape, index) => tensor(`t${index}`, 'float32', shape)),
      [relus([0], [1]), operator(kind, [1], [2]), relus([2], [3])],
      { inputs: [0], outputs: [3] },
    ),
  );
}

function outcomeOf({ from, target = {} }: { readonly from: Model; readonly target?: Partial<Target> }): unknown {
  const outcome = planModel(from, arenaTarget('cortex-m4f', target), never);
  if (!outcome.isPlanned) return outcome.reason;
  const plan = offlinePlanOf(outcome.model, from.graphs[0].tensors.length);
  return {
    savedBytes: outcome.bytesBefore - outcome.bytesAfter,
    isShortest: outcome.isShortest,
    fixed:
      plan.valid && plan.plan !== undefined ? [...plan.plan].filter((offset) => offset !== onlinePlanned).length : 0,
    helpsEverywhere: outcome.helpsOn.length > 10,
  };
}

check('memory plan: what it saves', outcomeOf, [
  {
    name: 'a tensor less at the worst step',
    input: { from: wasteful },
    expected: { savedBytes: 4096, isShortest: true, fixed: 4, helpsEverywhere: true },
  },
  {
    name: 'kernels of CMSIS-NN, which ask for nothing here',
    input: { from: wasteful, target: { runtime: 'tflm-cmsis-nn' } },
    expected: { savedBytes: 4096, isShortest: true, fixed: 4, helpsEverywhere: true },
  },
  {
    name: 'RESHAPE works in place',
    input: { from: copying('RESHAPE') },
    expected: { savedBytes: 4096, isShortest: true, fixed: 4, helpsEverywhere: true },
  },
  {
    name: 'an operator that computes does not',
    input: { from: copying('RELU') },
    expected: 'The arena takes 16,848 bytes, and no plan was found that needs less.',
  },
  {
    name: 'a chain is placed without gaps',
    input: { from: chain },
    expected: 'The arena takes 12,688 bytes, and no plan was found that needs less.',
  },
  {
    name: 'a variable is kept by the interpreter, and has no place in the plan',
    input: { from: stateful },
    expected: 'The arena takes 12,752 bytes, and no plan was found that needs less.',
  },
  {
    name: 'tensors that are all preserved',
    input: { from: wasteful, target: { preserveAllTensors: true } },
    expected:
      'The interpreter keeps all tensors (preserve_all_tensors), and then refuses a plan. Do not preserve all tensors.',
  },
  {
    name: 'an operator of which nothing is known',
    input: {
      from: model(
        graph(tensors(16, 16), [operator('CUSTOM', [0], [1], { customCode: 'X' })], { inputs: [0], outputs: [1] }),
      ),
    },
    expected:
      'What X (operator 0 of graph 0) takes of the arena is not known: its kernel is not known. The figures are a lower bound; measure arena_used_bytes() on the device.',
  },
]);

check(
  'memory plan: a second run finds nothing more, and the plan can be taken away',
  (from: Model) => {
    const first = planModel(from, arenaTarget(), never);
    if (!first.isPlanned) return first.reason;
    const second = planModel(first.model, arenaTarget(), never);
    return { second: second.isPlanned, metadata: withoutPlan(first.model).metadata.length };
  },
  [{ name: 'planned twice', input: wasteful, expected: { second: false, metadata: 0 } }],
);
