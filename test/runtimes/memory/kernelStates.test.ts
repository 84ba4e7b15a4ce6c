import type { DataType } from '../../../src/core/model/dataType';
import { cmsisNnKernels } from '../../../src/core/runtimes/memory/cmsisNn/cmsisNn';
import type { KernelTable } from '../../../src/core/runtimes/memory/kernelMemory';
import { abiOf, StructureSizes } from '../../../src/core/runtimes/memory/layout';
import { referenceKernels } from '../../../src/core/runtimes/memory/reference/reference';
import { tflmCmsisNn } from '../../../src/core/runtimes/tflm/tflmCmsisNn';
import { tflmReference } from '../../../src/core/runtimes/tflm/tflmReference';
import { currentVersion } from '../../../src/core/runtimes/tflm/versions/current';
import { graph, operator, tensor } from '../../support/build';
import { check } from '../../support/check';
import { arenaTarget } from '../tflm/targets';

/**
 * What an operator keeps for itself before any buffer, on 32-bit Arm: figures of real TFLM 90b983c2, from traces of its
 * allocator and, for kernels that no traced model uses, from the debug information of the compiled kernel.
 */

const libraries = [
  { runtime: tflmReference, kernels: referenceKernels },
  { runtime: tflmCmsisNn, kernels: cmsisNnKernels },
] as const;

/** Bytes of the parameter block, and of the state with reference kernels and with CMSIS-NN; 0 for none. */
function ownBytes(kind: string): readonly number[] {
  const abi = abiOf(arenaTarget());
  const block = currentVersion.parameterBlocks[kind] as string | undefined;
  const sizes = libraries.map(({ runtime }) => {
    const known = new StructureSizes({ ...runtime.structures, ...currentVersion.structures }, abi);
    return (structure: string | undefined) => (structure === undefined ? 0 : known.of(structure).bytes);
  });
  const states = libraries.map(({ kernels }, at) => sizes[at](kernels.get(kind)?.state));
  return [sizes[0](block), ...states];
}

