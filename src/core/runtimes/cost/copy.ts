import type { LoopCounts } from './kernelCall';

/**
 * Loop counts of `times` copies of `bytes` bytes by the C library of GCC's Arm toolchain (newlib `memcpy` for Armv7-M):
 * 64 bytes a step, then 16, then 4, then a tail; fewer than 8 bytes go one by one. The same counts serve cores whose
 * library copies differently: their coefficients tell.
 */
export function copies(bytes: number, times: number): LoopCounts {
  if (bytes < 8) return { copy: times, copySmallByte: bytes * times };
  const unaligned = unalignedShare(bytes);
  return {
    copy: times,
    copyBlock64: Math.floor(bytes / 64) * times,
    copyBlock16: Math.floor((bytes % 64) / 16) * times,
    copyWord: Math.floor((bytes % 16) / 4) * times,
    copyTail: bytes % 4 === 0 ? 0 : times,
    copyByte: bytes * times,
    ...(unaligned > 0 ? { copyUnaligned: bytes * times * unaligned } : {}),
  };
}

/** Share of copies of `bytes` bytes, one after another, that do not begin at a word. */
function unalignedShare(bytes: number): number {
  if (bytes % 4 === 0) return 0;
  return bytes % 2 === 0 ? 0.5 : 0.75;
}

/**
 * Loop counts of `times` fills of `bytes` bytes (newlib `memset`: words by fours, then words, then bytes; Helium fills
 * 16 bytes a step).
 */
export function fills(bytes: number, times: number): LoopCounts {
  return {
    fill: times,
    fillBlock16: Math.floor(bytes / 16) * times,
    fillWord: Math.floor((bytes % 16) / 4) * times,
    fillByte: (bytes % 4) * times,
  };
}

/** Adds counts of the same name. */
export function sumCounts(...parts: readonly LoopCounts[]): LoopCounts {
  const total: Record<string, number> = {};
  for (const part of parts) {
    for (const [name, count] of Object.entries(part)) total[name] = (total[name] ?? 0) + count;
  }
  return total;
}

/** All counts times `factor`. */
export function scaleCounts(counts: LoopCounts, factor: number): LoopCounts {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count * factor]));
}
