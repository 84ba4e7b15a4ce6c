import type { Graph, Operator } from '../model/model';
import { constantInput, onlyCmsisNn } from './checks';
import { define } from './define';
import type { InputRole, Refusal } from './operator';
import { activationText, flagText, joinParts } from './optionsText';
import { dimension, elements, inputTensor, product, shapeText } from './shapes';
import { inputName, refuse, type OperatorView } from './view';

/** Positions of the inputs. Source: kernels/lstm_shared.h. */
const inputCount = 24;
const inputWeights = [1, 2, 3, 4];
const recurrentWeights = [5, 6, 7, 8];
const peepholes = [9, 10, 11];
const biases = [12, 13, 14, 15];
const projection = [16, 17];
const states = [18, 19];
const layerNormalization = [20, 21, 22, 23];

/**
 * Facts from kernels/unidirectional_sequence_lstm.cc, kernels/lstm_eval.cc, kernels/lstm_eval_common.cc and the
 * CMSIS-NN variant.
 */
export const unidirectionalSequenceLstm = define({
  kind: 'UNIDIRECTIONAL_SEQUENCE_LSTM',
  resolverMethod: 'AddUnidirectionalSequenceLSTM',
  summary: 'Runs a long short-term memory cell over a sequence, step by step.',
  roles: Array.from({ length: inputCount }, (_, position) => roleOf(position)),
  inputs: inputCount,
  outputs: 1,
  optional: [...peepholes, ...projection, ...layerNormalization],
  accepts: [
    typeRow({ activation: 'float32', weights: 'float32', bias: 'float32', cell: 'float32' }),
    typeRow({ activation: 'int8', weights: 'int8', bias: 'int32', cell: 'int16' }),
    typeRow({ activation: 'int16', weights: 'int8', bias: 'int64', cell: 'int16' }),
  ],
  checks: [
    simpleCellCheck,
    stateCheck,
    ...[...inputWeights, ...recurrentWeights, ...biases].map((position) =>
      onlyCmsisNn(constantInput(position, roleOf(position))),
    ),
  ],
  shapeProblem,
  macs,
  outputShapes: ({ shape }) => {
    const [input, cells] = [shape(0), shape(5)?.[1]];
    return input?.length !== 3 || cells === undefined ? undefined : [[input[0], input[1], cells]];
  },
  optionsText: (operator) => joinParts(activationText(operator), flagText(operator, 'timeMajor', 'time major')),
});

function roleOf(position: number): InputRole {
  if (position === 0) return 'activation';
  if (biases.includes(position) || position === 17) return 'bias';
  return states.includes(position) ? 'state' : 'weights';
}

function typeRow(types: { activation: string; weights: string; bias: string; cell: string }): string {
  const inputs = Array.from({ length: inputCount }, (_, position) => {
    if (position === 18) return types.activation;
    return position === 19 ? types.cell : types[roleOf(position) as 'activation' | 'weights' | 'bias'];
  });
  return `${inputs.join(' ')} -> ${types.activation}`;
}

/**
 * Each weight matrix once for every step of every row of the batch; products of gates, element by element, are not
 * counted.
 */
function macs(operator: Operator, graph: Graph): number | undefined {
  const input = inputTensor(operator, graph, 0);
  const matrices = [...inputWeights, ...recurrentWeights]
    .map((position) => inputTensor(operator, graph, position))
    .filter((matrix) => matrix !== undefined)
    .map(elements);
  if (matrices.includes(undefined) || input?.shape.length !== 3) return undefined;
  const weights = matrices.reduce<number>((sum, size) => sum + size!, 0);
  return product(dimension(input, 0), dimension(input, 1), weights);
}

/** TFLM runs the plain cell only: all four gates, no peepholes, no projection, no layer normalization. */
function simpleCellCheck(view: OperatorView): Refusal | undefined {
  const extra = [...peepholes, ...projection, ...layerNormalization].find((at) => view.input(at) !== undefined);
  const lacking = biases.find((position) => view.input(position) === undefined);
  if (extra === undefined && lacking === undefined) return undefined;
  const what = extra === undefined ? `lacks ${inputName(view, lacking!)}` : `has ${inputName(view, extra)}`;
  return refuse(
    'options-unsupported',
    `${view.name} ${what}, but TFLite Micro runs only the plain cell: four gates with bias, no peepholes, projection or layer normalization; simplify the layer.`,
  );
}

function stateCheck(view: OperatorView): Refusal | undefined {
  const constant = states.find((position) => view.input(position)?.isVariable !== true);
  if (constant === undefined) return undefined;
  return refuse(
    'inputs-unsupported',
    `Input ${constant} (state) of ${view.name} is no variable tensor, but TFLite Micro needs one to remember; convert the model again.`,
  );
}

function shapeProblem(view: OperatorView): string | undefined {
  const [input, output, hidden] = [view.input(0), view.output(0), view.input(18)];
  if (input?.shape.length !== 3 || output?.shape.length !== 3 || hidden?.shape.length !== 2) {
    return `${view.name} needs an input and output of 3 dimensions and a state of 2; convert the model again.`;
  }
  const depth = dimension(input, 2);
  const cells = dimension(hidden, 1);
  const wrong =
    inputWeights.find((position) => !isMatrix(view, position, [cells, depth])) ??
    recurrentWeights.find((position) => !isMatrix(view, position, [cells, cells]));
  if (wrong !== undefined) {
    return `${view.name} has ${shapeText(view.input(wrong)!)} as ${inputName(view, wrong)}, which does not fit ${depth ?? 0} inputs and ${cells ?? 0} cells; convert the model again.`;
  }
  const same = dimension(input, 0) === dimension(output, 0) && dimension(input, 1) === dimension(output, 1);
  if (same && dimension(output, 2) === cells) return undefined;
  return `${view.name} has the output ${shapeText(output)}, but its input and state give ${cells ?? 0} cells for each step of ${shapeText(input)}; convert the model again.`;
}

function isMatrix(view: OperatorView, position: number, size: readonly (number | undefined)[]): boolean {
  const matrix = view.input(position);
  if (matrix === undefined) return true;
  return matrix.shape.length === 2 && size.every((expected, axis) => matrix.shape[axis] === expected);
}
