import type { Limits } from '../../src/core/estimate/budget';
import { estimate } from '../../src/core/estimate/estimate';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import type { Model } from '../../src/core/model/model';
import { supportOf } from '../../src/core/operators/operators';
import type { RuleChoice } from '../../src/core/rules/choice';
import { findProblems, rules } from '../../src/core/rules/rules';
import { floats, graph, model, operator, options, quantized, tensor } from '../support/build';
import { check } from '../support/check';

interface Case {
  readonly model: Model;
  readonly board?: string;
  readonly limits?: Limits;
  readonly rules?: RuleChoice;
}

/** The findings as `severity code (operator): message`. */
function problemsOf({ model: input, board, limits = {}, rules: choice = {} }: Case): readonly string[] {
  const { target } = resolveTarget({ board, runtime: 'tflm-reference' });
  const estimated = estimate(input, 'a.tflite', target, limits);
  const support = new Map(estimated.placed.map(({ operator: each, graph: of }) => [each, supportOf(each, of)]));
  return findProblems({ model: input, target, limits, estimate: estimated, support }, choice).map(
    ({ severity, code, operator: index, message }) =>
      `${severity} ${code}${index === undefined ? '' : ` (${index})`}: ${message}`,
  );
}

const relu = (input: number, output: number): ReturnType<typeof operator> => operator('RELU', [input], [output]);

/** 1,000 int8 elements through two RELUs: 1,008 + 1,008 bytes planned at once. */
const thousand: Model = model(
  graph(
    [
      tensor('x', 'int8', [1, 1000], { quantization: quantized(1) }),
      tensor('a/Relu', 'int8', [1, 1000], { quantization: quantized(1) }),
      tensor('b/Relu', 'int8', [1, 1000], { quantization: quantized(1) }),
    ],
    [relu(0, 1), relu(1, 2)],
    { inputs: [0], outputs: [2] },
  ),
  { fileBytes: 2048 },
);

const { report } = estimate(thousand, 'a.tflite', resolveTarget({ runtime: 'tflm-reference' }).target, {});
const arenaBytes = report.arena?.minimumBytes ?? 0;
const flashBytes = report.flash?.totalBytes ?? 0;

check('rules: budgets', problemsOf, [
  { name: 'no board and no limits: no budget problem', input: { model: thousand }, expected: [] },
  {
    name: 'exactly fitting is fitting',
    input: { model: thousand, limits: { ramBytes: arenaBytes, flashBytes } },
    expected: [],
  },
  {
    name: 'one byte too much RAM',
    input: { model: thousand, limits: { ramBytes: arenaBytes - 1 } },
    expected: [
      `error arena-over-region: The model needs an arena of ${arenaBytes.toLocaleString('en-US')} bytes, 1 byte more than the ${(arenaBytes - 1).toLocaleString('en-US')} bytes of the budget. The peak is at a. Make the model smaller there, or choose another region or board.`,
      `error arena-over-region (0): The planned memory peaks here, with 2,016 bytes in use at once; the arena is 1 byte too large for the budget.`,
    ],
  },
  {
    name: 'one byte too much flash',
    input: { model: thousand, limits: { flashBytes: flashBytes - 1 } },
    expected: [
      `error flash-over: Model and runtime take ${flashBytes.toLocaleString('en-US')} bytes of flash, 1 byte more than the ${(flashBytes - 1).toLocaleString('en-US')} bytes there are; 2,048 bytes of them are the model. Quantize or prune it, or choose a board with more flash.`,
    ],
  },
  {
    name: 'a rule that is off is silent',
    input: { model: thousand, limits: { flashBytes: 1 }, rules: { 'flash-over': 'off' } },
    expected: [],
  },
  {
    name: 'an excepted layer is silent, the model is not',
    input: {
      model: thousand,
      limits: { ramBytes: arenaBytes - 1 },
      rules: { 'arena-over-region': { severity: 'hint', except: ['a'] } },
    },
    expected: [
      `hint arena-over-region: The model needs an arena of ${arenaBytes.toLocaleString('en-US')} bytes, 1 byte more than the ${(arenaBytes - 1).toLocaleString('en-US')} bytes of the budget. The peak is at a. Make the model smaller there, or choose another region or board.`,
    ],
  },
]);

const one = (kind: string, code?: string): Model =>
  model(
    graph(
      [tensor('x', 'float32', [1, 4]), tensor('y', 'float32', [1, 4])],
      [operator(kind, [0], [1], { customCode: code })],
      {
        inputs: [0],
        outputs: [1],
      },
    ),
  );

/** A fully-connected layer with these weights. */
const dense = (input: Model['graphs'][0]['tensors'][0], weights: Model['graphs'][0]['tensors'][0]): Model =>
  model(
    graph(
      [input, weights, tensor('y', input.type, [1, 2], { quantization: input.quantization })],
      [
        operator('FULLY_CONNECTED', [0, 1], [2], {
          options: options('FullyConnectedOptions', { fusedActivationFunction: 'NONE' }),
        }),
      ],
      { inputs: [0], outputs: [2] },
    ),
  );

