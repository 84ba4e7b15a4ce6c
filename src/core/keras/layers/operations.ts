import { dimensionsIn, isList, isOn, numberOf, numbersIn, numbersOf } from '../configValues';
import { axisFromFront, broadcastShapes, mapDimension, productOf } from '../dimensions';
import type { KerasArgument, KerasDimension, KerasShape, KerasValue } from '../kerasModel';
import { getItem } from './getItem';
import { parameter, required, sameShape, type LayerKind, type LayerParameter, type LayerUse } from './layerKind';
import { concatenated } from './merging';
import { moreOperations } from './moreOperations';
import { reshaped } from './reshaping';

/** Operations of `keras.ops` and Python's operators on tensors, under the names that Keras 3 saves them by. */

interface OperationFacts {
  readonly parameters?: readonly LayerParameter[];
  readonly inputs?: readonly string[];
  readonly outputs: LayerKind['outputs'];
}

const operation = (className: string, functions: string, facts: OperationFacts): LayerKind => ({
  className,
  functions: functions.split(' '),
  isOperation: true,
  inputs: facts.inputs ?? ['x'],
  parameters: facts.parameters ?? [],
  outputs: facts.outputs,
});

const elementwise = (className: string, functions: string, parameters: readonly LayerParameter[] = []): LayerKind =>
  operation(className, functions, { parameters, outputs: sameShape });

/** Of two tensors, or of one and a number or a list of numbers. */
const binary = (className: string, functions: string): LayerKind =>
  operation(className, functions, {
    inputs: ['x1', 'x2'],
    outputs: ({ inputs, positional = [], named }) => {
      const plain = [...positional, ...(named?.values() ?? [])].filter((argument) => !isTensorArgument(argument));
      return [broadcastShapes([...inputs, ...plain.map((argument) => literalShape(argument as KerasValue))])];
    },
  });

function isTensorArgument(argument: KerasArgument): boolean {
  return typeof argument === 'object' && argument !== null && ('tensor' in argument || 'list' in argument);
}

/** Shape of a constant written as nested lists. */
function literalShape(value: KerasValue | undefined): readonly number[] {
  return isList(value) ? [value.length, ...literalShape(value[0])] : [];
}

function withLength(shape: readonly KerasDimension[], axis: number, length: KerasDimension): readonly KerasDimension[] {
  return shape.map((each, place) => (place === axis ? length : each));
}

const axis = (value: KerasValue): LayerParameter => parameter('axis', value);
const keepdims = parameter('keepdims', false);

const reduction = (className: string, functions: string): LayerKind =>
  operation(className, functions, { parameters: [axis(null), keepdims], outputs: (use) => [reducedShape(use)] });

function reducedShape({ config, inputs: [input] }: LayerUse): KerasShape {
  const keeps = isOn(config, 'keepdims');
  if (input === undefined || keeps === undefined || config.get('axis') === undefined) return undefined;
  const axes = config.get('axis') === null ? input.map((_, each) => each) : numbersOf(config, 'axis');
  const front = axes?.map((each) => axisFromFront(each, input.length));
  if (front === undefined) return undefined;
  return keeps
    ? input.map((length, each) => (front.includes(each) ? 1 : length))
    : input.filter((_, each) => !front.includes(each));
}

const reshape = operation('Reshape', 'reshape', {
  parameters: [required('newshape')],
  outputs({ config, inputs: [input] }) {
    const target = dimensionsIn(config.get('newshape'));
    if (input === undefined || target === undefined) return [undefined];
    return [reshaped(input, target).map((length, each) => openBatch(length, each, input, target))];
  },
});

/** A batch that stays open: what -1 stands for where only the batch is open on both sides is not a number. */
function openBatch(
  length: KerasDimension,
  each: number,
  input: readonly KerasDimension[],
  target: readonly KerasDimension[],
): KerasDimension {
  return target[each] === -1 && input.includes(null) ? null : length;
}

const expandDims = operation('ExpandDims', 'expand_dims', {
  parameters: [required('axis')],
  outputs({ config, inputs: [input] }) {
    const axes = numbersOf(config, 'axis');
    if (input === undefined || axes === undefined) return [undefined];
    const rank = input.length + axes.length;
    const added = axes.map((each) => axisFromFront(each, rank));
    const rest = [...input];
    return [Array.from({ length: rank }, (_, each) => (added.includes(each) ? 1 : rest.shift()))];
  },
});

