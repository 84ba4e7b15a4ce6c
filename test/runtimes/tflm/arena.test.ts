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
      // Tail: 116 + 8 + 8 + 2 x 12 + 32 = 188; the state's 28 to 224; input list to 240 and tensor to 272; output 288, 320.
      // Both tensors live in step 1: 2 x 32. Planning: 144 + 4 + 2 x 24 = 196, at 16: 208; + 2 x 40 + 224.
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
