import type { KernelPath, LoopCounts } from './kernelCall';

/** A matrix product: `rows` x `depth` times `depth` x `outputs`. */
interface Product {
  readonly rows: number;
  readonly outputs: number;
  readonly depth: number;
  /**
   * Whether sums are of 64 bits (16-bit activations with such a bias): only the first 512 products are summed in 32
   * bits.
   */
  readonly wide?: boolean;
}

/**
 * Loop counts of `arm_nn_mat_mult_nt_t_s8` (CMSIS-NN 4ab83cc3). DSP: two outputs x two rows at once, depth in blocks of
 * 16, then 4, then 1; the sum of each filter row is taken once per pair of outputs. Plain C: the same without blocks.
 * Helium: four rows at once, then single rows, depth in steps of 16; single rows requantize four outputs at once.
 */
export function matrixTimesTransposed(product: Product, path: KernelPath): LoopCounts {
  if (path === 'mve') return heliumProduct(product);
  const { rows, outputs, depth } = product;
  const pairs = Math.floor(outputs / 2);
  const odd = outputs % 2;
  const depths: Readonly<Record<number, number>> =
    path === 'dsp' ? { 16: Math.floor(depth / 16), 4: Math.floor((depth % 16) / 4), 1: depth % 4 } : { 1: depth };
  return {
    outputPair: pairs,
    outputPairDepth: pairs * depth,
    ...productCounts('block', pairs * Math.floor(rows / 2), depths),
    ...productCounts('lastRow', pairs * (rows % 2), depths),
    lastOutput: odd * rows,
    lastOutputDepth: odd * rows * depth,
  };
}

/**
 * Counts of `times` sums of products named `name`, whose depth is split into loops by step: for each loop how often it
 * is entered and how often its body runs. Entering costs too: pointers and sums move between registers and the stack.
 */
export function productCounts(
  name: string,
  times: number,
  depths: Readonly<Record<number, number>>,
): Record<string, number> {
  const counts: Record<string, number> = { [name]: times };
  for (const [step, runs] of Object.entries(depths)) {
    counts[`${name}Enters${step}`] = runs > 0 ? times : 0;
    counts[`${name}Depth${step}`] = times * runs;
  }
  return counts;
}

/**
 * Element width of the activations; CMSIS-NN sums at most 512 products of 16-bit values in 32 bits, the rest one by
 * one.
 */
export type Width = 's8' | 's16';

const longestFastSum = 512;

/** Splits a depth into the loops of a kernel: by step, how often the body runs. */
export function depthLoops(depth: number, path: KernelPath, width: Width = 's8'): Readonly<Record<number, number>> {
  const fast = width === 's16' ? Math.min(depth, longestFastSum) : depth;
  if (path === 'none') return { 1: depth };
  if (path === 'dsp') return { 4: Math.floor(fast / 4), 1: depth - 4 * Math.floor(fast / 4) };
  return width === 's16' ? { 8: Math.ceil(fast / 8), 1: depth - fast } : { 16: Math.ceil(depth / 16) };
}

/**
 * Loop counts of the product over copied patches: `arm_nn_mat_mult_kernel_s8_s16` and its 16-bit sibling, two pixels
 * and two outputs at once, depth in blocks of 4 where the core has DSP; the last odd pixel runs alone, and sums all its
 * products in 32 bits. Helium: four pixels at once.
 */
export function matrixColumns(product: Product, path: KernelPath, width: Width = 's8'): LoopCounts {
  if (path === 'mve') return heliumProduct(product, width);
  const { rows, outputs, depth } = product;
  const pairs = Math.floor(rows / 2);
  const blocks = pairs * Math.floor(outputs / 2);
  const rest = pairs * (outputs % 2);
  const fast = product.wide === true ? Math.min(depth, longestFastSum) : depth;
  const slow = depth - fast;
  const depths = depthLoops(fast, path);
  return {
    pixelPair: pairs,
    ...productCounts('block', blocks, depths),
    ...productCounts('lastOutput', rest, depths),
    ...productCounts('lastPixel', (rows % 2) * outputs, depthLoops(depth, path)),
    ...(slow > 0 ? { blockSlow: blocks * slow, lastOutputSlow: rest * slow } : {}),
  };
}

/** Four rows at once, 16 bytes of the depth a step; single rows of 16-bit values take half of that. */
function heliumProduct({ rows, outputs, depth, wide }: Product, width: Width = 's8'): LoopCounts {
  const fast = wide === true ? Math.min(depth, longestFastSum) : depth;
  const quads = Math.floor(rows / 4);
  const singles = rows % 4;
  const steps = Math.ceil(width === 's16' ? fast / 8 : depth / 16);
  const singleSteps = width === 's16' ? Math.ceil(fast / 4) : steps;
  const slow = depth - fast;
  return {
    quad: quads,
    quadOutput: quads * outputs,
    quadStep: quads * outputs * steps,
    single: singles,
    singleOutput: singles * outputs,
    singleStep: singles * outputs * singleSteps,
    singleOutput4: singles * Math.floor(outputs / 4),
    singleOutputRest: singles * (outputs % 4),
    slow: (quads + singles) * outputs * slow,
  };
}