check(
  'parameter block, state with reference kernels, state with CMSIS-NN',
  ownBytes,
  (
    [
      ['ABS', [0, 28, 28]],
      ['ADD', [2, 60, 60]],
      ['ADD_N', [0, 0, 0]],
      ['ARG_MAX', [1, 0, 0]],
      ['ARG_MIN', [1, 0, 0]],
      ['ASSIGN_VARIABLE', [0, 0, 0]],
      ['AVERAGE_POOL_2D', [40, 32, 36]],
      ['BATCH_MATMUL', [3, 16, 36]],
      ['BATCH_TO_SPACE_ND', [0, 0, 0]],
      ['BROADCAST_ARGS', [0, 0, 0]],
      ['CALL_ONCE', [4, 8, 8]],
      ['CAST', [2, 0, 0]],
      ['CEIL', [0, 0, 0]],
      ['CONCATENATION', [8, 24, 24]],
      ['CONV_2D', [28, 56, 60]],
      ['COS', [0, 0, 0]],
      ['CUMSUM', [2, 0, 0]],
      ['DEPTHWISE_CONV_2D', [28, 56, 60]],
      ['DEPTH_TO_SPACE', [4, 0, 0]],
      ['DEQUANTIZE', [0, 32, 32]],
      ['DIV', [1, 28, 28]],
      ['ELU', [0, 256, 256]],
      ['EQUAL', [0, 32, 32]],
      ['EXP', [0, 0, 0]],
      ['EXPAND_DIMS', [0, 0, 0]],
      ['FILL', [0, 0, 0]],
      ['FLOOR', [0, 0, 0]],
      ['FLOOR_DIV', [0, 0, 0]],
      ['FLOOR_MOD', [0, 0, 0]],
      ['FULLY_CONNECTED', [5, 48, 72]],
      ['GATHER', [8, 0, 0]],
      ['GATHER_ND', [0, 0, 0]],
      ['GREATER', [0, 32, 32]],
      ['GREATER_EQUAL', [0, 32, 32]],
      ['HARD_SWISH', [0, 20, 20]],
      ['IF', [8, 8, 8]],
      ['L2_NORMALIZATION', [1, 4, 4]],
      ['L2_POOL_2D', [40, 0, 0]],
      ['LEAKY_RELU', [4, 24, 24]],
      ['LESS', [0, 32, 32]],
      ['LESS_EQUAL', [0, 32, 32]],
      ['LOG', [0, 0, 0]],
      ['LOGICAL_AND', [0, 0, 0]],
      ['LOGICAL_NOT', [0, 0, 0]],
      ['LOGICAL_OR', [0, 0, 0]],
      ['LOGISTIC', [0, 16, 16]],
      ['LOG_SOFTMAX', [0, 0, 0]],
      ['MAXIMUM', [0, 0, 0]],
      ['MAX_POOL_2D', [40, 32, 36]],
      ['MEAN', [1, 44, 44]],
      ['MINIMUM', [0, 0, 0]],
      ['MIRROR_PAD', [1, 20, 20]],
      ['MUL', [1, 36, 36]],
      ['NEG', [0, 0, 0]],
      ['NOT_EQUAL', [0, 32, 32]],
      ['PACK', [8, 0, 0]],
      ['PAD', [0, 56, 56]],
      ['PADV2', [0, 56, 56]],
      ['PRELU', [0, 28, 28]],
      ['QUANTIZE', [0, 32, 32]],
      ['READ_VARIABLE', [0, 0, 0]],
      ['REDUCE_ALL', [1, 44, 44]],
      ['REDUCE_MAX', [1, 44, 44]],
      ['REDUCE_MIN', [1, 44, 44]],
      ['RELU', [0, 28, 28]],
      ['RELU6', [0, 8, 8]],
      ['RESHAPE', [36, 0, 0]],
      ['RESIZE_BILINEAR', [2, 0, 0]],
      ['RESIZE_NEAREST_NEIGHBOR', [2, 0, 0]],
      ['REVERSE_V2', [0, 0, 0]],
      ['ROUND', [0, 0, 0]],
      ['RSQRT', [0, 28, 28]],
      ['SELECT_V2', [0, 1, 1]],
      ['SHAPE', [1, 0, 0]],
      ['SIN', [0, 0, 0]],
      ['SLICE', [0, 0, 0]],
      ['SOFTMAX', [4, 56, 64]],
      ['SPACE_TO_BATCH_ND', [0, 4, 4]],
      ['SPLIT', [4, 0, 0]],
      ['SPLIT_V', [4, 0, 0]],
      ['SQRT', [0, 0, 0]],
      ['SQUARE', [0, 0, 0]],
      ['SQUARED_DIFFERENCE', [0, 112, 112]],
      ['SQUEEZE', [36, 0, 0]],
      ['STRIDED_SLICE', [24, 84, 84]],
      ['SUB', [2, 52, 52]],
      ['SUM', [1, 44, 44]],
      ['SVDF', [8, 36, 40]],
      ['TANH', [0, 16, 16]],
      ['TRANSPOSE', [0, 0, 0]],
      ['TRANSPOSE_CONV', [16, 72, 76]],
      ['UNIDIRECTIONAL_SEQUENCE_LSTM', [16, 688, 912]],
      ['UNPACK', [8, 0, 0]],
      ['VAR_HANDLE', [8, 4, 4]],
      ['WHILE', [8, 8, 8]],
      ['ZEROS_LIKE', [0, 0, 0]],
    ] as const
  ).map(([name, expected]) => ({ name, input: name, expected })),
);

interface Prepared {
  readonly kind: string;
  /** Absent ones are `null`. */
  readonly inputs: readonly (string | null)[];
  readonly type?: DataType;
  readonly table?: KernelTable;
}

