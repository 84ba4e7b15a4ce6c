import { runsBetween, shapeOf, sizeOf } from '../layout';
import type { Computed } from '../folding';
import type { Lowering } from '../lowering';
import { axisIn, numberOf, refused, textOf } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import { NodeWriter } from './nodeWriter';

/** Lowers a node of the names that others have. */
type Lower = (node: OnnxNode, lowering: Lowering) => void;

/** A number, an earlier step or an input of the node: operands of steps. */
type Operand = number | string;

/** One step of a node that is several operators. */
type Step = readonly [kind: string, operands: readonly Operand[], name?: string];

/** The steps of a node, the last of which gives its output; `x` is its input, names are those of earlier steps. */
function stepsOf(node: OnnxNode): readonly Step[] | undefined {
  switch (node.kind) {
    case 'HardSigmoid': {
      // clip(alpha x + beta, 0, 1), as a sixth of what RELU6 clips.
      const [alpha, beta] = [numberOf(node, 'alpha', 0.2), numberOf(node, 'beta', 0.5)];
      const scaled: readonly Step[] = Math.abs(6 * alpha - 1) < 1e-6 ? [] : [['Mul', ['x', 6 * alpha], 'scaled']];
      return [
        ...scaled,
        ['AddRelu6', [scaled.length === 0 ? 'x' : 'scaled', 6 * beta], 'held'],
        ['Mul', ['held', 1 / 6]],
      ];
    }
    case 'Softplus':
      // log(1 + exp(x)) is x from 20 on, to the last place of a float, and its power soon beyond what floats hold.
      return [
        ['Min', ['x', 20], 'held'],
        ['Exp', ['held'], 'power'],
        ['Add', ['power', 1], 'sum'],
        ['Log', ['sum'], 'log'],
        ['Max', ['log', 'x']],
      ];
    case 'Tan':
      return [
        ['Sin', ['x'], 'sine'],
        ['Cos', ['x'], 'cosine'],
        ['Div', ['sine', 'cosine']],
      ];
    case 'IsNaN':
      return [['NotEqual', ['x', 'x']]];
    case 'Sign':
      return [
        ['Mul', ['x', 1e30], 'large'],
        ['Min', ['large', 1], 'most'],
        ['Max', ['most', -1]],
      ];
    case 'Softsign':
      return [
        ['Abs', ['x'], 'size'],
        ['Add', ['size', 1], 'sum'],
        ['Div', ['x', 'sum']],
      ];
    case 'Mish':
      return [
        ...([
          ['Exp', ['x'], 'power'],
          ['Add', ['power', 1], 'sum'],
          ['Log', ['sum'], 'plus'],
        ] as const),
        ...([
          ['Tanh', ['plus'], 'share'],
          ['Mul', ['x', 'share']],
        ] as const),
      ];
    case 'Reciprocal':
      return [['Div', [1, 'x']]];
    case 'Erf':
      return erf('x', undefined);
    case 'Gelu':
      return gelu(textOf(node, 'approximate', 'none') === 'tanh');
    case 'Elu':
      return elu(numberOf(node, 'alpha', 1), 1);
    case 'Celu':
      return celu(numberOf(node, 'alpha', 1));
    case 'Selu':
      return elu(numberOf(node, 'alpha', 1.6732632), numberOf(node, 'gamma', 1.050701));
    default:
      return undefined;
  }
}

/**
 * The error function by Abramowitz and Stegun 7.1.26, which is off by 1.5e-7 at most: TFLM has no kernel for it. The
 * sign of x is x times a large number, held between -1 and 1.
 */
function erf(x: string, name: string | undefined): readonly Step[] {
  const [p, a1, a2, a3, a4, a5] = [0.3275911, 0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429];
  return [
    ...([
      ['Abs', [x], 'size'],
      ['Mul', ['size', p], 'e1'],
      ['Add', ['e1', 1], 'e2'],
      ['Div', [1, 'e2'], 't'],
    ] as const),
    ...([
      ['Mul', ['t', a5], 'p5'],
      ['Add', ['p5', a4], 'q4'],
      ['Mul', ['q4', 't'], 'p4'],
      ['Add', ['p4', a3], 'q3'],
    ] as const),
    ...([
      ['Mul', ['q3', 't'], 'p3'],
      ['Add', ['p3', a2], 'q2'],
      ['Mul', ['q2', 't'], 'p2'],
      ['Add', ['p2', a1], 'q1'],
    ] as const),
    ...([
      ['Mul', ['q1', 't'], 'series'],
      ['Mul', ['size', 'size'], 'square'],
      ['Mul', ['square', -1], 'power'],
    ] as const),
    ...([
      ['Exp', ['power'], 'bell'],
      ['Mul', ['series', 'bell'], 'tail'],
      ['Sub', [1, 'tail'], 'body'],
    ] as const),
    ...([
      ['Mul', [x, 1e30], 'large'],
      ['Min', ['large', 1], 'most'],
      ['Max', ['most', -1], 'sign'],
    ] as const),
    ['Mul', ['body', 'sign'], name],
  ];
}