const int8 = quantized(0.5, 0);
const codesOf = (input: Case): readonly string[] =>
  problemsOf(input).map((problem) => problem.slice(0, problem.indexOf(':')));

check('rules: what TFLM refuses', codesOf, [
  {
    name: 'an operator without a kernel',
    input: { model: one('REVERSE_SEQUENCE') },
    expected: ['error operator-unsupported (0)'],
  },
  {
    name: 'a custom operator',
    input: { model: one('CUSTOM', 'Mine') },
    expected: ['error operator-custom-unknown (0)'],
  },
  {
    name: 'float activations and int8 weights',
    input: {
      model: dense(
        tensor('x', 'float32', [1, 4]),
        tensor('w', 'int8', [2, 4], { data: new Uint8Array(8), quantization: int8 }),
      ),
    },
    expected: ['error hybrid-operator (0)'],
  },
  {
    name: 'half-precision weights',
    input: {
      model: dense(tensor('x', 'float32', [1, 4]), tensor('w', 'float16', [2, 4], { data: new Uint8Array(16) })),
    },
    expected: ['error float16-unsupported (0)'],
  },
  {
    name: 'the older 8-bit quantization',
    input: {
      model: dense(
        tensor('x', 'uint8', [1, 4], { quantization: int8 }),
        tensor('w', 'uint8', [2, 4], { data: new Uint8Array(8), quantization: int8 }),
      ),
    },
    expected: ['error uint8-unsupported (0)'],
  },
  {
    name: 'half precision beside the older quantization has its own repair alone',
    input: {
      model: dense(
        tensor('x', 'uint8', [1, 4], { quantization: int8 }),
        tensor('w', 'float16', [2, 4], { data: new Uint8Array(16) }),
      ),
    },
    expected: ['error float16-unsupported (0)'],
  },
  {
    name: 'the older quantization of the first tensor alone',
    input: {
      model: model(
        graph(
          [
            tensor('x', 'uint8', [1, 4], { quantization: int8 }),
            tensor('w', 'int8', [2, 4], { data: new Uint8Array(8), quantization: int8 }),
            tensor('y', 'int8', [1, 2], { quantization: int8 }),
          ],
          [operator('FULLY_CONNECTED', [0, 1], [2], { options: options('FullyConnectedOptions', {}) })],
          { inputs: [0], outputs: [2] },
        ),
      ),
    },
    expected: ['error uint8-unsupported (0)'],
  },
  {
    name: 'a type that no repair is known for',
    input: {
      model: dense(tensor('x', 'float64', [1, 4]), tensor('w', 'float64', [2, 4], { data: new Uint8Array(64) })),
    },
    expected: ['error type-unsupported (0)'],
  },
  {
    name: 'a scale per output channel of a dense layer',
    input: {
      model: dense(
        tensor('x', 'int8', [1, 4], { quantization: int8 }),
        tensor('w', 'int8', [2, 4], { data: new Uint8Array(8), quantization: quantized([0.1, 0.2]) }),
      ),
    },
    expected: ['warning per-channel-dense (0)'],
  },
  {
    name: 'nothing to say about an int8 layer',
    input: {
      model: dense(
        tensor('x', 'int8', [1, 4], { quantization: int8 }),
        tensor('w', 'int8', [2, 4], { data: new Uint8Array(8), quantization: int8 }),
      ),
    },
    expected: [],
  },
]);

/** One operator from a quantized value to another. */
const from = (kind: string, y: ReturnType<typeof quantized>): Case => ({
  model: model(
    graph(
      [tensor('x', 'int8', [1, 4], { quantization: int8 }), tensor('y', 'int8', [1, 4], { quantization: y })],
      [operator(kind, [0], [1])],
      { inputs: [0], outputs: [1] },
    ),
  ),
});

check('rules: known faults of kernels', codesOf, [
  { name: 'a wrong answer is an error', input: from('TANH', quantized(1 / 64)), expected: ['error kernel-fault (0)'] },
  { name: 'a right one is none', input: from('TANH', quantized(1 / 128)), expected: [] },
  { name: 'inputs that are refused are a warning', input: from('RSQRT', int8), expected: ['warning kernel-fault (0)'] },
]);

/** Two operators over x, a and b: inputs and outputs of each. */
const twoSteps = (...steps: readonly (readonly [readonly number[], readonly number[]])[]): Case => ({
  model: model(
    graph(
      ['x', 'a', 'b'].map((name) => tensor(name, 'int8', [1, 4], { quantization: int8 })),
      steps.map(([inputs, outputs]) => operator('RELU', inputs, outputs)),
      { inputs: [0], outputs: [2] },
    ),
  ),
});