/** Names of the tensors that Prepare takes, in order, each as often as it takes it. */
function taken({ kind, inputs, type = 'int8', table = referenceKernels }: Prepared): string {
  const present = inputs.filter((name) => name !== null);
  let next = 0;
  const indices = inputs.map((name) => (name === null ? -1 : next++));
  const only = operator(kind, indices, [present.length]);
  const tensors = [...present, 'output'].map((name) => tensor(name, type, [1, 2]));
  const kernel = table.get(kind);
  const given = { operator: only, graph: graph(tensors, [only]), isa: 'dsp', bytesOf: () => 0 } as const;
  const found = kernel?.temporaries(given) ?? [];
  return found
    .flatMap((one) => one?.name ?? [])
    .sort()
    .join(' ');
}

// An input that is absent is not taken; every structure is 32 bytes and stays to the end of Prepare.
check('temporary tensors of Prepare', taken, [
  {
    name: 'FULLY_CONNECTED without a bias',
    input: { kind: 'FULLY_CONNECTED', inputs: ['input', 'weights', null] },
    expected: 'input output weights',
  },
  { name: 'MAXIMUM: none', input: { kind: 'MAXIMUM', inputs: ['input', 'second'] }, expected: '' },
  { name: 'PACK: none', input: { kind: 'PACK', inputs: ['input', 'second'] }, expected: '' },
  { name: 'SHAPE: none', input: { kind: 'SHAPE', inputs: ['input'] }, expected: '' },
  {
    name: 'ASSIGN_VARIABLE: the value',
    input: { kind: 'ASSIGN_VARIABLE', inputs: ['id', 'value'] },
    expected: 'value',
  },
  { name: 'READ_VARIABLE: the resource', input: { kind: 'READ_VARIABLE', inputs: ['id'] }, expected: 'id' },
  { name: 'RESHAPE: not the shape', input: { kind: 'RESHAPE', inputs: ['input', 'shape'] }, expected: 'input output' },
  { name: 'SPLIT: the axis alone', input: { kind: 'SPLIT', inputs: ['axis', 'input'] }, expected: 'axis' },
  {
    name: 'SPLIT_V: the axis alone',
    input: { kind: 'SPLIT_V', inputs: ['input', 'sizes', 'axis'] },
    expected: 'axis',
  },
  { name: 'TANH: the input twice', input: { kind: 'TANH', inputs: ['input'] }, expected: 'input input output' },
  {
    name: 'CONCATENATION: the first twice',
    input: { kind: 'CONCATENATION', inputs: ['a', 'b', 'c'] },
    expected: 'a a b c output',
  },
  {
    name: 'CONV_2D of int8: all but the bias twice',
    input: { kind: 'CONV_2D', inputs: ['input', 'weights', 'bias'] },
    expected: 'bias input input output output weights weights',
  },
  {
    name: 'DEPTHWISE_CONV_2D of int8: the same',
    input: { kind: 'DEPTHWISE_CONV_2D', inputs: ['input', 'weights', 'bias'] },
    expected: 'bias input input output output weights weights',
  },
  {
    name: 'AVERAGE_POOL_2D with reference kernels: each once',
    input: { kind: 'AVERAGE_POOL_2D', inputs: ['input'] },
    expected: 'input output',
  },
  {
    name: 'AVERAGE_POOL_2D with CMSIS-NN: each twice',
    input: { kind: 'AVERAGE_POOL_2D', inputs: ['input'], table: cmsisNnKernels },
    expected: 'input input output output',
  },
  {
    name: 'MEAN of int8: the output twice as well',
    input: { kind: 'MEAN', inputs: ['input', 'axis'] },
    expected: 'axis axis input input output output',
  },
  {
    name: 'MEAN of float32: the output once',
    input: { kind: 'MEAN', inputs: ['input', 'axis'], type: 'float32' },
    expected: 'axis axis input input output',
  },
  {
    name: 'REDUCE_MAX of float32',
    input: { kind: 'REDUCE_MAX', inputs: ['input', 'axis'], type: 'float32' },
    expected: 'axis axis input input output',
  },
]);
