import { countPasses } from '../../../src/core/execute/meaning/countPasses';
import { byOtherTypes } from '../../../src/core/execute/meaning/otherTypes';
import { knownTensors } from '../../../src/core/execute/meaning/knownTensors';
import { shapeReport } from '../../../src/core/execute/meaning/shapeFindings';
import type { KernelInvocation } from '../../../src/core/execute/kernel';
import { kernels } from '../../../src/core/execute/kernels';
import { Value } from '../../../src/core/execute/value';
import type { DataType } from '../../../src/core/model/dataType';
import type { Graph, Model, Tensor } from '../../../src/core/model/model';
import { heldValues } from '../../../src/core/model/values/real';
import { encode } from '../../../src/core/model/values/stored';
import { graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';

/** What is told of models that were not run: how often loops turn, which shapes and contents there will be. */

type Numbers = readonly number[];

const whole = (name: string, shape: Numbers = [1]): Tensor => tensor(name, 'int32', shape);
const constant = (values: Numbers, shape: Numbers = [values.length]): Tensor =>
  tensor('c', 'int32', shape, { data: encode('int32', values) });

/** i, a comparison of it with a limit, and the answer. */
function condition(kind: string, limit: Tensor): Graph {
  return graph([whole('i'), limit, tensor('goes on', 'bool', [1])], [operator(kind, [0, 1], [2])], {
    name: 'condition',
    inputs: [0],
    outputs: [2],
  });
}

/** i and a number more, times, or less. */
function body(kind: string, by: Tensor): Graph {
  return graph([whole('i'), by, whole('next')], [operator(kind, [0, 1], [2])], {
    name: 'body',
    inputs: [0],
    outputs: [2],
  });
}

/** A loop that begins at a tensor of the main graph. */
function loop(start: Tensor, test: Graph, turn: Graph): Model {
  const run = operator('WHILE', [0], [1], {
    options: options('WhileOptions', { condSubgraphIndex: 1, bodySubgraphIndex: 2 }),
  });
  const inputs = start.data === undefined ? [0] : [];
  return model([graph([start, whole('y')], [run], { inputs, outputs: [1] }), test, turn]);
}

check('how often a loop turns', (one: Model) => countPasses(one, one.graphs[0].operators[0]), [
  {
    name: 'up to a limit',
    input: loop(constant([0]), condition('LESS', constant([10])), body('ADD', constant([1]))),
    expected: 10,
  },
  {
    name: 'a limit that counts itself',
    input: loop(constant([0]), condition('LESS_EQUAL', constant([10])), body('ADD', constant([1]))),
    expected: 11,
  },
  {
    // 0, 3, 6, 9.
    name: 'a limit that is jumped over',
    input: loop(constant([0]), condition('LESS', constant([10])), body('ADD', constant([3]))),
    expected: 4,
  },
  {
    // 5, 3, 1, -1.
    name: 'downwards',
    input: loop(constant([5]), condition('GREATER', constant([0])), body('SUB', constant([2]))),
    expected: 3,
  },
  {
    // 1, 2, 4 to 512.
    name: 'by doubling',
    input: loop(constant([1]), condition('LESS', constant([1000])), body('MUL', constant([2]))),
    expected: 10,
  },
  {
    name: 'not once',
    input: loop(constant([10]), condition('LESS', constant([10])), body('ADD', constant([1]))),
    expected: 0,
  },
  {
    name: 'until it meets one number',
    input: loop(constant([0]), condition('NOT_EQUAL', constant([6])), body('ADD', constant([2]))),
    expected: 3,
  },
  {
    name: 'one that begins at an input hangs on it',
    input: loop(whole('x'), condition('LESS', constant([10])), body('ADD', constant([1]))),
    expected: undefined,
  },
  {
    name: 'one without an end',
    input: loop(constant([0]), condition('GREATER_EQUAL', constant([0])), body('ADD', constant([0]))),
    expected: undefined,
  },
  {
    name: 'a graph that is not there',
    input: {
      ...loop(constant([0]), condition('LESS', constant([10])), body('ADD', constant([1]))),
      graphs: [
        ...loop(constant([0]), condition('LESS', constant([10])), body('ADD', constant([1]))).graphs.slice(0, 2),
      ],
    },
    expected: undefined,
  },
]);

/** The shape and content of each tensor that is known before the model runs, by name. */
function contents(one: Model): readonly (readonly [string, Numbers, Numbers?])[] | undefined {
  const known = knownTensors(one);
  return (
    known &&
    [...known].map(([index, { shape, value }]) => {
      const { name } = one.graphs[0].tensors[index];
      return value === undefined ? [name, shape] : [name, shape, [...heldValues(value)]];
    })
  );
}

const image = tensor('image', 'float32', [2, 3, 4]);

check('what is known before a model runs', contents, [
  {
    name: 'a shape is known without content',
    input: model(graph([image, whole('shape', [3])], [operator('SHAPE', [0], [1])], { inputs: [0], outputs: [1] })),
    expected: [['shape', [3], [2, 3, 4]]],
  },
  {
    // The second size of the image, and 5 more.
    name: 'what is computed of a shape',
    input: model(
      graph(
        [
          ...[image, whole('shape', [3]), constant([1]), constant([1]), whole('size', [1])],
          ...[constant([5]), whole('sum', [1])],
        ],
        [operator('SHAPE', [0], [1]), operator('SLICE', [1, 2, 3], [4]), operator('ADD', [4, 5], [6])],
        { inputs: [0], outputs: [6] },
      ),
    ),
    expected: [
      ['shape', [3], [2, 3, 4]],
      ['size', [1], [3]],
      ['sum', [1], [8]],
    ],
  },
  {
    name: 'an operator that only TF Lite has',
    input: model(
      graph(
        [constant([1], []), constant([7], []), constant([2], []), whole('range', [3])],
        [operator('RANGE', [0, 1, 2], [3])],
        { outputs: [3] },
      ),
    ),
    expected: [['range', [3], [1, 3, 5]]],
  },
  {
    name: 'content of an input is not known, its shape is',
    input: model(
      graph([image, tensor('y', 'float32', [2, 3, 4])], [operator('RELU', [0], [1])], { inputs: [0], outputs: [1] }),
    ),
    expected: [['y', [2, 3, 4]]],
  },
  {
    name: 'the shape that is made, not the declared one',
    input: model(
      graph([image, tensor('y', 'float32', [4, 3, 2])], [operator('RELU', [0], [1])], { inputs: [0], outputs: [1] }),
    ),
    expected: [['y', [2, 3, 4]]],
  },
  {
    name: 'what runs itself cannot be followed',
    input: model(
      graph(
        [tensor('c', 'bool', [1]), whole('x'), whole('y')],
        [
          operator('IF', [0, 1], [2], {
            options: options('IfOptions', { thenSubgraphIndex: 0, elseSubgraphIndex: 0 }),
          }),
        ],
        { inputs: [0, 1], outputs: [2] },
      ),
    ),
    expected: undefined,
  },
]);

/** Where a model makes other shapes than it declares: operator, output, declared and made shape, or why none. */
function findings(one: Model): readonly (readonly unknown[])[] {
  return shapeReport(one).findings.map(({ operator: { index }, declared, made, reason, computedInputs, pass }) => [
    index,
    declared,
    made ?? reason,
    ...(computedInputs.length > 0 ? [computedInputs] : []),
    ...(pass === undefined ? [] : [`pass ${pass}`]),
  ]);
}

/** One operator whose output the file declares to have a shape. */
function declared(kind: string, inputs: readonly Tensor[], shape: Numbers, values: Record<string, number> = {}): Model {
  const given = [...inputs.keys()].filter((index) => inputs[index].data === undefined);
  const only = operator(kind, [...inputs.keys()], [inputs.length], { options: options('', values) });
  return model(graph([...inputs, tensor('y', 'float32', shape)], [only], { inputs: given, outputs: [inputs.length] }));
}

const row = (...shape: Numbers): Tensor => tensor('x', 'float32', shape);

check('shapes that are not as declared', findings, [
  { name: 'as declared', input: declared('ADD', [row(2, 1), row(1, 3)], [2, 3]), expected: [] },
  { name: 'but for dimensions of 1', input: declared('ADD', [row(2, 1), row(1, 3)], [1, 2, 3]), expected: [] },
  { name: 'turned', input: declared('ADD', [row(2, 1), row(1, 3)], [3, 2]), expected: [[0, [3, 2], [2, 3]]] },
  {
    name: 'what does not fit',
    input: declared('ADD', [row(2), row(3)], [3]),
    expected: [[0, [3], 'the shapes [2] and [3] do not fit each other']],
  },
  {
    name: 'a join that is shorter than its parts',
    input: declared('CONCATENATION', [row(2, 2), row(2, 3)], [2, 4], { axis: 1 }),
    expected: [[0, [2, 4], [2, 5]]],
  },
  {
    name: 'a size that is computed while it runs',
    input: declared('BROADCAST_TO', [row(1), whole('sizes', [2])], [2, 3]),
    expected: [[0, [2, 3], [-1, -1], [1]]],
  },
  {
    // The second one follows from the first.
    name: 'only where it begins',
    input: model(
      graph([row(2), row(3), row(3)], [operator('RELU', [0], [1]), operator('RELU', [1], [2])], {
        inputs: [0],
        outputs: [2],
      }),
    ),
    expected: [[0, [3], [2]]],
  },
  {
    // The first pass makes two of one, the second four.
    name: 'a tensor that grows in a loop, from the first pass on',
    input: model([
      graph(
        [whole('i'), tensor('c', 'float32', [1], { data: encode('float32', [1]) }), whole('j'), row(1)],
        [
          operator('WHILE', [0, 1], [2, 3], {
            options: options('WhileOptions', { condSubgraphIndex: 1, bodySubgraphIndex: 2 }),
          }),
        ],
        { inputs: [0], outputs: [3] },
      ),
      graph([whole('i'), row(1), constant([3]), tensor('b', 'bool', [1])], [operator('LESS', [0, 2], [3])], {
        inputs: [0, 1],
        outputs: [3],
      }),
      graph(
        [whole('i'), row(1), constant([1]), whole('next'), row(1)],
        [
          operator('ADD', [0, 2], [3]),
          operator('CONCATENATION', [1, 1], [4], { options: options('ConcatenationOptions', { axis: 0 }) }),
        ],
        { inputs: [0, 1], outputs: [3, 4] },
      ),
    ]),
    expected: [[1, [1], [2], 'pass 1']],
  },
]);

interface Other {
  readonly kind: string;
  readonly inputs: readonly (readonly [tensor: Tensor, stored: Numbers])[];
  readonly output: Tensor;
  readonly options?: Readonly<Record<string, number>>;
}

/** The stored values of an operator whose types TFLM has no kernel for. */
function otherwise({ kind, inputs, output, options: values = {} }: Other): Numbers {
  const given = inputs.map(([of, stored]) => {
    const value = new Value(of, of.shape);
    value.bytes.set(encode(of.type, stored)!);
    return value;
  });
  const result = new Value(output, output.shape);
  const call: KernelInvocation = {
    operator: operator(kind, [...inputs.keys()], [inputs.length], { options: options('', values) }),
    rounding: 'double',
    inputs: given,
    outputs: [result],
    intermediates: [],
    machine: {} as KernelInvocation['machine'],
  };
  byOtherTypes(kernels[kind])(call)();
  return [...heldValues(result)].map(Number);
}

const scaled = (type: DataType, shape: Numbers, scale: number, zeroPoint = 0): Tensor =>
  tensor('t', type, shape, { quantization: quantized(scale, zeroPoint) });

check('types that TFLM has no kernel for', otherwise, [
  {
    // 2 x 1.5 = 3 of steps of 2: 1.5 is rounded to 2; -2 x 1.5 to -2.
    name: 'real numbers, rounded once at the end',
    input: {
      kind: 'MUL',
      inputs: [
        [scaled('uint8', [2], 0.5, 10), [14, 6]],
        [scaled('uint8', [1], 0.25, 0), [6]],
      ],
      output: scaled('uint8', [2], 2, 100),
    },
    expected: [102, 98],
  },
  {
    name: 'real numbers at both ends',
    input: {
      kind: 'ADD',
      inputs: [
        [scaled('uint8', [2], 1, 128), [255, 0]],
        [scaled('uint8', [2], 1, 128), [255, 0]],
      ],
      output: scaled('uint8', [2], 1, 128),
    },
    expected: [255, 0],
  },
  {
    name: 'floats of 16 bits',
    input: {
      kind: 'SUB',
      inputs: [
        [tensor('a', 'float16', [2]), [1.5, -2]],
        [tensor('b', 'float16', [1]), [0.25]],
      ],
      output: tensor('y', 'float16', [2]),
    },
    expected: [1.25, -2.25],
  },
  {
    name: 'indices of 64 bits',
    input: {
      kind: 'GATHER',
      inputs: [
        [tensor('a', 'float32', [3]), [5, 6, 7]],
        [tensor('i', 'int64', [2]), [2, 0]],
      ],
      output: tensor('y', 'float32', [2]),
      options: { axis: 0 },
    },
    expected: [7, 5],
  },
  {
    name: 'a place of 64 bits as a result',
    input: {
      kind: 'ARG_MAX',
      inputs: [
        [tensor('a', 'float32', [2, 3]), [5, 6, 7, 9, 6, 7]],
        [tensor('axis', 'int32', [1]), [1]],
      ],
      output: tensor('y', 'int64', [2]),
    },
    expected: [2, 0],
  },
]);
