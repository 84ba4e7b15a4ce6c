import { dimension, elementsOf, inputOf, outputOf } from '../operands';
import type { DataType } from '../../model/dataType';
import type { Tensor } from '../../model/model';
import type { KernelCall, KernelContext, KernelPath, LoopCounts } from './kernelCall';
import { scaleCounts } from './copy';
import type { Width } from './matrix';
import { depthLoops, matrixTimesTransposed, productCounts } from './matrix';
import { productsOf, typeSuffix } from './slidingReference';

/** A dense layer as the kernels see it: `rows` independent vectors. */
interface Dense {
  readonly rows: number;
  readonly outputs: number;
  readonly depth: number;
}

/**
 * FULLY_CONNECTED. CMSIS-NN 4ab83cc3 through TFLM's `kernels/cmsis_nn/fully_connected.cc`: more than two output
 * dimensions and a depth divisible by 4 run as a 1x1 convolution, all else as vector times matrix, per tensor or per
 * channel.
 */
export function dense(context: KernelContext): KernelCall | undefined {
  const input = inputOf(context, 0);
  const filter = inputOf(context, 1);
  const output = outputOf(context);
  if (input === undefined || filter === undefined || output === undefined) return undefined;
  const outputs = dimension(output, -1);
  const depth = dimension(filter, -1);
  if (filter.shape.length < 2 || outputs < 1) return undefined;
  const shape = { rows: elementsOf(output) / outputs, outputs, depth };
  if (filter.type === 'float32' && input.type === 'float32')
    return plain(shape, 'f32', { reason: 'Float runs plain loops.', context });
  if (filter.type !== 'int8') return undefined;
  const perChannel = (filter.quantization?.scales.length ?? 0) > 1;
  if (context.library === 'reference') return referenceKernel(shape, perChannel, { type: input.type, context });
  if (input.type === 'int16') return int16Kernel(shape, context.path);
  if (input.type !== 'int8') return undefined;
  if (output.shape.length > 2 && depth % 4 === 0) return asConvolution(shape, perChannel, context.path);
  return vectorTimesMatrix(shape, filter, context);
}

function plain(
  shape: Dense,
  suffix: string,
  { reason, context }: { readonly reason: string; readonly context: KernelContext },
): KernelCall {
  const outputs = shape.rows * shape.outputs;
  return {
    variant: `dense reference ${suffix}`,
    reason,
    counts: {
      call: 1,
      row: shape.rows,
      output: outputs,
      ...productsOf(outputs * shape.depth, suffix === 'f32' ? 'float32' : 'int8', context),
    },
  };
}

function referenceKernel(
  shape: Dense,
  perChannel: boolean,
  { type, context }: { readonly type: DataType; readonly context: KernelContext },
): KernelCall | undefined {
  const suffix = typeSuffix(type);
  if (suffix === undefined) return undefined;
  const reason = 'Plain loops: one output after the other.';
  return plain(shape, perChannel ? `per channel ${suffix}` : suffix, { reason, context });
}

function asConvolution(shape: Dense, perChannel: boolean, path: KernelPath): KernelCall {
  return {
    variant: 'dense as conv 1x1 s8',
    reason: 'More than two output dimensions and a depth divisible by 4: runs as a 1x1 convolution.',
    counts: { call: 1, scaleCopied: perChannel ? 0 : shape.outputs, ...matrixTimesTransposed(shape, path) },
  };
}

function vectorTimesMatrix(shape: Dense, filter: Tensor, context: KernelContext): KernelCall {
  const perChannel = (filter.quantization?.scales.length ?? 0) > 1;
  const offset = (filter.quantization?.zeroPoints[0] ?? 0) !== 0;
  const name = perChannel ? 'dense per channel s8' : 'dense s8';
  const why = perChannel ? 'one scale for each output' : 'one scale for all outputs';
  return {
    variant: offset ? `${name} weight offset` : name,
    reason: `Vector times matrix, ${why}${offset ? ', weights with a zero point' : ''}.`,
    counts: { call: 1, row: shape.rows, ...scaleCounts(vectorCounts(shape, context.path), shape.rows) },
  };
}

/**
 * `arm_nn_vec_mat_mult_t_s8`: DSP takes two outputs at once and the depth in blocks of 4, Helium four outputs and 16 of
 * the depth, plain C three outputs (`arm_nn_vec_mat_mult_t_s16`: one).
 */
export function vectorCounts(
  { outputs, depth }: Pick<Dense, 'outputs' | 'depth'>,
  path: KernelPath,
  width: Width = 's8',
): LoopCounts {
  const together = path === 'mve' ? 4 : path === 'dsp' ? 2 : width === 's8' ? 3 : 1;
  const depths = depthLoops(depth, path, width);
  return {
    ...productCounts('block', Math.floor(outputs / together), depths),
    ...productCounts('last', outputs % together, depths),
  };
}

function int16Kernel(shape: Dense, path: KernelPath): KernelCall {
  return {
    variant: 'dense s16',
    reason: '16-bit activations: vector times matrix with 64-bit sums.',
    counts: { call: 1, row: shape.rows, ...scaleCounts(vectorCounts(shape, path, 's16'), shape.rows) },
  };
}
