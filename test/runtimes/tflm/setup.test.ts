import type { CoreId } from '../../../src/core/boards/board';
import type { DataType } from '../../../src/core/model/dataType';
import type { Graph, Model, Operator, Tensor } from '../../../src/core/model/model';
import { abiOf, StructureSizes } from '../../../src/core/runtimes/memory/layout';
import {
  allocateAfterPlanning,
  allocateBeforeOperators,
  allocateBeforePlanning,
} from '../../../src/core/runtimes/tflm/interpreterSetup';
import { interpreterInstructions } from '../../../src/core/runtimes/tflm/invoke';
import { persistentVariables } from '../../../src/core/runtimes/tflm/buffers';
import { refusalOf } from '../../../src/core/runtimes/tflm/refusals';
import { resourceNames, Resources } from '../../../src/core/runtimes/tflm/resources';
import { bytesByOperator, bytesByStep, firstSteps } from '../../../src/core/runtimes/tflm/steps';
import { Tail } from '../../../src/core/runtimes/tflm/tail';
import { arenaBytes, isActivation } from '../../../src/core/runtimes/tflm/tensorBytes';
import { graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';
import { arenaTarget } from './targets';

const constant = { data: new Uint8Array(4) };
const variable = { isVariable: true };

check('set-up: bytes of three elements in the arena', (type: DataType) => arenaBytes(tensor('t', type, [3])), [
  { name: 'packed values of 4 bits take a byte each', input: 'int4', expected: 3 },
  { name: 'truth values', input: 'bool', expected: 3 },
  { name: 'half floats', input: 'float16', expected: 6 },
  { name: 'bfloat16', input: 'bfloat16', expected: 6 },
  { name: 'a resource is a 32-bit handle', input: 'resource', expected: 12 },
  { name: 'uint32', input: 'uint32', expected: 12 },
  { name: 'complex numbers of two floats', input: 'complex64', expected: 24 },
  { name: 'complex numbers of two doubles', input: 'complex128', expected: 48 },
  { name: 'strings are refused', input: 'string', expected: undefined },
  { name: 'variants are refused', input: 'variant', expected: undefined },
]);

check('set-up: what the planner may place', (more: Partial<Tensor>) => isActivation(tensor('t', 'int8', [4], more)), [
  { name: 'a tensor without data', input: {}, expected: true },
  { name: 'a constant', input: constant, expected: false },
  { name: 'a variable', input: variable, expected: false },
]);

function handle(name: string | undefined, output: number): Operator {
  const values = name === undefined ? {} : { sharedName: name };
  return operator('VAR_HANDLE', [], [output], { options: options('VarHandleOptions', values) });
}

function assignment(handleAt: number, valueAt: number): Operator {
  return operator('ASSIGN_VARIABLE', [handleAt, valueAt], []);
}

/** Handles are tensors 0 and 1, values of 12 and 8 bytes are tensors 2 and 3. */
function withVariables(operators: readonly Operator[]): Graph {
  return graph(
    [
      tensor('a', 'resource', [1]),
      tensor('b', 'resource', [1]),
      tensor('x', 'float32', [3]),
      tensor('y', 'int16', [4]),
    ],
    operators,
  );
}

check('set-up: names of resource variables', (graphs: readonly Graph[]) => resourceNames(model(graphs)), [
  { name: 'none', input: [withVariables([assignment(0, 2)])], expected: [] },
  {
    name: 'each once, in order of first use, of all graphs',
    input: [withVariables([handle('b', 0), handle('a', 1)]), withVariables([handle('b', 0), handle('c', 1)])],
    expected: ['b', 'a', 'c'],
  },
  { name: 'one without a name', input: [withVariables([handle(undefined, 0)])], expected: [''] },
]);

check(
  'set-up: bytes that each operator gives to a variable',
  (graphs: readonly Graph[]) => {
    const resources = new Resources();
    return graphs.map((one) => one.operators.map((each) => resources.prepare(each, one)));
  },
  [
    {
      name: 'the first assignment decides',
      input: [withVariables([handle('v', 0), assignment(0, 2), assignment(0, 3)])],
      expected: [[undefined, 12, undefined]],
    },
    {
      name: 'two names, two variables',
      input: [withVariables([handle('v', 0), handle('w', 1), assignment(1, 3), assignment(0, 2)])],
      expected: [[undefined, undefined, 8, 12]],
    },
    {
      name: 'two handles of one name are one variable',
      input: [withVariables([handle('v', 0), handle('v', 1), assignment(1, 3), assignment(0, 2)])],
      expected: [[undefined, undefined, 8, undefined]],
    },
    {
      name: 'an assignment before its handle',
      input: [withVariables([assignment(0, 2), handle('v', 0)])],
      expected: [[undefined, undefined]],
    },
    {
      name: 'a handle of another graph gives none; its own graph does later',
      input: [withVariables([assignment(0, 2)]), withVariables([handle('v', 0), assignment(0, 3)])],
      expected: [[undefined], [undefined, 8]],
    },
    {
      name: 'a value that is not there',
      input: [withVariables([handle('v', 0), assignment(0, 9)])],
      expected: [[undefined, undefined]],
    },
  ],
);

check(
  'set-up: tensors that are handles',
  (at: number) => {
    const [first, second] = [withVariables([handle('v', 0)]), withVariables([])];
    const resources = new Resources();
    resources.prepare(first.operators[0], first);
    return [resources.isHandle(first, at), resources.isHandle(second, at)];
  },
  [
    { name: 'the output of a handle, in its graph alone', input: 0, expected: [true, false] },
    { name: 'another tensor', input: 1, expected: [false, false] },
  ],
);

check(
  'set-up: variables that are kept for good',
  (offsets: readonly number[] | undefined) => {
    const first = graph([tensor('x', 'int8', [4]), tensor('s', 'int8', [4], variable)], []);
    const second = graph([tensor('t', 'int8', [4], variable)], []);
    return persistentVariables(model([first, second]), offsets && Int32Array.from(offsets)).map(({ name }) => name);
  },
  [
    { name: 'all without a plan', input: undefined, expected: ['s', 't'] },
    { name: 'all where the plan leaves them', input: [-1, -1, -1], expected: ['s', 't'] },
    { name: 'not the one that the plan places', input: [-1, 64, -1], expected: ['t'] },
    // Its index in its own graph is 0, where the plan has the first tensor of the first graph.
    { name: 'the plan is asked by the index in the own graph', input: [0, -1, -1], expected: ['s'] },
  ],
);

const [conv, relu] = [operator('CONV_2D', [], []), operator('RELU', [], [])];

/** `[bytes, first, last]`, and where a plan has it. */
type Span = readonly [bytes: number, first: number, last: number, fixedOffset?: number];

function alive(spans: readonly Span[]): readonly number[] {
  const buffers = spans.map(([bytes, first, last, fixedOffset]) => ({
    kind: 'tensor' as const,
    graph: graph([], []),
    index: 0,
    name: '',
    bytes,
    first,
    last,
    ...(fixedOffset !== undefined && { fixedOffset }),
  }));
  return [...bytesByStep(buffers, 4)];
}

check('set-up: bytes alive at each of four steps', alive, [
  { name: 'nothing', input: [], expected: [0, 0, 0, 0] },
  { name: 'sizes are rounded up to 16', input: [[17, 1, 2]], expected: [0, 32, 32, 0] },
  { name: 'to the last step', input: [[16, 3, 3]], expected: [0, 0, 0, 16] },
  {
    name: 'ends are inclusive',
    input: [
      [16, 0, 1],
      [32, 1, 3],
    ],
    expected: [16, 48, 32, 32],
  },
  {
    name: 'a copy in the place of its source counts once where both are alive',
    input: [
      [32, 0, 1, 0],
      [32, 1, 2, 0],
      [16, 1, 3, 32],
    ],
    expected: [32, 48, 48, 16],
  },
  {
    name: 'what is never used, or ends before it begins, is not alive',
    input: [
      [16, -1, -1],
      [16, 2, 1],
    ],
    expected: [0, 0, 0, 0],
  },
]);

const lifetimes = {
  first: new Int32Array(),
  last: new Int32Array(),
  steps: [
    { operator: conv, step: 0 },
    { operator: relu, step: 1 },
    { operator: conv, step: 2 },
    { operator: relu, step: 9 },
  ],
  stepCount: 10,
};

check(
  'set-up: operators that run more than once',
  () => {
    const most = bytesByOperator(lifetimes, Float64Array.of(16, 48, 64));
    const first = firstSteps(lifetimes);
    return [conv, relu].map((each) => [most.get(each), first.get(each)]);
  },
  [
    // The step 9 lies beyond the list: nothing is alive there.
    {
      name: 'the most of all runs, and the step of the first',
      input: undefined,
      expected: [
        [64, 0],
        [48, 1],
      ],
    },
  ],
);

check('set-up: instructions of the interpreter for 10 operators', (core: CoreId) => interpreterInstructions(core, 10), [
  { name: 'Cortex-M0+: 89 + 10 x 83', input: 'cortex-m0plus', expected: 919 },
  { name: 'Cortex-M4F: 66 + 10 x 72', input: 'cortex-m4f', expected: 786 },
  { name: 'Cortex-M55: 71 + 10 x 72', input: 'cortex-m55', expected: 791 },
  { name: 'Cortex-M85 as the M55', input: 'cortex-m85', expected: 791 },
  { name: 'nobody counted it', input: 'xtensa-lx7', expected: 0 },
]);

/** Round sizes, so that each allocation can be told. */
function sizes(): StructureSizes {
  const words = (count: number): Readonly<Record<string, string>> => ({ all: `int32[${count}]` });
  return new StructureSizes(
    {
      SingleArenaBufferAllocator: words(1),
      GreedyMemoryPlanner: words(2),
      LinearMemoryPlanner: words(20),
      MicroAllocator: words(3),
      MicroResourceVariables: words(1),
      MicroResourceVariable: words(2),
      MicroBuiltinDataAllocator: words(1),
      SubgraphAllocations: words(2),
      TfLiteEvalTensor: words(3),
      NodeAndRegistration: words(5),
      ScratchBufferHandle: words(1),
      TfLiteTensor: words(8),
      TfLiteAffineQuantization: words(3),
    },
    abiOf(arenaTarget()),
  );
}

/** Bytes and allocations by kind. */
function allocated(step: (memory: { readonly sizes: StructureSizes; readonly tail: Tail }) => void): unknown {
  const tail = new Tail();
  step({ sizes: sizes(), tail });
  return tail.parts().map(({ kind, bytes, count }) => `${kind} ${bytes}/${count}`);
}

const plain = model([graph([tensor('x', 'int8', [4]), tensor('y', 'int8', [4])], [relu])]);
const named = model([withVariables([handle('v', 0), handle('w', 1)])]);

interface Setting {
  readonly of: Model;
  readonly preserveAllTensors?: boolean;
  readonly resourceVariableSlots?: number;
}

check(
  'set-up: allocations before the operators',
  ({ of, ...more }: Setting) =>
    allocated((memory) => allocateBeforeOperators(of, arenaTarget('cortex-m4f', more), memory)),
  [
    {
      // 4 + 8 + 12; 2 tensors of 12 and an operator of 20.
      name: 'a graph of one operator',
      input: { of: plain },
      expected: [
        'allocator objects 24/3',
        'parameter allocator 4/1',
        'subgraph table 8/1',
        'tensor structures 24/1',
        'operator structures 20/1',
      ],
    },
    {
      name: 'all tensors preserved: the linear planner',
      input: { of: plain, preserveAllTensors: true },
      expected: [
        'allocator objects 96/3',
        'parameter allocator 4/1',
        'subgraph table 8/1',
        'tensor structures 24/1',
        'operator structures 20/1',
      ],
    },
    {
      // From 24: 28 to 32, then 2 x 8 to 48; 4 tensors of 12, two operators of 20.
      name: 'a slot for each resource variable',
      input: { of: named },
      expected: [
        'allocator objects 24/3',
        'resource variable table 24/2',
        'parameter allocator 4/1',
        'subgraph table 8/1',
        'tensor structures 48/1',
        'operator structures 40/1',
      ],
    },
    {
      // 32 + 3 x 8 = 56 to 64.
      name: 'as many slots as the application makes',
      input: { of: plain, resourceVariableSlots: 3 },
      expected: [
        'allocator objects 24/3',
        'resource variable table 40/2',
        'parameter allocator 4/1',
        'subgraph table 8/1',
        'tensor structures 24/1',
        'operator structures 20/1',
      ],
    },
  ],
);

check(
  'set-up: allocations before planning',
  ([requests, variables]: readonly [number, readonly Tensor[]]) =>
    allocated((memory) => allocateBeforePlanning(requests, variables, memory)),
  [
    { name: 'none', input: [0, []], expected: [] },
    { name: 'handles in one piece', input: [3, []], expected: ['scratch handles 12/1'] },
    {
      // 12, then 12 + 10 = 22 to 32, then 48.
      name: 'variables at 16',
      input: [3, [tensor('s', 'int16', [5], variable), tensor('t', 'int8', [1], variable)]],
      expected: ['scratch handles 12/1', 'variable tensors 36/2'],
    },
  ],
);

check('set-up: allocations after planning', (of: Model) => allocated((memory) => allocateAfterPlanning(of, memory)), [
  // Each table is aligned to 16, also where it is empty.
  { name: 'no inputs and outputs', input: plain, expected: ['input and output tensors 0/2'] },
  {
    // Table 4 to 16, tensor 32, structure 12, zero points 4 + 4 x 1: 68; table 72 to 80, tensor to 112.
    name: 'a quantized input and a plain output',
    input: model([
      graph([tensor('x', 'int8', [4], { quantization: quantized(0.5) }), tensor('y', 'float32', [4])], [relu], {
        inputs: [0],
        outputs: [1],
      }),
    ]),
    expected: ['input and output tensors 112/6'],
  },
]);

check('set-up: why no arena can be computed', (given: Model) => refusalOf(given, arenaTarget())?.reason, [
  { name: 'nothing against it', input: plain, expected: undefined },
  {
    name: 'a constant may be of any length, a dimension that is open may not be planned',
    input: model([graph([tensor('', 'int8', [4, -1])], [])]),
    expected:
      'Tensor 0 has a dimension that is known only at run time, which TensorFlow Lite Micro refuses. Convert the model with fixed shapes.',
  },
  {
    name: 'a variable of an open dimension',
    input: model([graph([tensor('s', 'int8', [-1], variable)], [])]),
    expected:
      'Tensor "s" has a dimension that is known only at run time, which TensorFlow Lite Micro refuses. Convert the model with fixed shapes.',
  },
  {
    name: 'just what 32 bits count',
    input: model([graph([tensor('x', 'int8', [2 ** 31 - 1])], [])]),
    expected: undefined,
  },
  {
    name: 'one byte more',
    input: model([graph([tensor('x', 'int8', [2 ** 31])], [])]),
    expected: 'Tensor "x" has 2147483648 bytes, more than a 32-bit device can address. Choose a smaller model.',
  },
  {
    name: 'an intermediate tensor with a size',
    input: model([graph([tensor('x', 'int8', [1])], [{ ...operator('SVDF', [], []), intermediates: [0] }])]),
    expected:
      'Intermediate tensor "x" of SVDF has a size, which TensorFlow Lite Micro refuses. Convert the model again.',
  },
  {
    name: 'one without',
    input: model([graph([tensor('x', 'int8', [0])], [{ ...operator('SVDF', [], []), intermediates: [0, 7] }])]),
    expected: undefined,
  },
]);
