import { unreachable } from '../clean/steps/unreachable';
import type { Rewrite } from './rewrite';
import { dilatedConvolution } from './steps/dilatedConvolution';
import { joinReshapes } from './steps/joinReshapes';
import { trueShapes } from './steps/trueShapes';

const dropUnread: Rewrite = {
  ...unreachable,
  exactWhen: 'What goes reaches no output of the model and keeps no state.',
};

/** The rewrites, in order: the first ones make work for the later ones. A new one is a file and a line here. */
export const rewrites: readonly Rewrite[] = [trueShapes, dilatedConvolution, joinReshapes, dropUnread];
