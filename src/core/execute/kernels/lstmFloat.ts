import { numberOption } from '../../model/options';
import { input, output, type KernelInvocation } from '../kernel';
import type { Gate, Gates, LstmCell } from './lstmGates';
import { logisticFloat } from './sigmoids';

/** An LSTM cell in 32-bit floating point, in the order of the reference kernel. */
export function floatCell(call: KernelInvocation, gates: Gates): LstmCell {
  const { depth, units } = gates;
  const [values, hidden, cells, out] = [
    input(call, 0).float32,
    input(call, 18).float32,
    input(call, 19).float32,
    output(call).float32,
  ];
  const clip = Math.fround(numberOption(call.operator, 'cellClip', 0));
  const f = Math.fround;
  const evaluate = (
    gate: Gate,
    activate: (value: number) => number,
  ): ((from: number, state: number) => Float32Array) => {
    const [weights, recurrent, bias] = [gate.weights.float32, gate.recurrent.float32, gate.bias?.float32];
    const results = new Float32Array(units);
    return (from, state) => {
      for (let unit = 0; unit < units; unit++) {
        const forward = f(dot(weights, unit * depth, values, from, depth) + (bias?.[unit] ?? 0));
        const back = dot(recurrent, unit * units, hidden, state, units);
        results[unit] = activate(f(forward + back));
      }
      return results;
    };
  };
  const inputGate = evaluate(gates.input, logisticFloat);
  const forgetGate = evaluate(gates.forget, logisticFloat);
  const cellGate = evaluate(gates.cell, gates.isCellLogistic ? logisticFloat : Math.tanh);
  const outputGate = evaluate(gates.output, logisticFloat);
  return (from, state, to) => {
    const [kept, taken, offered, shown] = [forgetGate, inputGate, cellGate, outputGate].map((gate) =>
      gate(from, state),
    );
    for (let unit = 0; unit < units; unit++) {
      const sum = f(f(kept[unit] * cells[state + unit]) + f(taken[unit] * offered[unit]));
      const cell = clip > 0 ? Math.max(Math.min(clip, sum), -clip) : sum;
      cells[state + unit] = cell;
      hidden[state + unit] = f(f(Math.tanh(cell)) * shown[unit]);
      out[to + unit] = hidden[state + unit];
    }
  };
}

// Two runs of numbers and their length: an object for each call would cost more than the sum.
// eslint-disable-next-line max-params
function dot(a: Float32Array, fromA: number, b: Float32Array, fromB: number, length: number): number {
  let sum = 0;
  for (let index = 0; index < length; index++) {
    sum = Math.fround(sum + Math.fround(a[fromA + index] * b[fromB + index]));
  }
  return sum;
}
