import assert from 'node:assert/strict';
import { it } from 'node:test';
import { clean } from '../../src/core/compress/clean/clean';
import { quantizeGraph } from '../../src/core/compress/quantize/quantizeGraph';
import { draftOf } from '../../src/core/compress/rewrite/graphDraft';
import { metadataSentences } from '../../src/core/compress/rewrite/metadata';
import { redraw } from '../../src/core/compress/rewrite/redraw';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import type { MetadataEntry, Model, Operator, Tensor } from '../../src/core/model/model';
import { offlinePlanOf } from '../../src/core/runtimes/tflm/offlinePlan';
import { planArena } from '../../src/core/runtimes/tflm/arena';
import { graph, model, operator, options, tensor } from '../support/build';
import { check } from '../support/check';

const words = (...values: readonly number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer);

/** A plan with offsets for the tensors in order; version 7 and 2 graphs, which nobody reads and which must stay. */
const plan = (...offsets: readonly number[]): MetadataEntry => ({
  name: 'OfflineMemoryAllocation',
  data: words(7, 2, offsets.length, ...offsets),
});

const float = (name: string, size = 16): Tensor => tensor(name, 'float32', [1, size]);
const relu = (from: number, to: number): Operator => operator('RELU', [from], [to]);

/** x -> RELU a -> RELU b -> y, with an operator that nothing needs; inputs and outputs as given. */
function line(operators: readonly Operator[], tensors: readonly Tensor[], metadata: readonly MetadataEntry[]): Model {
  return model(graph(tensors, operators, { inputs: [0], outputs: [tensors.findIndex(({ name }) => name === 'y')] }), {
    metadata,
  });
}

interface After {
  /** Names of tensors with their offsets, in order; absent without a plan. */
  readonly plan?: readonly string[];
  readonly decisions: readonly string[];
  readonly warnings: readonly string[];
}

function after(source: Model, result: Model): After {
  const { tensors } = result.graphs[0];
  const found = offlinePlanOf(result, tensors.length);
  assert.ok(found.valid, 'the plan that was written is for another number of tensors');
  const offsets = found.plan;
  return {
    ...(offsets && { plan: tensors.map(({ name, index }) => `${name} ${offsets[index]}`) }),
    ...metadataSentences(source, result),
  };
}

const rewrittenText =
  'The metadata "OfflineMemoryAllocation", which names tensors by index and places them in the arena, was rewritten for the changed graph.';
const droppedText =
  'The metadata "OfflineMemoryAllocation", which names tensors by index and places them in the arena, would be wrong after the change and was left out: TFLite Micro plans the arena itself. Make the plan again if the model needs one.';

/** x, m, dead, y: `dead` is computed from x and read by nobody. */
const withDead = (...metadata: readonly MetadataEntry[]): Model =>
  line(
    [operator('TANH', [0], [2]), operator('TANH', [0], [1]), operator('TANH', [1], [3])],
    [float('x'), float('m'), float('dead'), float('y')],
    metadata,
  );

interface Change {
  readonly source: Model;
  /** Operators that are left, and other tensors. */
  readonly operators: readonly Operator[];
  readonly tensors?: readonly Tensor[];
}

check(
  'an offline plan after a graph was drawn anew',
  ({ source, operators, tensors }: Change) => {
    const [before] = source.graphs;
    return after(source, redraw(source, draftOf(before, { operators, tensors: tensors ?? before.tensors })));
  },
  [
    {
      name: 'an operator that nothing read: what is behind it moves up',
      input: {
        source: withDead(plan(0, 64, 128, 0)),
        operators: [operator('TANH', [0], [1]), operator('TANH', [1], [3])],
      },
      expected: { plan: ['x 0', 'm 64', 'y 0'], decisions: [rewrittenText], warnings: [] },
    },
    {
      name: 'computed in place, as the plan meant it',
      input: {
        source: line(
          [relu(0, 1), relu(1, 3)],
          [float('x'), float('m'), float('unused'), float('y')],
          [plan(0, 0, 64, 0)],
        ),
        operators: [relu(0, 1), relu(1, 3)],
      },
      expected: { plan: ['x 0', 'm 0', 'y 0'], decisions: [rewrittenText], warnings: [] },
    },
    {
      name: 'another operator reads one and writes the other of what shares its bytes',
      input: {
        source: line([relu(0, 1), relu(1, 2)], [float('x'), float('m'), float('y')], [plan(0, 0, 0)]),
        operators: [relu(0, 1), operator('REVERSE_V2', [1], [2])],
      },
      expected: { decisions: [], warnings: [droppedText] },
    },
    {
      name: 'x is read later than it was, when m lies where it lay',
      input: {
        source: line(
          [relu(0, 1), relu(1, 2), operator('ADD', [1, 2], [3])],
          [float('x'), float('a'), float('m'), float('y')],
          [plan(0, 64, 0, 128)],
        ),
        operators: [relu(0, 1), relu(1, 2), operator('ADD', [0, 2], [3])],
      },
      expected: { decisions: [], warnings: [droppedText] },
    },
    {
      name: 'smaller tensors in their places, where nothing is lost by it',
      input: {
        source: line([relu(0, 1), relu(1, 2)], [float('x'), float('m'), float('y')], [plan(0, 0, 0)]),
        operators: [relu(0, 1), relu(1, 2)],
        tensors: [float('x', 8), float('m', 8), float('y', 8)],
      },
      expected: {
        plan: ['x 0', 'm 0', 'y 0'],
        decisions: [],
        warnings: [],
      },
    },
    {
      name: 'smaller tensors, of which the planner would make 64 bytes and the plan 96',
      input: {
        source: line([relu(0, 1), relu(1, 2)], [float('x'), float('m'), float('y')], [plan(0, 64, 0)]),
        operators: [relu(0, 1), relu(1, 2)],
        tensors: [float('x', 8), float('m', 8), float('y', 8)],
      },
      expected: { decisions: [], warnings: [droppedText] },
    },
    {
      name: 'a plan for another number of tensors was refused before and is not made up',
      input: {
        source: line([relu(0, 1)], [float('x'), float('y')], [plan(0)]),
        operators: [relu(0, 1)],
      },
      expected: { decisions: [], warnings: [droppedText] },
    },
  ],
);

