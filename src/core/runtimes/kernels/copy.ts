import type { LoopCounts } from './kernelCall';

/**
 * Loop counts of `times` copies of `bytes` bytes by the C library of GCC's Arm toolchain (newlib `memcpy` for Armv7-M): 64 bytes a step,
 * then 16, then 4, then a tail; fewer than 8 bytes go one by one. The same counts serve cores whose library copies
 * differently: their coefficients tell.
 */
export function copies(bytes: number, times: number): LoopCounts {
  if (bytes < 8) return { copy: times, copySmallByte: bytes * times };
  return {
    copy: times,
    copyBlock64: Math.floor(bytes / 64) * times,
    copyBlock16: Math.floor((bytes % 64) / 16) * times,
    copyWord: Math.floor((bytes % 16) / 4) * times,
    copyTail: bytes % 4 === 0 ? 0 : times,
    copyByte: bytes * times,
  };
}
