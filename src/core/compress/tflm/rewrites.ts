import { unreachable } from '../clean/steps/unreachable';
import type { Rewrite } from './rewrite';
import { addedBias } from './steps/addedBias';
import { denseRank } from './steps/denseRank';
import { dilatedConvolution } from './steps/dilatedConvolution';
import { emptyParts } from './steps/emptyParts';
import { floatGelu } from './steps/floatGelu';
import { foldedArithmetic } from './steps/foldedArithmetic';
import { foldedBefore } from './steps/foldedBefore';
import { foldWeights } from './steps/foldWeights';
import { int8Table } from './steps/int8Table';
import { rescaledRelu6 } from './steps/rescaledRelu6';
import { rescaledSigmoid } from './steps/rescaledSigmoid';
import { apartActivation } from './steps/apartActivation';
import { paddedBlocks } from './steps/paddedBlocks';
import { leftOutBias } from './steps/leftOutBias';
import { zeroBias } from './steps/zeroBias';
import { turnedLeft } from './steps/turnedLeft';
import { densePointwise } from './steps/densePointwise';
import { padBefore } from './steps/padBefore';
import { wholeFilter } from './steps/wholeFilter';
import { fourDimensions } from './steps/fourDimensions';
import { poolEach } from './steps/poolEach';
import { cutTransposed } from './steps/cutTransposed';
import { widerFilter } from './steps/widerFilter';
import { longerRows } from './steps/longerRows';
import { floatIsland } from './steps/floatIsland';
import { wideComparison } from './steps/wideComparison';
import { lstmState } from './steps/lstmState';
import { floatWeights } from './steps/floatWeights';
import { narrowIntegers } from './steps/narrowIntegers';
import { inlineCalls } from './steps/inlineCalls';
import { turnedIntegers } from './steps/turnedIntegers';
import { fewerDimensions } from './steps/fewerDimensions';
import { earlierReverse } from './steps/earlierReverse';
import { earlierDifference } from './steps/earlierDifference';
import { earlierMinimum } from './steps/earlierMinimum';
import { earlierSlice } from './steps/earlierSlice';
import { earlierLookup } from './steps/earlierLookup';
import { earlierSum } from './steps/earlierSum';
import { earlierDivision } from './steps/earlierDivision';
import { earlierBatchMatmul } from './steps/earlierBatchMatmul';
import { earlierChoice } from './steps/earlierChoice';
import { clampedRelu } from './steps/clampedRelu';
import { unsignedModel } from './steps/unsignedModel';
import { copiedScale } from './steps/copiedScale';
import { joinReshapes } from './steps/joinReshapes';
import { select } from './steps/select';
import { steadyRows } from './steps/steadyRows';
import { tile } from './steps/tile';
import { trueShapes } from './steps/trueShapes';
import { sequenceLstm } from './steps/sequenceLstm';
import { unrollLoops } from './steps/unrollLoops';
import { unsignedBetween } from './steps/unsignedBetween';
import { unsignedCast } from './steps/unsignedCast';

const dropUnread: Rewrite = {
  ...unreachable,
  exactWhen: 'What goes reaches no output of the model and keeps no state.',
};

/** The rewrites, in order: the first ones make work for the later ones. A new one is a file and a line here. */
export const rewrites: readonly Rewrite[] = [
  inlineCalls,
  narrowIntegers,
  sequenceLstm,
  steadyRows,
  unrollLoops,
  trueShapes,
  dilatedConvolution,
  foldWeights,
  unsignedCast,
  unsignedBetween,
  unsignedModel,
  select,
  tile,
  emptyParts,
  int8Table,
  rescaledRelu6,
  copiedScale,
  rescaledSigmoid,
  apartActivation,
  paddedBlocks,
  leftOutBias,
  lstmState,
  zeroBias,
  turnedLeft,
  densePointwise,
  padBefore,
  wholeFilter,
  fourDimensions,
  poolEach,
  cutTransposed,
  widerFilter,
  longerRows,
  wideComparison,
  floatWeights,
  turnedIntegers,
  fewerDimensions,
  clampedRelu,
  earlierReverse,
  earlierDifference,
  earlierMinimum,
  earlierSlice,
  earlierLookup,
  earlierSum,
  earlierDivision,
  earlierBatchMatmul,
  earlierChoice,
  floatIsland,
  floatGelu,
  denseRank,
  addedBias,
  joinReshapes,
  foldedArithmetic,
  foldedBefore,
  dropUnread,
];
