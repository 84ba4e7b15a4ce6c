import { binaryKernel } from '../execute/binary';
import { input, output, type KernelMaker } from '../execute/kernel';
import { kernels } from '../execute/kernels';
import { Value } from '../execute/value';
import { operatorName } from '../model/model';
import { encodeReal, heldValues, realValuesOf } from '../model/values/real';

/** Computes each element of the output by the real number that the first input's stands for. */
export function byRealNumbers(compute: (value: number) => number): KernelMaker {
  return (call) => {
    const [from, to] = [input(call, 0), output(call)];
    return () => {
      to.bytes.set(encodeReal(to.tensor, realValuesOf(from, from.tensor).map(compute))!);
    };
  };
}

/** Divides each row of the first input, along its last axis, by its length. */
export const normalizedRows: KernelMaker = (call) => {
  const [from, to] = [input(call, 0), output(call)];
  const depth = Math.max(1, from.shape.at(-1) ?? 1);
  return () => {
    const values = realValuesOf(from, from.tensor);
    for (let start = 0; start < values.length; start += depth) {
      const row = values.subarray(start, start + depth);
      const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0)) || 1;
      row.forEach((value, index) => (row[index] = value / length));
    }
    to.bytes.set(encodeReal(to.tensor, values)!);
  };
};

/** What the device's kernel copies, with the scale of each output given to all inputs before. */
export const copiedByRealNumbers: KernelMaker = (call) => {
  const copies = call.outputs.map((to) => {
    const inputs = call.inputs.map((from) => {
      const { quantization } = to.tensor;
      return from && { from, scaled: new Value({ ...from.tensor, quantization }, from.shape) };
    });
    const own = call.outputs.map((each) => each.copy());
    const copy = kernels[operatorName(call.operator)]({
      ...call,
      inputs: inputs.map((each) => each?.scaled),
      outputs: own,
    });
    return { inputs, copy, to, own: own[call.outputs.indexOf(to)] };
  });
  return () => {
    for (const { inputs, copy, to, own } of copies) {
      for (const each of inputs) {
        if (each === undefined) continue;
        each.scaled.bytes.set(encodeReal(each.scaled.tensor, realValuesOf(each.from, each.from.tensor))!);
      }
      copy();
      to.bytes.set(own.bytes);
    }
  };
};

/** Compares the integers of two inputs, whatever they stand for, as TF Lite does with int16. */
export function comparedAsStored(holds: (first: number, second: number) => boolean): KernelMaker {
  return (call) => {
    const [a, b] = [input(call, 0), input(call, 1)];
    return () => {
      const operands = {
        first: heldValues(a),
        second: heldValues(b),
        out: output(call).bytes,
      };
      binaryKernel(call, operands, (x, y) => (holds(x, y) ? 1 : 0))();
    };
  };
}

/** What the device's kernel computes, held between two integers of 32 bits. */
export function clampedInt32(
  kind: string,
  range: (call: Parameters<KernelMaker>[0]) => readonly [number, number],
): KernelMaker {
  return (call) => {
    const compute = kernels[kind](call);
    const [least, most] = range(call);
    return () => {
      compute();
      const values = output(call).int32;
      values.forEach((value, index) => (values[index] = Math.min(Math.max(value, least), most)));
    };
  };
}
