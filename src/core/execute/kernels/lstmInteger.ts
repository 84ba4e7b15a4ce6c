import { numberOption } from '../../model/options';
import { quantizeMultiplier, rescaleOf, rescaleWide } from '../fixedPoint';
import { input, output, type KernelInvocation } from '../kernel';
import type { Value } from '../value';
import type { Gate, Gates, LstmCell } from './lstmGates';
import { logisticInt16, tanhInt16 } from './sigmoidsInt16';
import { integerRange } from '../../model/values/integerRange';
import { roundAway } from '../../model/values/rounding';

type Integers = Int8Array | Int16Array;

/**
 * Inputs of the nonlinear functions have the scale 2^-12, their results 2^-15: 3/4 of the former is what their table is
 * indexed by.
 */
const gateScale = 2 ** -12;
const activationScale = 2 ** -15;

/**
 * An LSTM cell with int8 or int16 activations, int8 weights and an int16 cell state, which computes its output at the
 * scale of its hidden state or at another. Source: lstm_eval.h and
 * lstm_eval_common.cc of TFLM.
 */
export function integerCell(
  call: KernelInvocation,
  gates: Gates,
  shownAs: Pick<Value, 'scale' | 'zeroPoint'> = input(call, 18),
): LstmCell {
  const { units } = gates;
  const [hiddenState, cellState] = [input(call, 18), input(call, 19)];
  const [hidden, cells, out] = [integers(hiddenState), cellState.int16, integers(output(call))];
  const evaluate = gateEvaluator(call, gates);
  const logistic = (value: number): number => logisticInt16(value, 3, 0);
  const tanh = (value: number): number => tanhInt16(value, 3, 0);
  const forgetGate = evaluate(gates.forget, logistic);
  const inputGate = evaluate(gates.input, logistic);
  const cellGate = evaluate(gates.cell, gates.isCellLogistic ? logistic : tanh);
  const outputGate = evaluate(gates.output, logistic);
  const keep = product(call, activationScale * cellState.scale, cellState.scale);
  const take = product(call, activationScale * activationScale, cellState.scale);
  const show = product(call, activationScale * activationScale, shownAs.scale);
  const cellTanh = tanhOfCell(cellState.scale);
  const clip = quantizedClip(call, cellState.scale);
  const range = hiddenState.type === 'int16' ? integerRange.int16 : integerRange.int8;
  return (from, state, to) => {
    const kept = forgetGate(from, state);
    const taken = inputGate(from, state);
    const offered = cellGate(from, state);
    const shown = outputGate(from, state);
    for (let unit = 0; unit < units; unit++) {
      const sum = clamp16(clamp16(keep(kept[unit], cells[state + unit])) + clamp16(take(taken[unit], offered[unit])));
      const cell = clip > 0 ? Math.max(Math.min(clip, sum), -clip) : sum;
      cells[state + unit] = cell;
      const value = show(cellTanh(cell), shown[unit]) + shownAs.zeroPoint;
      hidden[state + unit] = Math.min(Math.max(value, range.least), range.most);
      out[to + unit] = hidden[state + unit];
    }
  };
}

function integers(value: Value): Integers {
  return value.type === 'int16' ? value.int16 : value.int8;
}

function clamp16(value: number): number {
  return value < -32768 ? -32768 : value > 32767 ? 32767 : value;
}

/** The product of two stored numbers with factor `scale` / `outScale`. */
function product(call: KernelInvocation, scale: number, outScale: number): (a: number, b: number) => number {
  const { multiplier, shift } = quantizeMultiplier(scale / outScale, call.rounding);
  const rescale = rescaleOf(call.rounding);
  return (a, b) => rescale(Math.imul(a, b), multiplier, shift);
}

/** The cell state's scale is a power of two. */
function tanhOfCell(scale: number): (value: number) => number {
  const power = roundAway(Math.log2(scale)) + 12;
  return power < 0 ? (value) => tanhInt16(value, 3, -power) : (value) => tanhInt16(value, 3 << power, 0);
}

function quantizedClip(call: KernelInvocation, scale: number): number {
  return Math.trunc(Math.min(Math.max(Math.fround(numberOption(call.operator, 'cellClip', 0)) / scale, -32768), 32767));
}

type EvaluateGate = (gate: Gate, activate: (value: number) => number) => (from: number, state: number) => Int16Array;

/** A gate: two matrix products, each rescaled to 16 bits, their sum, and a nonlinear function of it. */
function gateEvaluator(call: KernelInvocation, { depth, units }: Gates): EvaluateGate {
  const [sequence, state] = [input(call, 0), input(call, 18)];
  return (gate, activate) => {
    const forward = matrixProduct(call, { vector: sequence, weights: gate.weights, bias: gate.bias, depth, units });
    const back = matrixProduct(call, { vector: state, weights: gate.recurrent, bias: undefined, depth: units, units });
    const [fromInput, fromState] = [new Int16Array(units), new Int16Array(units)];
    return (from, at) => {
      forward(from, fromInput);
      back(at, fromState);
      for (let unit = 0; unit < units; unit++) fromInput[unit] = activate(clamp16(fromInput[unit] + fromState[unit]));
      return fromInput;
    };
  };
}

interface Matrix {
  readonly vector: Value;
  readonly weights: Value;
  readonly bias: Value | undefined;
  readonly depth: number;
  readonly units: number;
}

/** Sums are of 32 bits with int8 activations and of 64 bits with int16 ones. */
function matrixProduct(call: KernelInvocation, matrix: Matrix): (from: number, results: Int16Array) => void {
  const { vector, depth, units } = matrix;
  const real = Math.fround(vector.scale * matrix.weights.scale) / gateScale;
  const { multiplier, shift } = quantizeMultiplier(real, call.rounding);
  const rescale = vector.type === 'int16' ? rescaleWide : rescaleOf(call.rounding);
  const values = integers(vector);
  const weights = matrix.weights.int8;
  const weightsZeroPoint = matrix.weights.zeroPoint;
  const bias = biasOf(matrix);
  return (from, results) => {
    for (let unit = 0; unit < units; unit++) {
      let sum = bias[unit];
      for (let index = 0; index < depth; index++) {
        sum += (weights[unit * depth + index] - weightsZeroPoint) * (values[from + index] - vector.zeroPoint);
      }
      results[unit] = clamp16(rescale(sum, multiplier, shift));
    }
  };
}

function biasOf({ bias, units }: Matrix): Float64Array {
  if (bias === undefined) return new Float64Array(units);
  return bias.type === 'int64' ? Float64Array.from(bias.int64, Number) : Float64Array.from(bias.int32);
}
