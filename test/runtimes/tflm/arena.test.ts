import type { Model } from '../../../src/core/model/model';
import type { Target } from '../../../src/core/runtimes/target';
import { planArena } from '../../../src/core/runtimes/tflm/arena';
import { graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';
import { arenaTarget } from './targets';

/** One RELU of float32 over 5 elements. */
const relu = model(
  graph([tensor('in', 'float32', [5]), tensor('out', 'float32', [5])], [operator('RELU', [0], [1])], {
    inputs: [0],
    outputs: [1],
  }),
);

/** One RELU of int8 with quantization. */
const quantizedRelu = model(
  graph(
    [
      tensor('in', 'int8', [5], { quantization: quantized(0.5, 1) }),
      tensor('out', 'int8', [5], { quantization: quantized(0.5, 1) }),
    ],
    [operator('RELU', [0], [1])],
    { inputs: [0], outputs: [1] },
  ),
);

const variable = model(
  graph(
    [tensor('in', 'int8', [4]), tensor('state', 'int8', [20], { isVariable: true }), tensor('out', 'int8', [4])],
    [operator('MAXIMUM', [0, 1], [2])],
    { inputs: [0], outputs: [2] },
  ),
);

const unknown = model(
  graph(
    [tensor('in', 'int8', [16]), tensor('out', 'int8', [32])],
    [operator('CUSTOM', [0], [1], { customCode: 'Sparkle' })],
    { inputs: [0], outputs: [1] },
  ),
);

function single(type: 'int8' | 'string', shape: readonly number[]): Model {
  return model(graph([tensor('x', type, shape)], [], { inputs: [0] }));
}

function offline(offsets: readonly number[]): Model {
  const data = new Uint8Array(Int32Array.of(1, 0, offsets.length, ...offsets).buffer);
  return { ...relu, metadata: [{ name: 'OfflineMemoryAllocation', data }] };
}

/** Tensors of a byte that nothing uses. */
function unused(count: number): Model {
  return model(
    graph(
      Array.from({ length: count }, (_, index) => tensor(`t${index}`, 'int8', [1])),
      [],
    ),
  );
}

/** The float RELU with `more` graphs that nothing runs. */
function besides(more: number): Model {
  return model([relu.graphs[0], ...Array.from({ length: more }, () => graph([], []))]);
}

function reluOf(elements: number): Model {
  const [{ operators, inputs, outputs }] = relu.graphs;
  return model(
    graph([tensor('in', 'float32', [elements]), tensor('out', 'float32', [elements])], operators, { inputs, outputs }),
  );
}

/** Two scratch requests of 4 bytes a dimension. */
const mirrored = model(
  graph(
    [
      tensor('in', 'int8', [2, 4], { quantization: quantized(0.5) }),
      tensor('paddings', 'int32', [2, 2], { data: new Uint8Array(16) }),
      tensor('out', 'int8', [4, 6], { quantization: quantized(0.5) }),
    ],
    [operator('MIRROR_PAD', [0, 1], [2])],
    { inputs: [0], outputs: [2] },
  ),
);

/** RELUs one after the other with tensors of these lengths, all of float32. */
function chain(lengths: readonly number[]): Model {
  return model(
    graph(
      lengths.map((length, index) => tensor(`t${index}`, 'float32', [length])),
      lengths.slice(1).map((_, index) => operator('RELU', [index], [index + 1])),
      { inputs: [0], outputs: [lengths.length - 1] },
    ),
  );
}

interface Input {
  readonly model: Model;
  readonly target?: Partial<Target>;
}

interface Figures {
  readonly used: number;
  readonly planned: number;
  readonly minimum: number;
  readonly decidedBy: string;
}

check<Input, Figures>(
  'arena: used, planned and smallest size',
  (input) => {
    const outcome = planArena(input.model, arenaTarget('cortex-m4f', input.target));
    if (!outcome.known) throw new Error(outcome.reason);
    const { usedBytes, plannedBytes, minimumBytes, detail } = outcome.arena;
    return { used: usedBytes, planned: plannedBytes, minimum: minimumBytes, decidedBy: detail!.minimumDecidedBy };
  },
  [
    {
      // Tail: 116 + 8 + 8 + 2 x 12 + 32 = 188; the state's 28 to 224; input list to 240 and tensor to 272; output 288,
      // 320. Both tensors live in step 1: 2 x 32. Planning: 144 + 4 + 2 x 24 = 196, at 16: 208; + 2 x 40 + 224.
      name: 'one operator of float32',
      input: { model: relu },
      expected: { used: 384, planned: 64, minimum: 512, decidedBy: 'planning' },
    },
    {
      // The quantization adds 12 and 4 + 4 to each tensor: 240 + 52 = 292, output list to 304, + 52 = 356.
      name: 'quantization of inputs and outputs is kept',
      input: { model: quantizedRelu },
      expected: { used: 388, planned: 32, minimum: 512, decidedBy: 'planning' },
    },
    {
      // The tensor structure has 40 bytes: 240 + 40 = 280, output list to 288, + 40 = 328.
      name: 'enumerations of 4 bytes make tensors larger',
      input: { model: relu, target: { enumBytes: 4 } },
      expected: { used: 392, planned: 64, minimum: 512, decidedBy: 'planning' },
    },
    {
      // The planner has 4108 bytes instead of 44 and needs no list. Prepare of RELU: 144 + 2 x 32 + 4288.
      name: 'all tensors preserved',
      input: { model: relu, target: { preserveAllTensors: true } },
      expected: { used: 4448, planned: 64, minimum: 4496, decidedBy: 'prepare' },
    },
    {
      // 116 + 8 + 8 + 36 + 32 = 200, variable of 20 bytes to 224. The planner places the other two.
      name: 'variables are kept in the tail',
      input: { model: variable },
      expected: { used: 352, planned: 32, minimum: 528, decidedBy: 'planning' },
    },
    {
      // After the allocator's 116: 12 at 16 to 128, 2 x 20 at 16 to 176.
      name: 'slots of resource variables',
      input: { model: relu, target: { resourceVariableSlots: 2 } },
      expected: { used: 448, planned: 64, minimum: 576, decidedBy: 'planning' },
    },
    {
      // Tail 116 + 8 + 5 x 8 + 24 + 32 = 220, state to 256. Planning: 144 + 5 x 4 + 2 x 24 = 212, at 16: 224; + 2 x 40
      // + 256.
      name: 'graphs that nothing runs take structures and time of planning',
      input: { model: besides(4) },
      expected: { used: 416, planned: 64, minimum: 560, decidedBy: 'planning' },
    },
    {
      // Two tensors of 4000 bytes and the tail of 320.
      name: 'large tensors decide by themselves',
      input: { model: reluOf(1000) },
      expected: { used: 8320, planned: 8000, minimum: 8320, decidedBy: 'run' },
    },
    {
      // Tail 116 + 8 + 8 + 36 + 32 = 200, state of 20 to 224, two handles to 232; lists and tensors 240, 292, 304, 356.
      // Head 16 + 32 + 2 x 16. Planning: 14 requests of 12, 4, and 5 records of 24 are 292, at 16: 304; four buffers
      // 160; tail at 16: 240.
      name: 'scratch requests count in handles, records and buffers',
      input: { model: mirrored },
      expected: { used: 436, planned: 80, minimum: 704, decidedBy: 'planning' },
    },
    {
      // Tail 116 + 8 + 8 + 12 = 144. Planning: 144 + 4 + 24 = 172, at 16: 176; + 40 + 144.
      name: 'a single buffer',
      input: { model: single('int8', [1]) },
      expected: { used: 208, planned: 16, minimum: 368, decidedBy: 'planning' },
    },
    {
      // Tail 116 + 8 + 8 = 132, to 144 by the empty list of inputs. Prepare: 144 + 132 = 276. Planning, 280, is no more
      // in multiples of 16.
      name: 'nothing to plan',
      input: { model: unused(0) },
      expected: { used: 144, planned: 0, minimum: 288, decidedBy: 'prepare' },
    },
    {
      // Tail 36 + 4108 + 36 + 8 + 8 + 102 x 12 = 5420, at 16: 5424; head 102 x 16. Planning: 144 + 4 + 102 x 24 + 5420
      // = 8016.
      name: 'all tensors preserved: records, but no list of the planner',
      input: { model: unused(102), target: { preserveAllTensors: true } },
      expected: { used: 7056, planned: 1632, minimum: 8016, decidedBy: 'planning' },
    },
    {
      // Tail 4180 + 16 + 1024 x 12 = 16484, at 16: 16496; head 1024 x 16. Planning: 144 + 4 + 24576 + 16484 = 41208.
      name: 'as many buffers as the linear planner holds',
      input: { model: unused(1024), target: { preserveAllTensors: true } },
      expected: { used: 32880, planned: 16384, minimum: 41216, decidedBy: 'planning' },
    },
    {
      // Tail 132 + 8000 x 12 = 96132, at 16: 96144; unused tensors share no memory. Planning: 144 + 4 + 192000 =
      // 192148, at 16: 192160; + 8000 x 40 + 96144.
      name: 'as many buffers as are planned',
      input: { model: unused(8000) },
      expected: { used: 224144, planned: 128000, minimum: 608304, decidedBy: 'planning' },
    },
    {
      // The second tensor is fixed above the first by more than needed: head 128 + 32.
      name: 'an offline plan fixes offsets',
      input: { model: offline([-1, 128]) },
      expected: { used: 480, planned: 160, minimum: 512, decidedBy: 'planning' },
    },
  ],
);

check<Input, string>(
  'arena: refusals',
  (input) => {
    const outcome = planArena(input.model, arenaTarget('cortex-m4f', input.target));
    return outcome.known ? 'planned' : outcome.reason;
  },
  [
    {
      name: 'a type that the interpreter does not know',
      input: { model: single('string', [1]) },
      expected: 'Tensor "x" is of type string, which TensorFlow Lite Micro refuses. Convert the model without it.',
    },
    {
      name: 'a dimension known only at run time',
      input: { model: single('int8', [-1, 4]) },
      expected:
        'Tensor "x" has a dimension that is known only at run time, which TensorFlow Lite Micro refuses. Convert the model with fixed shapes.',
    },
    {
      name: 'more than 32 bits can count',
      input: { model: single('int8', [65536, 65536]) },
      expected: 'Tensor "x" has 4294967296 bytes, more than a 32-bit device can address. Choose a smaller model.',
    },
    {
      name: 'an offline plan for another model',
      input: { model: offline([0, 16, 32]) },
      expected:
        'The offline memory plan of the model is for 3 tensors but the model has 2, so AllocateTensors() fails. Make the plan again, or remove the metadata OfflineMemoryAllocation.',
    },
    {
      name: 'an offline plan with all tensors preserved',
      input: { model: offline([0, 32]), target: { preserveAllTensors: true } },
      expected:
        'The model has an offline memory plan, which the interpreter refuses when all tensors are to be preserved. Do not preserve all tensors.',
    },
    {
      name: 'an offline plan for some tensors with all preserved',
      input: { model: offline([-1, 32]), target: { preserveAllTensors: true } },
      expected:
        'The model has an offline memory plan, which the interpreter refuses when all tensors are to be preserved. Do not preserve all tensors.',
    },
    {
      name: 'more buffers than the linear planner holds',
      input: { model: unused(1025), target: { preserveAllTensors: true } },
      expected:
        'With all tensors preserved the interpreter places at most 1024 buffers, and the model has 1025, so AllocateTensors() fails. Do not preserve all tensors.',
    },
    {
      name: 'more buffers than are planned',
      input: { model: unused(8001) },
      expected:
        'The model has 8001 tensors and scratch buffers to place; an arena is planned for at most 8000. Choose a smaller model.',
    },
    {
      name: 'a graph that is not there',
      input: {
        model: model(
          graph(
            [],
            [
              operator('RELU', [], []),
              operator('CALL_ONCE', [], [], { options: options('CallOnceOptions', { initSubgraphIndex: 7 }) }),
            ],
          ),
        ),
      },
      expected: 'The operator calls graph 7, which the model does not have.',
    },
    {
      name: 'too few slots for resource variables',
      input: {
        model: model(
          graph(
            [tensor('handle', 'resource', [])],
            [operator('VAR_HANDLE', [], [0], { options: options('VarHandleOptions', { sharedName: 'v' }) })],
          ),
        ),
        target: { resourceVariableSlots: 0 },
      },
      expected:
        'The model has 1 resource variables but resourceVariableSlots is 0, so AllocateTensors() fails. Give MicroResourceVariables::Create() at least 1.',
    },
    { name: 'no graph', input: { model: model([]) }, expected: 'The model has no graph to run. Convert it again.' },
    {
      name: 'more tensors than are planned',
      input: {
        model: model(
          graph(
            Array.from({ length: 50_001 }, (_, index) => tensor(`t${index}`, 'int8', [1])),
            [],
          ),
        ),
      },
      expected:
        'The model has 50001 tensors and 0 operators; an arena is planned for at most 50000 and 20000. No microcontroller holds the structures of so large a graph: choose a smaller model.',
    },
  ],
);

check<Input, { readonly basis: string; readonly note: string | undefined; readonly lowerBound: unknown }>(
  'arena: what the figures rest on',
  (input) => {
    const outcome = planArena(input.model, arenaTarget('cortex-m4f', input.target));
    if (!outcome.known) throw new Error(outcome.reason);
    return {
      basis: outcome.arena.basis,
      note: outcome.arena.detail?.note,
      lowerBound: outcome.lowerBound?.operator,
    };
  },
  [
    {
      name: 'a described version',
      input: { model: relu },
      expected: { basis: 'exact', note: undefined, lowerBound: undefined },
    },
    {
      name: 'a longer prefix of its commit',
      input: { model: relu, target: { tflmVersion: '90b983c2b3f1' } },
      expected: { basis: 'exact', note: undefined, lowerBound: undefined },
    },
    {
      name: 'a version that is not described',
      input: { model: relu, target: { tflmVersion: 'future' } },
      expected: {
        basis: 'modelled',
        note: 'Version future of the runtime is not described with these kernels; 90b983c2 stands in for it.',
        lowerBound: undefined,
      },
    },
    {
      name: 'an operator that is not known',
      input: { model: unknown },
      expected: {
        basis: 'modelled',
        note: 'What Sparkle (operator 0 of graph 0) takes of the arena is not known: its kernel is not known. The figures are a lower bound; measure arena_used_bytes() on the device.',
        lowerBound: { graph: 0, index: 0 },
      },
    },
  ],
);

check(
  'arena: which operator a refusal blames',
  (given: Model) => {
    const outcome = planArena(given, arenaTarget());
    return outcome.known ? 'planned' : outcome.operator;
  },
  [
    {
      name: 'the one that calls a graph which is not there',
      input: model(
        graph(
          [],
          [
            operator('RELU', [], []),
            operator('CALL_ONCE', [], [], { options: options('CallOnceOptions', { initSubgraphIndex: 7 }) }),
          ],
        ),
      ),
      expected: { graph: 0, index: 1 },
    },
    { name: 'none for a tensor', input: single('string', [1]), expected: undefined },
  ],
);

check(
  'arena: scratch, where most is alive, and whether it is a lower bound',
  (given: Model) => {
    const outcome = planArena(given, arenaTarget());
    if (!outcome.known) throw new Error(outcome.reason);
    const { scratchBytes, persistentBytes, peakOperator, isLowerBound } = outcome.arena;
    return { scratchBytes, persistentBytes, peakOperator, isLowerBound };
  },
  [
    {
      name: 'no operator, no peak',
      input: unused(0),
      expected: { scratchBytes: 0, persistentBytes: 144, peakOperator: undefined, isLowerBound: undefined },
    },
    {
      name: 'two requests of 8 bytes, each rounded to 16',
      input: mirrored,
      expected: { scratchBytes: 32, persistentBytes: 356, peakOperator: 0, isLowerBound: undefined },
    },
    {
      // 8 + 4, 4 + 4, 4 + 8 floats; tail as of one RELU with 24 more for tensors, 64 for operators: 276, states to 304,
      // 336; then 96.
      name: 'the first of those at which most is alive',
      input: chain([8, 4, 4, 8]),
      expected: { scratchBytes: 0, persistentBytes: 464, peakOperator: 0, isLowerBound: undefined },
    },
    {
      name: 'a later one',
      input: chain([4, 4, 8, 8]),
      expected: { scratchBytes: 0, persistentBytes: 464, peakOperator: 2, isLowerBound: undefined },
    },
    {
      // 188, no state; lists and tensors 192, 224, 240, 272.
      name: 'an operator that is not known',
      input: unknown,
      expected: { scratchBytes: 0, persistentBytes: 272, peakOperator: 0, isLowerBound: true },
    },
  ],
);

check(
  'arena: what the kept part is for',
  (given: Model) => {
    const outcome = planArena(given, arenaTarget());
    if (!outcome.known) throw new Error(outcome.reason);
    return outcome.arena.detail?.persistent.map(({ kind, bytes, count }) => [kind, bytes, count]);
  },
  [
    {
      // From 188 the state's 28 bytes reach 216, at 16: 224. List of one input to 240, its tensor to 272; the output's
      // 288, 320.
      name: 'one operator of float32',
      input: relu,
      expected: [
        ['allocator objects', 116, 3],
        ['parameter allocator', 8, 1],
        ['subgraph table', 8, 1],
        ['tensor structures', 24, 1],
        ['operator structures', 32, 1],
        ['operator state', 36, 1],
        ['input and output tensors', 96, 4],
      ],
    },
  ],
);
