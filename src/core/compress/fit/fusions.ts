import type { Rewrite } from '../tflm/rewrite';
import { addedBias } from '../tflm/steps/addedBias';
import { denseRank } from '../tflm/steps/denseRank';
import { joinReshapes } from '../tflm/steps/joinReshapes';
import { copyAsReshape } from './fusions/copyAsReshape';
import { padIntoConvolution } from './fusions/padIntoConvolution';
import { reshapeIntoDense } from './fusions/reshapeIntoDense';

/**
 * Operators that go into a neighbour, which then takes less memory; every one keeps all outputs, bit for bit. In order:
 * the first ones make work for the later ones. A new one is a file and a line here.
 */
export const fusions: readonly Rewrite[] = [
  padIntoConvolution,
  denseRank,
  addedBias,
  copyAsReshape,
  joinReshapes,
  reshapeIntoDense,
];