check(
  'other metadata after a graph was drawn anew',
  ({ metadata, version = 1 }: { readonly metadata: readonly MetadataEntry[]; readonly version?: number }) => {
    const source = line([relu(0, 1)], [float('x'), float('y')], metadata);
    const result = redraw(source, draftOf(source.graphs[0], { operators: [{ ...relu(0, 1), version }] }));
    return { names: result.metadata.map(({ name }) => name), ...metadataSentences(source, result) };
  },
  [
    {
      name: 'what says nothing of the graph stays',
      input: { metadata: [{ name: 'myRuntimeConfig', data: words(1) }], version: 2 },
      expected: { names: ['myRuntimeConfig'], decisions: [], warnings: [] },
    },
    {
      name: 'the least version of a runtime holds for operators that were there',
      input: { metadata: [{ name: 'min_runtime_version', data: words(1) }] },
      expected: { names: ['min_runtime_version'], decisions: [], warnings: [] },
    },
    {
      name: 'and not for a newer one',
      input: { metadata: [{ name: 'min_runtime_version', data: words(1) }], version: 2 },
      expected: {
        names: [],
        decisions: [],
        warnings: [
          'The metadata "min_runtime_version", which names the versions of the operators, would be wrong after the change and was left out: TFLite Micro does not read it.',
        ],
      },
    },
  ],
);

check(
  'a graph whose constants are compressed',
  () => {
    const source = line([relu(0, 1)], [float('x'), float('y')], [{ name: 'COMPRESSION_METADATA', data: words(1) }]);
    return redraw(source, draftOf(source.graphs[0]));
  },
  [
    {
      name: 'is not drawn anew',
      input: {},
      fails:
        'The weights of this model are compressed for TFLM. Take the model that it was made from, then compress again.',
    },
  ],
);

/** A dense layer between an input and an output, all placed by a plan as float32; one more tensor that nothing uses. */
const dense: Model = line(
  [
    operator('FULLY_CONNECTED', [0, 2, -1], [3], {
      options: options('FullyConnectedOptions', { fusedActivationFunction: 'NONE' }),
    }),
  ],
  [float('x'), float('unused'), tensor('w', 'float32', [16, 16], { data: new Uint8Array(1024) }), float('y')],
  [plan(0, 0, -1, 64)],
);

for (const io of ['int8', 'float'] as const) {
  it(`gives TFLM a plan that it takes, or none, with ${io} inputs and outputs`, () => {
    const spec = {
      activations: 'int8',
      io,
      perChannelDense: false,
      keepFloat: [],
      scales: { ranges: new Map() },
    } as const;
    const result = quantizeGraph(dense, spec).model;
    const { target } = resolveTarget({ board: 'arduino_nano33ble_sense_rev2' });
    const outcome = planArena(result, target);
    assert.ok(outcome.known, outcome.known ? '' : outcome.reason);
    const buffers = outcome.arena.detail!.buffers.filter(({ kind }) => kind === 'tensor');
    for (const left of buffers) {
      for (const right of buffers) {
        const isApart = left === right || left.lastStep < right.firstStep || right.lastStep < left.firstStep;
        const end = left.offset + left.bytes;
        assert.ok(
          isApart || end <= right.offset || right.offset + right.bytes <= left.offset,
          `${left.name} ${right.name}`,
        );
      }
    }
  });
}

it('keeps a plan that computes in place when dead weight goes', () => {
  const source = withDead(plan(0, 64, 128, 0), { name: 'myRuntimeConfig', data: words(1) });
  const result = clean(source).model;
  assert.deepStrictEqual(after(source, result).plan, ['x 0', 'm 64', 'y 0']);
  assert.deepStrictEqual(
    result.metadata.map(({ name, data }) => [name, data.length]),
    [
      ['OfflineMemoryAllocation', 24],
      ['myRuntimeConfig', 4],
    ],
  );
});