const squeeze = operation('Squeeze', 'squeeze', {
  parameters: [axis(null)],
  outputs({ config, inputs: [input] }) {
    if (input === undefined || config.get('axis') === undefined) return [undefined];
    const axes = numbersOf(config, 'axis')?.map((each) => axisFromFront(each, input.length));
    return [input.filter((length, each) => (axes === undefined ? length !== 1 : !axes.includes(each)))];
  },
});

const transpose = operation('Transpose', 'transpose permute_dims', {
  parameters: [parameter('axes', null)],
  outputs({ config, inputs: [input] }) {
    if (input === undefined || config.get('axes') === undefined) return [undefined];
    const order =
      config.get('axes') === null ? input.map((_, each) => input.length - 1 - each) : numbersOf(config, 'axes');
    return [order?.map((each) => input.at(each))];
  },
});

const concatenate = operation('Concatenate', 'concatenate concat', {
  inputs: ['xs[]'],
  parameters: [axis(0)],
  outputs: ({ config, inputs }) => [concatenated(inputs, numberOf(config, 'axis'))],
});

const stack = operation('Stack', 'stack', {
  inputs: ['xs[]'],
  parameters: [axis(0)],
  outputs({ config, inputs }) {
    const [first, place] = [inputs.at(0), numberOf(config, 'axis')];
    const front = first && place !== undefined ? axisFromFront(place, first.length + 1) : undefined;
    return [
      first && front !== undefined ? [...first.slice(0, front), inputs.length, ...first.slice(front)] : undefined,
    ];
  },
});

/** Parts of one split that are followed. */
const mostParts = 10_000;

const split = operation('Split', 'split', {
  parameters: [required('indices_or_sections'), axis(0)],
  outputs({ config, inputs: [input] }) {
    const [sections, place] = [config.get('indices_or_sections'), numberOf(config, 'axis')];
    const front = input && place !== undefined ? axisFromFront(place, input.length) : undefined;
    if (input === undefined || front === undefined) return [];
    const length = input[front];
    if (typeof sections === 'number') {
      if (sections > mostParts) return [];
      const part = mapDimension(length, (known) => known / sections);
      return Array.from({ length: sections }, () => withLength(input, front, part));
    }
    // A cut may be counted from the end.
    const cuts = numbersIn(sections)?.map((cut) => (cut < 0 && typeof length === 'number' ? cut + length : cut));
    if (cuts === undefined) return [];
    return [0, ...cuts].map((start, index) =>
      withLength(
        input,
        front,
        index < cuts.length ? cuts[index] - start : mapDimension(length, (known) => known - start),
      ),
    );
  },
});

const pad = operation('Pad', 'pad', {
  parameters: [required('pad_width'), parameter('mode', 'constant'), parameter('constant_values', null)],
  outputs({ config, inputs: [input] }) {
    const widths = config.get('pad_width');
    if (input === undefined || !isList(widths)) return [undefined];
    const pairs = widths.map((pair) => numbersIn(pair));
    const changed = input.map((length, each): KerasDimension => {
      const pair = pairs.length === 1 ? pairs[0] : pairs.at(each);
      return pair === undefined
        ? undefined
        : mapDimension(length, (known) => known + pair[0] + (pair.at(1) ?? pair[0]));
    });
    return [changed];
  },
});

/** TensorFlow's own function turns its tensors where it is asked to, that of Keras does not. */
const matmul = operation('Matmul', 'matmul', {
  inputs: ['x1', 'x2'],
  parameters: [parameter('transpose_a', false), parameter('transpose_b', false)],
  outputs({ config, inputs: [first, second] }) {
    if (first === undefined || second === undefined || first.length < 2 || second.length < 2) return [undefined];
    const batch = broadcastShapes([first.slice(0, -2), second.slice(0, -2)]);
    const [rows, columns] = [isOn(config, 'transpose_a') ? -1 : -2, isOn(config, 'transpose_b') ? -2 : -1];
    return [batch && [...batch, first.at(rows), second.at(columns)]];
  },
});

