import {
  byType,
  InferenceEnds,
  input,
  inputType,
  output,
  type KernelInvocation,
  type Kernel,
  type KernelMaker,
} from '../../kernel';
import { readFlexMap } from '../../../operators/flexbuffer';
import { signalOptions } from './options';

/** Samples in the order in which they came. */
class Samples {
  #values: number[] = [];

  get length(): number {
    return this.#values.length;
  }

  clear(zeros = 0): void {
    this.#values = new Array<number>(zeros).fill(0);
  }

  write(values: Iterable<number>): void {
    this.#values.push(...values);
  }

  /** Copies the oldest samples. */
  copyTo(target: Int16Array): void {
    target.set(this.#values.slice(0, target.length));
  }

  discard(count: number): void {
    this.#values.splice(0, count);
  }
}

/** One queue for each row of an input, emptied by `reset`. */
function queues(call: KernelInvocation, count: number, zeros: number): readonly Samples[] {
  const list = Array.from({ length: count }, () => new Samples());
  const clear = (): void => list.forEach((queue) => queue.clear(zeros));
  clear();
  call.machine.onReset(clear);
  return list;
}

/** SignalDelay: samples come out a number of samples later. */
export const delay: KernelMaker = (call) => {
  const from = input(call, 0);
  const [values, out] = [from.int16, output(call).int16];
  const length = from.shape.at(-1) ?? 1;
  const rows = queues(call, values.length / length, signalOptions(call)('delay_length'));
  return () => {
    rows.forEach((queue, row) => {
      queue.write(values.subarray(row * length, (row + 1) * length));
      queue.copyTo(out.subarray(row * length, (row + 1) * length));
      queue.discard(length);
    });
  };
};

/** SignalFramer: frames that overlap, and whether all of them are filled. */
export const framer: KernelMaker = (call) => {
  const from = input(call, 0);
  const [values, out, isValid] = [from.int16, output(call).int16, output(call, 1).bytes];
  const option = signalOptions(call);
  const [size, step] = [option('frame_size'), option('frame_step')];
  const isPrefilled = prefill(call);
  const length = from.shape.at(-1) ?? 1;
  const frames = Math.floor(length / step);
  const rows = queues(call, values.length / length, isPrefilled ? size - step : 0);
  return () => {
    isValid[0] = 1;
    rows.forEach((queue, row) => {
      for (let frame = row * frames; frame < (row + 1) * frames; frame++) {
        queue.write(values.subarray(frame * step, (frame + 1) * step));
        if (queue.length >= size) {
          queue.copyTo(out.subarray(frame * size, (frame + 1) * size));
          queue.discard(step);
        } else isValid[0] = 0;
      }
    });
  };
};

function prefill(call: KernelInvocation): boolean {
  return (readFlexMap(call.operator.customOptions)?.integer('prefill') ?? 0) !== 0;
}

/** SignalOverlapAdd: adds frames that overlap. */
export const overlapAdd = byType(inputType, {
  int16: (call) => overlapping(call, input(call, 0).int16, output(call).int16),
  float32: (call) => overlapping(call, input(call, 0).float32, output(call).float32),
});

function overlapping<Values extends Int16Array | Float32Array>(
  call: KernelInvocation,
  values: Values,
  out: Values,
): Kernel {
  const { shape } = input(call, 0);
  const step = signalOptions(call)('frame_step');
  const size = shape.at(-1) ?? 1;
  const frames = shape.at(-2) ?? 1;
  const isInteger = values instanceof Int16Array;
  const sums = new Float64Array((values.length / (size * frames)) * size);
  call.machine.onReset(() => {
    sums.fill(0);
  });
  return () => {
    for (let frame = 0; frame * size < values.length; frame++) {
      const start = Math.floor(frame / frames) * size;
      for (let index = 0; index < size; index++) {
        const sum = sums[start + index] + values[frame * size + index];
        sums[start + index] = isInteger ? Math.min(Math.max(sum, -32768), 32767) : Math.fround(sum);
      }
      out.set(sums.subarray(start, start + step), frame * step);
      sums.copyWithin(start, start + step, start + size);
      sums.fill(0, start + size - step, start + size);
    }
  };
}

/** SignalStacker: a frame with its neighbours; the first frame stands for those before it. */
export const stacker: KernelMaker = (call) => {
  const [values, out, isValid] = [input(call, 0).int16, output(call).int16, output(call, 1).bytes];
  const option = signalOptions(call);
  const channels = option('num_channels');
  const left = option('stacker_left_context');
  const size = channels * (left + option('stacker_right_context') + 1);
  const step = channels * option('stacker_step');
  const [queue] = queues(call, 1, 0);
  let hasFirst = false;
  call.machine.onReset(() => {
    hasFirst = false;
  });
  return () => {
    const frame = values.subarray(0, channels);
    for (let copy = hasFirst ? left : 0; copy <= left; copy++) queue.write(frame);
    hasFirst = true;
    isValid[0] = queue.length >= size ? 1 : 0;
    if (isValid[0] === 0) return;
    queue.copyTo(out.subarray(0, size));
    queue.discard(step);
  };
};

/** CIRCULAR_BUFFER: keeps the last slices, and lets what follows run only every so many times. */
export const circularBuffer: KernelMaker = (call) => {
  const [slice, kept] = [input(call, 0), output(call)];
  const period = readFlexMap(call.operator.customOptions)?.integer('cycles_max') ?? 0;
  // Without the option, by the shapes of the two streaming models that TFLM knows: circular_buffer_common.cc.
  const cycles = period > 0 ? period : [5, 13, 25].includes(kept.shape[1]) ? 1 : 2;
  let remaining = cycles;
  call.machine.onReset(() => {
    remaining = cycles;
    kept.bytes.fill(0);
  });
  return () => {
    const depth = slice.bytes.length;
    kept.bytes.copyWithin(0, depth);
    kept.bytes.set(slice.bytes, kept.bytes.length - depth);
    if (--remaining > 0) throw new InferenceEnds();
    remaining = cycles;
  };
};
