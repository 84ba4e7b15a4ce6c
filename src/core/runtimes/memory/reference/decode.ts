import { inputOf, outputOf } from '../../operands';
import { type PreparedOperator, type KernelMemory, type PrepareRequests } from '../kernelMemory';
import type { Tensor } from '../../../model/model';

/** State by the type that the ancillary tensor gives in its first byte. */
const decodeStates: Readonly<Record<number, string>> = {
  0: 'DecodeStateLut',
  1: 'DecodeStateHuffman',
  2: 'DecodeStatePrune',
};

/**
 * The custom operator that decompresses weights before they are used. Inputs come in pairs: the compressed data and a
 * description. Source: tensorflow/tflite-micro 90b983c2,
 * tensorflow/lite/micro/kernels/{decode,decode_state,decode_state_prune}.cc.
 */
export const decodeKernels: readonly (readonly [string, KernelMemory])[] = [
  ['TFLM_DECODE', { temporaries: decodedTensors, prepare: decode }],
];

function decodedTensors(call: PreparedOperator): readonly (Tensor | undefined)[] {
  return call.operator.outputs.flatMap((_, position) => [
    inputOf(call, 2 * position),
    inputOf(call, 2 * position + 1),
    outputOf(call, position),
  ]);
}

function decode(call: PreparedOperator): PrepareRequests | undefined {
  const persistent = [call.operator.outputs.length * call.bytesOf('pointer')];
  for (let position = 0; position < call.operator.outputs.length; position++) {
    const type = inputOf(call, 2 * position + 1)?.data?.[0];
    const state = type === undefined ? undefined : decodeStates[type];
    if (state === undefined) return undefined;
    persistent.push(call.bytesOf(state));
    if (state === 'DecodeStatePrune') persistent.push(...zeroPoints(outputOf(call, position)));
  }
  return { persistent };
}

/** Pruned weights with a zero point of their own per channel keep a byte for each, unless all are 0. */
function zeroPoints(output: Tensor | undefined): readonly number[] {
  const quantization = output?.quantization;
  const channels = quantization?.scales.length ?? 0;
  return channels > 1 && quantization?.zeroPoints.some((point) => point !== 0) === true ? [channels] : [];
}
