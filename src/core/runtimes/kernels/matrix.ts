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
  const blocks = Math.floor(rows / 2);
  const single = rows % 2;
  const depth16 = path === 'dsp' ? Math.floor(depth / 16) : 0;
  const depth4 = path === 'dsp' ? Math.floor((depth % 16) / 4) : 0;
  const depth1 = path === 'dsp' ? depth % 4 : depth;
  return {
    outputPair: pairs,
    outputPairDepth: pairs * depth,
    block: pairs * blocks,
    blockDepth16: pairs * blocks * depth16,
    blockDepth4: pairs * blocks * depth4,
    blockDepth1: pairs * blocks * depth1,
    lastRow: pairs * single,
    lastRowDepth16: pairs * single * depth16,
    lastRowDepth4: pairs * single * depth4,
    lastRowDepth1: pairs * single * depth1,
    lastOutput: odd * rows,
    lastOutputDepth: odd * rows * depth,
  };
}

/**
 * Loop counts of the product over copied patches: `arm_nn_mat_mult_kernel_s8_s16` and its 16-bit sibling, two pixels and two
 * outputs at once, depth in blocks of 4 where the core has DSP; the last odd pixel runs alone. Helium: four pixels at once.
 */
export function matrixColumns(product: Product, path: KernelPath): LoopCounts {
  if (path === 'mve') return heliumProduct(product);
  const { rows, outputs, depth } = product;
  const pairs = Math.floor(rows / 2);
  const single = rows % 2;
  const outputPairs = Math.floor(outputs / 2);
  const odd = outputs % 2;
  const depth4 = path === 'dsp' ? Math.floor(depth / 4) : 0;
  const depth1 = path === 'dsp' ? depth % 4 : depth;
  return {
    pixelPair: pairs,
    block: pairs * outputPairs,
    blockDepth4: pairs * outputPairs * depth4,
    blockDepth1: pairs * outputPairs * depth1,
    lastOutput: pairs * odd,
    lastOutputDepth4: pairs * odd * depth4,
    lastOutputDepth1: pairs * odd * depth1,
    lastPixel: single * outputs,
    lastPixelDepth4: single * outputs * depth4,
    lastPixelDepth1: single * outputs * depth1,
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
