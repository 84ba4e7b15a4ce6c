import { elementCount } from '../model/dataType';
import { calledGraphs } from '../model/calls';
import { isConstant, type Graph, type Model, type Operator, type Tensor } from '../model/model';
import { numberOption } from '../model/options';
import { ownOf, withoutOnes, type OwnValues } from './ownValues';

/**
 * What tells models apart whoever converted them: what goes in and comes out, and the steps that compute, with what
 * each says of itself. What a conversion adds or leaves out (an open batch, another version, other types) is not in it.
 */
export interface ModelPrint {
  /** Sizes of each input and output, without the batch. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** `float32`, `int8`, `int16x8`: what its layers compute in. */
  readonly numbers: string;
  readonly steps: readonly Step[];
}

/** A step of the computation; its activation function is a step of its own. */
export interface Step {
  /** As in TFLite's schema, or `ACTIVATION`, `RECURRENT`. */
  readonly kind: string;
  /** What the layer says of itself: filters, kernel, stride. */
  readonly own: OwnValues;
  /** What follows from the layers before it. */
  readonly given: OwnValues;
  readonly hasWeights: boolean;
  /** The layer as people call it, where that is known. */
  readonly label?: string;
}

/** Operators that are followed back from a tensor. */
const mostMoves = 4;

/** Operators whose weights are what a layer is. */
const weighted: ReadonlySet<string> = new Set(['FULLY_CONNECTED', 'CONV_2D', 'DEPTHWISE_CONV_2D', 'TRANSPOSE_CONV']);

/** Operators of which more are not compared: no network of a microcontroller has as many. */
const mostSteps = 1500;

/** The print of a model's main graph; `labelOf`: what people call the layer of an operator. */
export function printOf(model: Model, labelOf: (operator: number) => string | undefined = () => undefined): ModelPrint {
  const graph = model.graphs.at(0);
  if (graph === undefined) return { inputs: [], outputs: [], numbers: '', steps: [] };
  const reading = new GraphReading(model, graph);
  const steps = graph.operators.slice(0, mostSteps).flatMap((operator) => {
    const label = labelOf(operator.index);
    return reading.stepsOf(operator).map((step): Step => (label === undefined ? step : { ...step, label }));
  });
  const sizes = (tensors: readonly number[]): readonly string[] =>
    tensors.flatMap((index) => graph.tensors.at(index) ?? []).map(sizeText);
  return { inputs: sizes(graph.inputs), outputs: sizes(graph.outputs), numbers: reading.numbers, steps };
}

/** Sizes without ones: the batch is one of them, and axes that only a conversion puts in. */
function sizeText({ shape }: Tensor): string {
  return withoutOnes(shape);
}

/** Operators that move values or turn types: where they stand hangs on the conversion. */
const moving: ReadonlySet<string> = new Set([
  ...['RESHAPE', 'EXPAND_DIMS', 'SQUEEZE', 'TRANSPOSE', 'CAST', 'QUANTIZE', 'DEQUANTIZE', 'SHAPE', 'PACK', 'FILL'],
  ...['SPACE_TO_BATCH_ND', 'BATCH_TO_SPACE_ND', 'CALL_ONCE', 'VAR_HANDLE', 'READ_VARIABLE', 'ASSIGN_VARIABLE'],
  ...['BROADCAST_TO', 'BROADCAST_ARGS'],
]);

/** With a constant beside them, these are scales and offsets, which a conversion folds where it can. */
const affine: ReadonlySet<string> = new Set(['ADD', 'MUL', 'SUB', 'DIV']);

const activations: ReadonlyMap<string, string> = new Map([
  ...['RELU', 'RELU6', 'TANH', 'ELU', 'SOFTMAX', 'HARD_SWISH', 'PRELU', 'LEAKY_RELU', 'LOG_SOFTMAX', 'GELU'].map(
    (kind) => [kind, kind.toLowerCase()] as const,
  ),
  ['LOGISTIC', 'sigmoid'],
  ['RELU_N1_TO_1', 'relu_n1_to_1'],
  ['SIGN_BIT', 'sign_bit'],
]);

/** Loops and the operators that do the same as one. */
const recurrent: ReadonlySet<string> = new Set([
  ...['WHILE', 'UNIDIRECTIONAL_SEQUENCE_LSTM', 'BIDIRECTIONAL_SEQUENCE_LSTM', 'LSTM', 'SVDF'],
  ...['UNIDIRECTIONAL_SEQUENCE_RNN', 'BIDIRECTIONAL_SEQUENCE_RNN'],
]);

class GraphReading {
  readonly #model: Model;
  readonly #graph: Graph;
  #numbers: string | undefined;
  #producers: ReadonlyMap<number, Operator> | undefined;

  constructor(model: Model, graph: Graph) {
    this.#model = model;
    this.#graph = graph;
  }

  /** Of the first step with weights; of a model without any, its input's. */
  get numbers(): string {
    return this.#numbers ?? this.#tensors(this.#graph.inputs).at(0)?.type ?? '';
  }

