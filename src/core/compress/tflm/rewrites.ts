import { unreachable } from '../clean/steps/unreachable';
import type { Rewrite } from './rewrite';
import { addedBias } from './steps/addedBias';
import { denseRank } from './steps/denseRank';
import { dilatedConvolution } from './steps/dilatedConvolution';
import { emptyParts } from './steps/emptyParts';
import { floatGelu } from './steps/floatGelu';
import { foldWeights } from './steps/foldWeights';
import { int8Table } from './steps/int8Table';
import { joinReshapes } from './steps/joinReshapes';
import { select } from './steps/select';
import { steadyRows } from './steps/steadyRows';
import { tile } from './steps/tile';
import { trueShapes } from './steps/trueShapes';
import { sequenceLstm } from './steps/sequenceLstm';
import { unrollLoops } from './steps/unrollLoops';
import { unsignedBetween } from './steps/unsignedBetween';
import { unsignedCast } from './steps/unsignedCast';
import { wideMaximum } from './steps/wideMaximum';

const dropUnread: Rewrite = {
  ...unreachable,
  exactWhen: 'What goes reaches no output of the model and keeps no state.',
};

/** The rewrites, in order: the first ones make work for the later ones. A new one is a file and a line here. */
export const rewrites: readonly Rewrite[] = [
  sequenceLstm,
  steadyRows,
  unrollLoops,
  trueShapes,
  dilatedConvolution,
  foldWeights,
  unsignedCast,
  unsignedBetween,
  select,
  tile,
  emptyParts,
  wideMaximum,
  int8Table,
  floatGelu,
  denseRank,
  addedBias,
  joinReshapes,
  dropUnread,
];
