import { HumanError } from '../../model/problem';
import type { CompressionWork } from '../kind';
import { quantizationOffers } from './forecast';
import { quantizeModel } from './quantize';
import { checkQuantizable } from './repair/refuse';
import type { QuantizeOptions } from './request';

/** What the kind `quantize` does. */
export const quantizeWork: CompressionWork<QuantizeOptions> = {
  offers: quantizationOffers,
  check: checkQuantizable,
  run: (input, { engine, ...tools }) => {
    if (engine === undefined) throw new HumanError('tfjs-unavailable', 'A quantization needs a float engine.');
    return quantizeModel(input, { ...tools, engine });
  },
};