check('rules: operators in no order', problemsOf, [
  { name: 'one after the other', input: twoSteps([[0], [1]], [[1], [2]]), expected: [] },
  {
    name: 'the wrong way round',
    input: twoSteps([[1], [2]], [[0], [1]]),
    expected: [
      'error operator-order (0): "a" is read here, but it is written only by operator 1 (RELU), which runs later: the board computes with what happens to lie in memory. Convert the model again.',
    ],
  },
  {
    name: 'from nowhere',
    input: twoSteps([[1], [2]]),
    expected: [
      'error operator-order (0): "a" is read here, but it is no input of the graph and no constant, and no operator writes it: the board computes with what happens to lie in memory. Convert the model again.',
    ],
  },
  {
    name: 'into a constant',
    input: {
      model: model(
        graph(
          [tensor('x', 'float32', [1, 2]), floats('c', [1, 2], [1, 2]), tensor('y', 'float32', [1, 2])],
          [relu(0, 1), relu(1, 2)],
          { inputs: [0], outputs: [2] },
        ),
      ),
    },
    expected: [
      'error operator-order (0): "c" is written here, but the file holds a constant for it: the board would write into the model, which lies in flash. Convert the model again.',
    ],
  },
  {
    name: 'into itself',
    input: twoSteps([[0], [0]], [[0], [2]]),
    expected: [
      'error operator-order (0): "x" is an input and an output of the same operator, which overwrites values that it may still have to read. Convert the model again so that each operator writes a tensor of its own.',
    ],
  },
]);

check('rules: declared shapes', problemsOf, [
  {
    name: 'what the interpreter refuses is said once',
    input: {
      model: model(
        graph([tensor('x', 'int8', [2, 3]), tensor('y', 'int8', [1, 3])], [operator('RESHAPE', [0], [1])], {
          inputs: [0],
          outputs: [1],
        }),
      ),
    },
    expected: [
      'error shape-unsupported (0): RESHAPE turns int8[2,3] into int8[1,3], but keeps the number of values; convert the model again.',
    ],
  },
  {
    name: 'what the interpreter takes and answers wrongly',
    input: {
      model: model(
        graph([tensor('x', 'float32', [2, 3]), tensor('y', 'float32', [1, 3])], [operator('RELU', [0], [1])], {
          inputs: [0],
          outputs: [1],
        }),
      ),
    },
    expected: [
      'error shape-contradiction (0): RELU makes [2,3] of its inputs, but the file declares [1,3], which TensorFlow Lite Micro believes: the board computes a part only and answers wrongly, without a word. Convert the model again with a fixed batch of 1.',
    ],
  },
]);

check('rules: what quantization would save', problemsOf, [
  {
    name: 'a float layer',
    input: { model: dense(tensor('x', 'float32', [1, 4]), floats('w', [2, 4], [1, 2, 3, 4, 5, 6, 7, 8])) },
    expected: [
      'information float-model: The model computes in float32: its weights take 32 bytes, four times what they take as int8, and so do its activations. Quantize it to int8.',
    ],
  },
  { name: 'float operators without weights', input: { model: one('RELU') }, expected: [] },
]);

check('rules: the list', (input: 'codes' | 'sentences') => (input === 'codes' ? repeatedCodes() : brokenSentences()), [
  { name: 'every code once, in kebab case', input: 'codes', expected: [] },
  { name: 'every documentation is a sentence', input: 'sentences', expected: [] },
]);

function repeatedCodes(): readonly string[] {
  const codes = rules.map(({ code }) => code);
  return codes.filter((code, index) => codes.indexOf(code) !== index || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code));
}

function brokenSentences(): readonly string[] {
  return rules.filter(({ documentation }) => !/^[A-Z].*\.$/.test(documentation)).map(({ code }) => code);
}

/** A graph for each list of pairs: graphs that an IF runs. */
const branching = (...calls: readonly (readonly (readonly [number, number])[])[]): Model =>
  model(
    calls.map((pairs, index) =>
      graph(
        [tensor('which', 'bool', [1]), tensor('x', 'float32', [1, 4]), tensor('y', 'float32', [1, 4])],
        pairs.length === 0
          ? [operator('ABS', [1], [2])]
          : pairs.map(([thenSubgraphIndex, elseSubgraphIndex]) =>
              operator('IF', [0, 1], [2], { options: options('IfOptions', { thenSubgraphIndex, elseSubgraphIndex }) }),
            ),
        { name: `g${index}`, inputs: [0, 1], outputs: [2] },
      ),
    ),
  );
const circle = (name: string): string =>
  `error graph-circle (0): IF calls a graph that runs the graph "${name}" again, and so on without end: the board stops in AllocateTensors(). Unroll the recursion before the model is converted.`;

check(
  'rules: graphs that call each other',
  (input: Model) => problemsOf({ model: input }).filter((each) => each.includes('graph-circle')),
  [
    { name: 'none that leads back', input: branching([[1, 2]], [[2, 2]], []), expected: [] },
    { name: 'one that runs itself', input: branching([[0, 1]], []), expected: [circle('g0')] },
    { name: 'two that run each other', input: branching([[1, 2]], [[0, 2]], []), expected: [circle('g1')] },
    { name: 'a circle that nothing runs', input: branching([], [[1, 1]]), expected: [] },
    { name: 'two ways to the same', input: branching([[1, 1]], [[3, 2]], [[3, 3]], []), expected: [] },
  ],
);
