import { elementCount } from '../../model/dataType';
import { numberOption } from '../../model/options';
import { positiveAxis } from '../broadcast';
import { input, output, type KernelInvocation, type Kernel, type KernelMaker } from '../kernel';
import type { Value } from '../value';

/** CONCATENATION: inputs have the output's scale, so bytes are copied. */
export const concatenation: KernelMaker = (call) => {
  const result = output(call);
  const axis = positiveAxis(numberOption(call.operator, 'axis', 0), result.shape.length);
  return join(result, present(call), elementCount(result.shape.slice(0, axis)));
};

/** PACK: like CONCATENATION along a new axis. */
export const pack: KernelMaker = (call) => {
  const result = output(call);
  const axis = positiveAxis(numberOption(call.operator, 'axis', 0), result.shape.length);
  return join(result, present(call), elementCount(result.shape.slice(0, axis)));
};

export const unpack: KernelMaker = (call) => {
  const whole = input(call, 0);
  const axis = positiveAxis(numberOption(call.operator, 'axis', 0), whole.shape.length);
  return part(whole, call.outputs, elementCount(whole.shape.slice(0, axis)));
};

/** SPLIT: the axis is the first input. */
export const split: KernelMaker = (call) => splitAlong(call, input(call, 1), input(call, 0));

/** SPLIT_V: the axis is the third input. */
export const splitV: KernelMaker = (call) => splitAlong(call, input(call, 0), input(call, 2));

function splitAlong(call: KernelInvocation, whole: Value, axes: Value): Kernel {
  const axis = positiveAxis(axes.int32[0], whole.shape.length);
  return part(whole, call.outputs, elementCount(whole.shape.slice(0, axis)));
}

function present(call: KernelInvocation): readonly Value[] {
  return call.inputs.filter((value) => value !== undefined);
}

/** Writes `parts` beside each other, `outer` times. */
function join(whole: Value, parts: readonly Value[], outer: number): Kernel {
  const runs = parts.map(({ bytes }) => ({ bytes, length: bytes.length / outer }));
  return () => {
    let to = 0;
    for (let slice = 0; slice < outer; slice++) {
      for (const { bytes, length } of runs) {
        whole.bytes.set(bytes.subarray(slice * length, (slice + 1) * length), to);
        to += length;
      }
    }
  };
}

/** The reverse of `join`. */
function part(whole: Value, parts: readonly Value[], outer: number): Kernel {
  const runs = parts.map(({ bytes }) => ({ bytes, length: bytes.length / outer }));
  return () => {
    let from = 0;
    for (let slice = 0; slice < outer; slice++) {
      for (const { bytes, length } of runs) {
        bytes.set(whole.bytes.subarray(from, from + length), slice * length);
        from += length;
      }
    }
  };
}