  stepsOf(operator: Operator): readonly Step[] {
    const { kind, customCode } = operator;
    const [inputs, outputs] = [this.#tensors(operator.inputs), this.#tensors(operator.outputs)];
    const output = outputs.at(0);
    if (output === undefined || moving.has(kind)) return [];
    // A loop's first output is its counter.
    if (recurrent.has(kind)) return [this.#recurrentStep(operator, outputs)];
    if (isArithmeticOfShapes(output)) return [];
    const fused = fusedActivation(operator);
    const after = fused === undefined ? [] : [activationStep(fused, output)];
    if (affine.has(kind) && inputs.some(isConstant)) return after;
    const activation = activations.get(kind);
    if (activation !== undefined) return [activationStep(activation, output)];
    const weights = inputs.find(isWeights) ?? this.#movedWeights(operator);
    const isSpread = this.#isSpread(operator);
    this.#numbers ??= weights && numbersOf(inputs[0].type, weights.type);
    const { own, given } = ownOf(operator, { input: inputs.at(0), weights, isSpread });
    return [
      {
        kind: customCode ?? (kind === 'SELECT_V2' ? 'SELECT' : kind),
        own,
        given: isSpread || kind === 'FULLY_CONNECTED' ? given : [...given, ['output', sizeText(output)]],
        hasWeights: weights !== undefined,
      },
      ...after,
    ];
  }

  /** Weights that a loop and its operator have together, in whatever pieces. */
  #recurrentStep(operator: Operator, outputs: readonly Tensor[]): Step {
    const body = calledGraphs(operator).at(-1);
    const inBody = body === undefined ? [] : (this.#model.graphs.at(body)?.tensors ?? []);
    const matrices = [...this.#tensors(operator.inputs), ...inBody].filter(isMatrix);
    this.#numbers ??=
      matrices.length === 0
        ? undefined
        : numbersOf((outputs.find((each) => !isArithmeticOfShapes(each)) ?? matrices[0]).type, matrices[0].type);
    const weights = matrices.reduce((sum, { shape }) => sum + elementCount(shape), 0);
    return { kind: 'RECURRENT', own: [['weights', String(weights)]], given: [], hasWeights: true };
  }

  /** Between the two operators that an open batch makes of a dilation, or with one of its own. */
  #isSpread(operator: Operator): boolean {
    if (numberOption(operator, 'dilationHFactor', 1) * numberOption(operator, 'dilationWFactor', 1) > 1) return true;
    return this.#moved(operator.inputs[0]).some(({ kind }) => kind === 'SPACE_TO_BATCH_ND');
  }

  /** Of weights that are turned or scaled before they are used. */
  #movedWeights({ kind, inputs }: Operator): Tensor | undefined {
    if (!weighted.has(kind)) return undefined;
    const origins = inputs
      .slice(1)
      .flatMap((index) => this.#moved(index).flatMap((each) => this.#tensors(each.inputs)));
    return origins.find(isWeights);
  }

  /** The operators that only move a tensor to where it is, its writer first. */
  #moved(tensor: number): readonly Operator[] {
    this.#producers ??= new Map(
      this.#graph.operators.flatMap((operator) => operator.outputs.map((output) => [output, operator] as const)),
    );
    const found: Operator[] = [];
    for (let at = this.#producers.get(tensor); at !== undefined && moving.has(at.kind);) {
      found.push(at);
      if (found.length >= mostMoves) break;
      at = this.#producers.get(at.inputs[0]);
    }
    return found;
  }

  #tensors(indices: readonly number[]): readonly Tensor[] {
    return indices.flatMap((index) => (index < 0 ? [] : (this.#graph.tensors.at(index) ?? [])));
  }
}

function isArithmeticOfShapes({ type }: Tensor): boolean {
  return type === 'int32' || type === 'int64' || type === 'bool';
}

/** A matrix or a kernel: vectors are biases and scales. */
function isWeights(tensor: Tensor): boolean {
  return isConstant(tensor) && tensor.shape.length > 1 && !isArithmeticOfShapes(tensor);
}

/** Of a loop: states and sequences of zeros are constants, too, and have an axis of one. */
function isMatrix(tensor: Tensor): boolean {
  return isWeights(tensor) && tensor.shape.length === 2 && !tensor.shape.includes(1);
}

function numbersOf(activations: string, weights: string): string {
  if (activations === weights) return activations;
  return activations === 'int16' && weights === 'int8' ? 'int16x8' : `${activations} with ${weights} weights`;
}

function fusedActivation({ options }: Operator): string | undefined {
  const value = options?.values['fusedActivationFunction'];
  return typeof value !== 'string' || value === 'NONE' ? undefined : value.toLowerCase();
}

function activationStep(name: string, output: Tensor): Step {
  return { kind: 'ACTIVATION', own: [['activation', name]], given: [['output', sizeText(output)]], hasWeights: false };
}