const repeat = operation('Repeat', 'repeat', {
  parameters: [required('repeats'), axis(null)],
  outputs({ config, inputs: [input] }) {
    const [repeats, place] = [numberOf(config, 'repeats'), config.get('axis')];
    if (input === undefined || repeats === undefined || place === undefined) return [undefined];
    if (place === null) return [[mapDimension(productOf(input), (count) => count * repeats)]];
    const front = typeof place === 'number' ? axisFromFront(place, input.length) : undefined;
    return [
      front === undefined
        ? undefined
        : withLength(
            input,
            front,
            mapDimension(input[front], (known) => known * repeats),
          ),
    ];
  },
});

const tile = operation('Tile', 'tile', {
  parameters: [required('repeats')],
  outputs({ config, inputs: [input] }) {
    const repeats = numbersOf(config, 'repeats');
    if (input === undefined || repeats?.length !== input.length) return [undefined];
    return [input.map((length, each) => mapDimension(length, (known) => known * repeats[each]))];
  },
});

const argument = (className: string, functions: string): LayerKind =>
  operation(className, functions, { parameters: [axis(null), keepdims], outputs: (use) => [reducedShape(use)] });

export const operations: readonly LayerKind[] = [
  binary('Add', 'add'),
  binary('Subtract', 'subtract'),
  binary('Multiply', 'multiply'),
  binary('TrueDivide', 'true_divide'),
  binary('Divide', 'divide'),
  binary('FloorDivide', 'floor_divide'),
  binary('Mod', 'mod'),
  binary('Power', 'power'),
  binary('Maximum', 'maximum'),
  binary('Minimum', 'minimum'),
  binary('Greater', 'greater'),
  binary('GreaterEqual', 'greater_equal'),
  binary('Less', 'less'),
  binary('LessEqual', 'less_equal'),
  binary('Equal', 'equal'),
  binary('NotEqual', 'not_equal'),
  elementwise('Negative', 'negative'),
  elementwise('Absolute', 'absolute abs'),
  elementwise('Abs', 'abs'),
  elementwise('Exp', 'exp'),
  elementwise('Log', 'log'),
  elementwise('Sqrt', 'sqrt'),
  elementwise('Rsqrt', 'rsqrt'),
  elementwise('Square', 'square'),
  elementwise('Sin', 'sin'),
  elementwise('Cos', 'cos'),
  elementwise('Round', 'round'),
  elementwise('Floor', 'floor'),
  elementwise('Ceil', 'ceil'),
  elementwise('Sign', 'sign'),
  elementwise('Relu', 'relu'),
  elementwise('Relu6', 'relu6'),
  elementwise('Sigmoid', 'sigmoid'),
  elementwise('HardSigmoid', 'hard_sigmoid'),
  elementwise('Tanh', 'tanh'),
  elementwise('Silu', 'silu swish'),
  elementwise('HardSilu', 'hard_silu hard_swish'),
  elementwise('Gelu', 'gelu', [parameter('approximate', true)]),
  elementwise('Elu', 'elu', [parameter('alpha', 1)]),
  elementwise('Selu', 'selu'),
  elementwise('Softplus', 'softplus'),
  elementwise('Softsign', 'softsign'),
  elementwise('LeakyRelu', 'leaky_relu', [parameter('negative_slope', 0.2)]),
  elementwise('Softmax', 'softmax', [axis(-1)]),
  elementwise('LogSoftmax', 'log_softmax', [axis(-1)]),
  elementwise('Cast', 'cast', [required('dtype')]),
  elementwise('Clip', 'clip', [required('x_min'), required('x_max')]),
  elementwise('Flip', 'flip', [axis(null)]),
  elementwise('StopGradient', 'stop_gradient'),
  elementwise('Copy', 'copy'),
  elementwise('Identity', 'identity'),
  elementwise('Cumsum', 'cumsum', [axis(null)]),
  reduction('Mean', 'mean'),
  reduction('Max', 'max amax'),
  reduction('Min', 'min amin'),
  reduction('Sum', 'sum'),
  reduction('Prod', 'prod'),
  reduction('Var', 'var'),
  reduction('Std', 'std'),
  argument('Argmax', 'argmax'),
  argument('Argmin', 'argmin'),
  reshape,
  expandDims,
  squeeze,
  transpose,
  concatenate,
  stack,
  split,
  pad,
  matmul,
  repeat,
  tile,
  getItem,
  ...moreOperations,
];
