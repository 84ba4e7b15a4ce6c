import type { Operator, Quantization, Tensor } from '../../../model/model';
import { encode, storedValues } from '../../../model/values/stored';
import { faultRewrite } from '../faultRewrite';
import type { GraphView } from '../graphView';

/** Positions of the inputs of the four gates, and of the hidden state. */
const [inputWeights, stateWeights, biases, hidden] = [1, 5, 12, 18];
/** Position of what the hidden state is computed as, among the intermediate tensors. */
const declared = 4;

/**
 * An LSTM whose hidden state has another scale than what it computes: the state takes the scale of the output, and the
 * weights that it is multiplied with take what the state's scale changes by.
 */
export const lstmState = faultRewrite({
  id: 'lstm-state',
  mends: ['lstm-state-scale'],
  exactWhen:
    'Both zero points are equal: the products of the scales stay as TF Lite takes them, but for their last bit. Else the difference of the zero points is added to the biases, rounded once.',
  match: (operator, view) => {
    const [state, output] = [view.tensor(operator.inputs[hidden]), view.tensor(operator.outputs[0])];
    const sequence = view.tensor(operator.inputs[0])?.quantization;
    const [was, is] = [state?.quantization, (view.tensor(operator.intermediates[declared]) ?? output)?.quantization];
    if (state === undefined || was === undefined || is === undefined || sequence === undefined) return undefined;
    const gates = [0, 1, 2, 3].map((gate) => gateOf(operator, view, gate));
    const moved = gates.map((gate) => gate && movedGate(gate, { was, is, sequence }));
    const inputs = [...operator.inputs];
    for (const [gate, made] of moved.entries()) {
      if (made === undefined) return undefined;
      inputs[stateWeights + gate] = view.add(made.weights);
      inputs[biases + gate] = view.add(made.bias);
    }
    view.set(operator.inputs[hidden], { ...state, quantization: is });
    return {
      ...{ removed: [operator], inserted: [{ ...operator, inputs }] },
      sentence: (name) =>
        `The hidden state of UNIDIRECTIONAL_SEQUENCE_LSTM "${name}" has the scale of the output now, and its weights take what that changes.`,
    };
  },
});

interface Gate {
  readonly input: Tensor;
  readonly weights: Tensor;
  readonly bias: Tensor;
}

function gateOf({ inputs }: Operator, view: GraphView, gate: number): Gate | undefined {
  const [input, weights, bias] = [inputWeights, stateWeights, biases].map((first) => view.tensor(inputs[first + gate]));
  const isWhole = [input, weights].every((tensor) => tensor?.quantization?.scales.length === 1);
  const isRead = weights?.type === 'int8' && weights.data !== undefined && bias?.data !== undefined;
  return input !== undefined && isWhole && isRead ? { input, weights, bias } : undefined;
}

interface Scales {
  readonly was: Quantization;
  readonly is: Quantization;
  /** Of the input. */
  readonly sequence: Quantization;
}

/** The sum of w (h - zero) x scale, with h at the other scale and zero point. */
function movedGate(
  { input, weights, bias }: Gate,
  { was, is, sequence }: Scales,
): { readonly weights: Tensor; readonly bias: Tensor } | undefined {
  const own = weights.quantization!;
  const [stored, added] = [storedValues(weights), storedValues(bias)];
  const units = weights.shape[0];
  if (stored?.length !== weights.shape[0] * weights.shape[1] || added?.length !== units) return undefined;
  const scale = Math.fround((own.scales[0] * was.scales[0]) / is.scales[0]);
  const step = (own.scales[0] * was.scales[0]) / (input.quantization!.scales[0] * sequence.scales[0]);
  const shift = ((is.zeroPoints[0] ?? 0) - (was.zeroPoints[0] ?? 0)) * step;
  const sums = added.map((value, unit) => {
    const row = stored.subarray(unit * weights.shape[1], (unit + 1) * weights.shape[1]);
    const sum = row.reduce((total, weight) => total + weight - (own.zeroPoints[0] ?? 0), 0);
    return value + Math.round(sum * shift);
  });
  return {
    weights: { ...weights, name: `${weights.name}/scaled`, quantization: { ...own, scales: [scale] } },
    bias: { ...bias, name: `${bias.name}/moved`, data: encode(bias.type, sums) },
  };
}