function gelu(isTanh: boolean): readonly Step[] {
  const half: readonly Step[] = [
    ['Add', ['share', 1], 'both'],
    ['Mul', ['x', 'both'], 'twice'],
    ['Mul', ['twice', 0.5]],
  ];
  if (!isTanh) return [['Mul', ['x', Math.SQRT1_2], 'y'], ...erf('y', 'share'), ...half];
  return [
    ...([
      ['Mul', ['x', 'x'], 'square'],
      ['Mul', ['square', 0.044715], 'cubic'],
      ['Add', ['cubic', 1], 'inner'],
    ] as const),
    ...([
      ['Mul', ['x', Math.sqrt(2 / Math.PI)], 'scaled'],
      ['Mul', ['scaled', 'inner'], 'y'],
      ['Tanh', ['y'], 'share'],
    ] as const),
    ...half,
  ];
}

/** ELU, whose part below zero is scaled by what MINIMUM leaves of it. */
function elu(alpha: number, gamma: number): readonly Step[] {
  if (alpha === 1 && gamma === 1) return [['EluKernel', ['x']]];
  return [
    ...([
      ['EluKernel', ['x'], 'elu'],
      ['Min', ['elu', 0], 'below'],
      ['Mul', ['below', alpha * gamma], 'scaled'],
    ] as const),
    ...([
      ['Relu', ['x'], 'above'],
      ['Mul', ['above', gamma], 'raised'],
      ['Add', ['raised', 'scaled']],
    ] as const),
  ];
}

function celu(alpha: number): readonly Step[] {
  return [
    ...([
      ['Mul', ['x', 1 / alpha], 'y'],
      ['EluKernel', ['y'], 'elu'],
      ['Min', ['elu', 0], 'below'],
    ] as const),
    ...([
      ['Mul', ['below', alpha], 'scaled'],
      ['Relu', ['x'], 'above'],
      ['Add', ['above', 'scaled']],
    ] as const),
  ];
}

export const composedKinds = [
  'HardSigmoid',
  'Softplus',
  'Sign',
  'Tan',
  'IsNaN',
  'Softsign',
  'Mish',
  'Reciprocal',
  'Erf',
  'Gelu',
  'Elu',
  'Celu',
  'Selu',
];

/** A node that TFLM has no kernel for, as several that it has. */
export function lowerComposed(lower: Lower): Lower {
  return (node, lowering) =>
    emitSteps(node, lowering, { steps: stepsOf(node)!, lower, inputs: new Map([['x', node.inputs[0]]]) });
}

interface Composition {
  readonly steps: readonly Step[];
  readonly lower: Lower;
  readonly inputs: ReadonlyMap<string, string>;
  readonly more?: ReadonlyMap<string, OnnxNode['attributes']>;
}

function emitSteps(node: OnnxNode, lowering: Lowering, { steps, lower, inputs, more }: Composition): void {
  const prefix = `${node.outputs[0]}/`;
  for (const [index, [kind, operands, name]] of steps.entries()) {
    const names = operands.map((operand, at) => {
      if (typeof operand === 'string') return inputs.get(operand) ?? `${prefix}${operand}`;
      const constant = `${prefix}${index}/${at}`;
      lowering.know(constant, { type: 'float32', shape: [], values: Float64Array.of(operand) });
      return constant;
    });
    const isLast = index === steps.length - 1;
    const outputs = [isLast ? node.outputs[0] : `${prefix}${name ?? index}`];
    lower({ name: node.name, kind, inputs: names, outputs, attributes: more?.get(kind) ?? new Map() }, lowering);
  }
}

/** Whole powers beyond this are no products any more. */
const mostFactors = 16;

/** Pow: products, a root, or a quotient by them. */
export function lowerPower(lower: Lower): Lower {
  return (node, lowering) => {
    const [base, exponent] = node.inputs.map((name) => (lowering.isValue(name) ? undefined : lowering.numbers(name)));
    if (base?.values.every((value) => value > 0) === true) {
      powerOf(base, { node, lowering, lower });
      return;
    }
    const steps = exponent?.values.length === 1 ? powerSteps(plainExponent(exponent.values[0])) : undefined;
    if (steps === undefined) {
      throw refused(
        node,
        `TensorFlow Lite Micro has no kernel for powers. Use a constant exponent that is a half or a whole number up to ${mostFactors}.`,
      );
    }
    emitSteps(node, lowering, { steps, lower, inputs: new Map([['x', node.inputs[0]]]) });
  };
}

/** Powers of constants: exp(x log(base)). */
function powerOf(
  base: Computed,
  { node, lowering, lower }: { readonly node: OnnxNode; readonly lowering: Lowering; readonly lower: Lower },
): void {
  const factor = `${node.outputs[0]}/log`;
  lowering.know(factor, { ...base, type: 'float32', values: base.values.map(Math.log) });
  const inputs = new Map([
    ['x', node.inputs[1]],
    ['log', factor],
  ]);
  const steps: readonly Step[] = [
    ['Mul', ['x', 'log'], 'scaled'],
    ['Exp', ['scaled']],
  ];
  emitSteps(node, lowering, { steps, lower, inputs });
}

