import { rewriting } from '../compress/kinds/rewrite';
import { offerActions } from '../compress/offerActions';
import type { FixMaker } from './fix';
import { ofCodes } from './fix';

/** The same model in operators and shapes that TFLM takes and answers right. */
export const rewriteForTflm: FixMaker = {
  id: 'rewrite-for-tflm',
  isFor: ofCodes(
    'shape-contradiction',
    'kernel-fault',
    'operator-unsupported',
    'operator-not-yet',
    'hybrid-operator',
    'type-unsupported',
    'inputs-unsupported',
    'dynamic-shape',
    'constant-required',
    'options-unsupported',
    'shape-unsupported',
    'quantization-unsupported',
  ),
  make: ({ offers }) => {
    const own = offers?.filter(({ offer }) => offer.id === rewriting.id && offer.possible);
    return own === undefined ? [] : offerActions(own, 'model');
  },
};
