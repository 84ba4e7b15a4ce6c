import type { Target } from '../../runtimes/target';
import type { CycleFit } from './timingFacts';

/** Bytes of the reference board's cache for instructions: the flash accelerator of an STM32L4+. */
const referenceCacheBytes = 1024;

/**
 * Of the cycles that calling an operator takes on the reference board, what is left where the cache holds more than one
 * operator's code: with a quarter, small networks on five of six boards agree with one ratio for
 * each board to 5 to 18 %, with all of it to 10 to 33 %; on the sixth they scatter by 22 and 36 %.
 */
const warmShare = 0.25;

/**
 * The reference board's fit for a target. Between operators its cache of 1 KB has lost their code, which is read from
 * flash anew, and so have loops that call functions for every value; a larger one keeps it. Where there is none, or
 * firmware leaves it off, all code is read from flash, which the board's ratio tells of. Where nothing is known of a
 * board's cache, it is taken as larger, as most are.
 */
export function withoutColdCode<Fit extends CycleFit>(fit: Fit, { board }: Target): Fit {
  const cacheBytes = board?.memory?.instructionCacheBytes?.value;
  const isSmall = cacheBytes !== undefined && cacheBytes > 0 && cacheBytes <= referenceCacheBytes;
  const inTcm = board?.memory?.codeRegion !== undefined && board.memory.codeRegion.value !== 'flash';
  if (isSmall && !inTcm) return fit;
  const { cyclesPerOperator, cyclesPerCachedProduct } = fit;
  return {
    ...fit,
    cyclesPerOperator: warmShare * cyclesPerOperator,
    cyclesPerProduct: cyclesPerCachedProduct,
  };
}
