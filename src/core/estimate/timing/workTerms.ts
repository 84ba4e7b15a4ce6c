import { constantBytes } from '../../model/constants';
import { elementCount } from '../../model/dataType';
import { macsOf } from '../../operators/operators';
import { insideShare } from '../../runtimes/cost/window';
import type { Graph, Operator, Tensor } from '../../model/model';
import type { Target } from '../../runtimes/target';
import type { Coefficients } from './timingFacts';

/** Data caches by which weights stay or are waited for. */
interface DataCaches {
  /** Of the reference board: ratios of boards were taken with it, and hold what another does to integer kernels. */
  readonly referenceBytes: number;
  /** Of the target's board: the larger of its own and the reference board's. */
  readonly ownBytes: number;
}

export function dataCachesOf({ board }: Pick<Target, 'board'>, referenceBytes: number): DataCaches {
  return { referenceBytes, ownBytes: Math.max(referenceBytes, board?.memory?.dataCacheBytes?.value ?? 0) };
}

function cacheFor(weights: Tensor, { referenceBytes, ownBytes }: DataCaches): number {
  return weights.type === 'float32' ? ownBytes : referenceBytes;
}

/**
 * How often a convolution's kernel goes through all weights: once a pixel of the output, or once for two (CMSIS-NN's
 * int8 kernels).
 */
const pixelsPerPass = { float32: 1, integer: 2 } as const;

/**
 * Bytes of weights that a convolution reads again and again because they do not stay in the data cache: weight bytes x
 * passes over the output, 0 where all weights fit into the cache, and 0 for operators that read their weights once.
 * Weights usually lie in flash, so that each of these bytes costs wait states.
 */
function rereadWeightBytes(operator: Operator, graph: Graph, caches: DataCaches): number {
  if (operator.kind !== 'CONV_2D' && operator.kind !== 'DEPTHWISE_CONV_2D') return 0;
  const weights = graph.tensors[operator.inputs[1]];
  const output = graph.tensors[operator.outputs[0]];
  if (weights === undefined || output?.shape.length !== 4) return 0;
  const bytes = constantBytes(weights);
  if (bytes <= cacheFor(weights, caches)) return 0;
  const [batch, height, width] = output.shape;
  const perPass = weights.type === 'float32' ? pixelsPerPass.float32 : pixelsPerPass.integer;
  return Math.max(0, (bytes * batch * height * width * insideShare(operator, graph)) / perPass);
}

/**
 * Bytes of a fully-connected layer's weights that come from flash one line after the other. Float kernels read four
 * bytes for every product, so that all their weights count that do not stay in the cache. Integer kernels go along
 * several rows at once: rows longer than the data cache leave it before the next lines of all of them are used, those
 * of shorter rows stay and count nothing. 0 for other operators.
 */
function streamedWeightBytes(operator: Operator, graph: Graph, caches: DataCaches): number {
  if (operator.kind !== 'FULLY_CONNECTED') return 0;
  const weights = graph.tensors[operator.inputs[1]];
  if (weights === undefined) return 0;
  const bytes = constantBytes(weights);
  const rows = weights.type === 'float32' ? 1 : (weights.shape.at(0) ?? 0);
  return rows > 0 && bytes / rows > cacheFor(weights, caches) ? bytes : 0;
}

/** Pixels of the output of an int8 convolution; `undefined` for other operators, types and shapes. */
function int8Pixels({ outputs }: Operator, { tensors }: Graph): number | undefined {
  const output = tensors[outputs[0]];
  if (output?.type !== 'int8' || output.shape.length !== 4) return undefined;
  return elementCount(output.shape.slice(0, 3));
}

/**
 * Pixels of the output of an int8 convolution whose filters are larger than 1x1. For each one CMSIS-NN gathers a patch
 * and calls helpers, whose code leaves the instruction cache in between. 0 for other operators and types, where models
 * that were left out show no such cost.
 */
function gatheredPixels(operator: Operator, graph: Graph): number {
  if (operator.kind !== 'CONV_2D') return 0;
  const [, height = 1, width = 1] = graph.tensors[operator.inputs[1]]?.shape ?? [];
  return height === 1 && width === 1 ? 0 : (int8Pixels(operator, graph) ?? 0);
}

/**
 * Pixels of the output of an int8 depthwise convolution, whatever its channels: the two measured networks that have
 * such layers tell the same cost for each, by which either predicts the other within 1 %. 0 for other operators.
 */
function depthwisePixels(operator: Operator, graph: Graph): number {
  return operator.kind === 'DEPTHWISE_CONV_2D' ? (int8Pixels(operator, graph) ?? 0) : 0;
}

/**
 * Products of a float convolution, without those with the padding. Each reads a weight, waits for the floating-point
 * unit and, compiled for size, calls functions that find the place of every value, whose code and the loop's do not
 * stay in a small cache together. 0 for other operators and types.
 */
function floatProducts(operator: Operator, graph: Graph): number {
  if (operator.kind !== 'CONV_2D' && operator.kind !== 'DEPTHWISE_CONV_2D') return 0;
  if (graph.tensors[operator.inputs[0]]?.type !== 'float32') return 0;
  return (macsOf(operator, graph) ?? 0) * insideShare(operator, graph);
}

type Work = (operator: Operator, graph: Graph, caches: DataCaches) => number;

/** Those of the terms that stand for waits for weights in flash. */
export const weightWaitTerms: readonly (readonly [coefficient: keyof Coefficients, work: Work])[] = [
  ['cyclesPerRereadByte', rereadWeightBytes],
  ['cyclesPerStreamedByte', streamedWeightBytes],
];

/** The others: what counts where an external flash chip is waited for instead (`flashWait`). */
export const termsBesideFlash: readonly (readonly [coefficient: keyof Coefficients, work: Work])[] = [
  ['cyclesPerOperator', (): number => 1],
  ['cyclesPerPixel', gatheredPixels],
  ['cyclesPerDepthwisePixel', depthwisePixels],
  ['cyclesPerProduct', floatProducts],
];

/**
 * What an operator costs besides its instructions: the coefficient, and how much of such work there is.
 */
export const workTerms: readonly (readonly [coefficient: keyof Coefficients, work: Work])[] = [
  ['cyclesPerOperator', (): number => 1],
  ...weightWaitTerms,
  ['cyclesPerPixel', gatheredPixels],
  ['cyclesPerDepthwisePixel', depthwisePixels],
  ['cyclesPerProduct', floatProducts],
];
