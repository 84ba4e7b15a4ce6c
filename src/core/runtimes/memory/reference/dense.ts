import { elementsOf, inputOf, outputOf } from '../../operands';
import type { Tensor } from '../../../model/model';
import { bitsPerElement } from '../../../model/dataType';
import { booleanOption } from '../../../model/options';
import { everyTensor, type PreparedOperator, type KernelMemory, type PrepareRequests } from '../kernelMemory';
import { dimsBytes } from '../shapes';
import { perChannel, unpackedFilter } from './convolution';

/**
 * Matrix products, and what follows them at a network's end.
 * Source: tensorflow/tflite-micro 90b983c2,
 * tensorflow/lite/micro/kernels/{fully_connected,batch_matmul,softmax_common}.cc.
 */
export const denseKernels: readonly (readonly [string, KernelMemory])[] = [
  ['FULLY_CONNECTED', { state: 'OpDataFullyConnected', temporaries: everyTensor, prepare: fullyConnected }],
  ['BATCH_MATMUL', { state: 'OpDataBatchMatmul', temporaries: everyTensor, prepare: batchMatmul }],
  ['SOFTMAX', { state: 'SoftmaxParams', temporaries: everyTensor, prepare: softmax }],
];

function fullyConnected(call: PreparedOperator): PrepareRequests | undefined {
  const filter = inputOf(call, 1);
  if (filter === undefined) return undefined;
  return { persistent: denseChannels(call, filter), scratch: unpackedFilter(filter) };
}

/** Multipliers and shifts of quantized weights with more than one scale. */
export function denseChannels(call: PreparedOperator, filter: Tensor): readonly number[] {
  const scales = filter.quantization?.scales.length ?? 0;
  return inputOf(call, 0)?.type !== 'float32' && scales > 1 ? perChannel(scales) : [];
}

function batchMatmul(call: PreparedOperator): PrepareRequests | undefined {
  const output = outputOf(call);
  const left = inputOf(call, 0);
  if (output === undefined || left === undefined) return undefined;
  const quantization = left.type === 'float32' ? [] : [call.bytesOf('QuantizationOpDataBatchMatmul')];
  return { persistent: [...quantization, ...transposedOperands(call), dimsBytes(output)] };
}

/** A left operand to be adjoined, and a right one that is not, are kept transposed: structure, dims and data. */
export function transposedOperands(call: PreparedOperator): readonly number[] {
  const left = booleanOption(call.operator, 'adjX', false) ? inputOf(call, 0) : undefined;
  const right = booleanOption(call.operator, 'adjY', false) ? undefined : inputOf(call, 1);
  return [left, right].flatMap((operand) =>
    operand === undefined
      ? []
      : [
          call.bytesOf('TfLiteEvalTensor'),
          dimsBytes(operand),
          (elementsOf(operand) * bitsPerElement[operand.type]) / 8,
        ],
  );
}

/** Tables of 513 values for the exponential and for 1 / (1 + x), when the input has 16 bits. */
export function softmax(call: PreparedOperator): PrepareRequests {
  return { persistent: inputOf(call, 0)?.type === 'int16' ? [1026, 1026] : [] };
}