/** An exponent that was quantized is a whole or a half number but for its last places. */
function plainExponent(exponent: number): number {
  const near = Math.round(2 * exponent) / 2;
  return Math.abs(exponent - near) <= 1e-6 * Math.abs(near) ? near : exponent;
}

function powerSteps(exponent: number): readonly Step[] | undefined {
  const whole = Math.floor(Math.abs(exponent));
  const isHalf = Math.abs(exponent) - whole === 0.5;
  if (exponent === 0 || whole > mostFactors || !(isHalf || Math.abs(exponent) === whole)) return undefined;
  const steps: Step[] = [];
  let [value, square]: [string | undefined, string] = [undefined, 'x'];
  for (let bits = whole; bits > 0; bits >>= 1) {
    if (bits % 2 === 1) {
      if (value === undefined) value = square;
      else {
        steps.push(['Mul', [value, square], `product${bits}`]);
        value = `product${bits}`;
      }
    }
    if (bits === 1) break;
    steps.push(['Mul', [square, square], `square${bits}`]);
    square = `square${bits}`;
  }
  if (isHalf) {
    steps.push(['Sqrt', ['x'], 'root']);
    if (value !== undefined) steps.push(['Mul', [value, 'root'], 'with_root']);
    value = value === undefined ? 'root' : 'with_root';
  }
  if (exponent < 0) steps.push(['Div', [1, value!], 'inverse']);
  return steps.length === 0 ? [['Identity', ['x']]] : steps;
}

/**
 * What lies apart in memory is an axis of its own while means are taken, so that nothing has to move: groups of
 * channels that were laid together with rows and columns.
 */
function heldApart(node: OnnxNode, lowering: Lowering): OnnxNode | undefined {
  const { layout } = lowering.followed(node, node.inputs[0]).value;
  const shape = shapeOf(layout);
  const runs = layout.axes.slice(2).flatMap((axis) => runsBetween(layout.order, axis));
  if (layout.axes.length < 3 || runs.length === layout.axes.length - 2) return undefined;
  const writer = new NodeWriter(node, lowering);
  const apart = writer.reshaped(node.inputs[0], [shape[0], shape[1], ...runs.map(sizeOf)]);
  const inner = { ...node, inputs: [apart, ...node.inputs.slice(1)], outputs: [`${node.outputs[0]}/apart`] };
  lowering.step(inner);
  writer.reshaped(inner.outputs[0], shape, node.outputs[0]);
  return inner;
}

/** Normalization over the last axes, or over all of each channel: mean, variance, scale and offset as operators. */
export function lowerNormalization(lower: Lower): Lower {
  return (node, lowering) => {
    const [name, scale, offset] = node.inputs;
    const shape = shapeOf(lowering.followed(node, name).value.layout);
    const isInstance = node.kind === 'InstanceNormalization';
    if (isInstance && heldApart(node, lowering) !== undefined) return;
    const first = isInstance ? 2 : axisIn(node, numberOf(node, 'axis', -1), shape.length);
    const axes = shape.flatMap((_, axis) => (axis >= first ? [axis] : []));
    const inputs = new Map([['x', name]]);
    const channels = isInstance ? shape.map((size, axis) => (axis === 1 ? size : 1)) : undefined;
    for (const [short, input] of [
      ['scale', scale],
      ['offset', offset],
    ] as const) {
      const numbers = lowering.numbers(input);
      if (input === undefined || input === '') continue;
      if (numbers === undefined) throw refused(node, 'its scale or offset is computed; only constants are taken.');
      const known = `${node.outputs[0]}/${short}`;
      lowering.know(known, { type: 'float32', shape: channels ?? numbers.shape, values: numbers.values });
      inputs.set(short, known);
    }
    const keeps = new Map<string, number | readonly number[]>([
      ['axes', axes],
      ['keepdims', 1],
    ]);
    const scaled: readonly Step[] = [
      ...([
        ['ReduceMean', ['x'], 'mean'],
        ['Sub', ['x', 'mean'], 'rest'],
        ['Mul', ['rest', 'rest'], 'square'],
      ] as const),
      ...([
        ['ReduceMean', ['square'], 'variance'],
        ['Add', ['variance', numberOf(node, 'epsilon', 1e-5)], 'sum'],
      ] as const),
      ...([
        ['Rsqrt', ['sum'], 'factor'],
        ['Mul', ['rest', 'factor'], 'even'],
      ] as const),
    ];
    const tail: readonly Step[] = inputs.has('offset')
      ? [
          ['Mul', ['even', 'scale'], 'scaled'],
          ['Add', ['scaled', 'offset']],
        ]
      : [['Mul', ['even', 'scale']]];
    emitSteps(node, lowering, { steps: [...scaled, ...tail], lower, inputs, more: new Map([['ReduceMean', keeps]]) });
  };
}
