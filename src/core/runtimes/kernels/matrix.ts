import type { KernelPath, LoopCounts } from './kernelCall';

/** A matrix product: `rows` x `depth` times `depth` x `outputs`. */
export interface Product {
  readonly rows: number;
  readonly outputs: number;
  readonly depth: number;
}

/**
 * Loop counts of `arm_nn_mat_mult_nt_t_s8` (CMSIS-NN 4ab83cc3). DSP: two outputs x two rows at once, depth in blocks of 16,
 * then 4, then 1; the sum of each filter row is taken once per pair of outputs. Plain C: the same without blocks.
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
 * Counts of `times` sums of products named `name`, whose depth is split into loops by step: for each loop how often it is entered and
 * how often its body runs. Entering costs too: pointers and sums move between registers and the stack.
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
 * Loop counts of the product over copied patches: `arm_nn_mat_mult_kernel_s8_s16` and its 16-bit sibling, two pixels and two
 * outputs at once, depth in blocks of 4 where the core has DSP; the last odd pixel runs alone. Helium: four pixels at once.
 */
export function matrixColumns(product: Product, path: KernelPath): LoopCounts {
  if (path === 'mve') return heliumProduct(product);
  const { rows, outputs, depth } = product;
  const pairs = Math.floor(rows / 2);
  const depths: Readonly<Record<number, number>> =
    path === 'dsp' ? { 4: Math.floor(depth / 4), 1: depth % 4 } : { 1: depth };
  return {
    pixelPair: pairs,
    ...productCounts('block', pairs * Math.floor(outputs / 2), depths),
    ...productCounts('lastOutput', pairs * (outputs % 2), depths),
    ...productCounts('lastPixel', (rows % 2) * outputs, depths),
  };
}

function heliumProduct({ rows, outputs, depth }: Product): LoopCounts {
  const quads = Math.floor(rows / 4);
  const singles = rows % 4;
  const steps = Math.ceil(depth / 16);
  return {
    quad: quads,
    quadOutput: quads * outputs,
    quadStep: quads * outputs * steps,
    single: singles,
    singleOutput: singles * outputs,
    singleStep: singles * outputs * steps,
    singleOutput4: singles * Math.floor(outputs / 4),
    singleOutputRest: singles * (outputs % 4),
  };
}
