import { outputOf } from '../../operands';
import {
  everyTensor,
  kernelsByState,
  noTensor,
  tensorsAt,
  type PreparedOperator,
  type KernelMemory,
  type PrepareRequests,
} from '../kernelMemory';
import { dimsBytes, inputRank } from '../shapes';

/**
 * Kernels that move, cut, join or describe data, and those that call other graphs.
 * Source: tensorflow/tflite-micro 90b983c2, tensorflow/lite/micro/kernels: the file of each operator.
 */
export const layoutKernels: readonly (readonly [string, KernelMemory])[] = [
  ...kernelsByState(
    [
      ['BROADCAST_ARGS', undefined],
      ['BROADCAST_TO', undefined],
      ['DYNAMIC_UPDATE_SLICE', undefined],
      ['EXPAND_DIMS', undefined],
      ['FILL', undefined],
      ['L2_NORMALIZATION', 'L2NormalizationParams'],
      ['PAD', 'OpDataPad'],
      ['PADV2', 'OpDataPad'],
      ['RESIZE_BILINEAR', undefined],
      ['RESIZE_NEAREST_NEIGHBOR', undefined],
      ['REVERSE_V2', undefined],
      ['SLICE', undefined],
      ['STRIDED_SLICE', 'StridedSliceParams'],
      ['TRANSPOSE', undefined],
    ],
    everyTensor,
  ),
  ...kernelsByState(
    [
      ['ARG_MAX', undefined],
      ['ARG_MIN', undefined],
      ['CALL_ONCE', 'OpDataCallOnce'],
      ['PACK', undefined],
      ['SHAPE', undefined],
      ['UNPACK', undefined],
      ['VAR_HANDLE', 'OpDataVarHandle'],
      ['WHILE', 'OpDataSubgraphs'],
    ],
    noTensor,
  ),
  ...kernelsByState(
    [
      ['BATCH_TO_SPACE_ND', undefined],
      ['SPACE_TO_BATCH_ND', 'SpaceToBatchParams'],
      ['SQUEEZE', undefined],
      ['CIRCULAR_BUFFER', 'OpDataCircularBuffer'],
    ],
    tensorsAt([0], [0]),
  ),
  ['IF', { state: 'OpDataSubgraphs', temporaries: tensorsAt([0], []) }],
  ['READ_VARIABLE', { temporaries: tensorsAt([0], []) }],
  // The buffer of the variable itself is made by the first assignment to it: see resources.ts.
  ['ASSIGN_VARIABLE', { temporaries: tensorsAt([1], []) }],
  ['SPLIT', { temporaries: tensorsAt([0], []) }],
  ['SPLIT_V', { temporaries: tensorsAt([2], []) }],
  // Input 0 is taken alone first, and again in the loop over all inputs.
  ['CONCATENATION', { state: 'ConcatenationParams', temporaries: (call) => [...everyTensor(call), firstInput(call)] }],
  ['RESHAPE', { temporaries: tensorsAt([0], [0]), prepare: stretchedDims }],
  ['DEPTH_TO_SPACE', { temporaries: tensorsAt([0], [0]), prepare: writableDims }],
  ['SPACE_TO_DEPTH', { temporaries: tensorsAt([0], [0]), prepare: writableDims }],
  ['L2_POOL_2D', { temporaries: tensorsAt([0], [0]), prepare: writableDims }],
  ['GATHER', { temporaries: tensorsAt([0, 1], [0]), prepare: writableDims }],
  ['GATHER_ND', { temporaries: tensorsAt([0, 1], [0]), prepare: writableDims }],
  ['EMBEDDING_LOOKUP', { temporaries: tensorsAt([0, 1], [0]), prepare: embeddingLookup }],
  ['MIRROR_PAD', { state: 'OpDataMirrorPad', temporaries: tensorsAt([0, 1], [0]), prepare: mirrorPad }],
];

function firstInput(call: PreparedOperator): ReturnType<typeof outputOf> {
  return call.graph.tensors[call.operator.inputs[0] ?? -1];
}

/** A kernel that works out its output's shape copies the dims, which lie in flash, into the arena. */
function writableDims(call: PreparedOperator): PrepareRequests | undefined {
  const output = outputOf(call);
  return output === undefined ? undefined : { persistent: [dimsBytes(output)] };
}

/** The dims are copied only to replace a -1 in them. */
function stretchedDims(call: PreparedOperator): PrepareRequests | undefined {
  return outputOf(call)?.shape.includes(-1) === true ? writableDims(call) : {};
}

function embeddingLookup(call: PreparedOperator): PrepareRequests | undefined {
  const output = outputOf(call);
  return output === undefined ? undefined : { persistent: [dimsBytes(output), call.bytesOf('OpDataEmbeddingLookup')] };
}

function mirrorPad(call: PreparedOperator): PrepareRequests {
  const elementsPerDimension = 4 * inputRank(call);
  return { scratch: [elementsPerDimension, elementsPerDimension] };
}
