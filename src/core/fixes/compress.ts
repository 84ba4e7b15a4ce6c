import { offerActions } from '../compress/offerActions';
import type { FixMaker } from './fix';
import { ofCodes } from './fix';

/** What quantizing and pruning the model would bring. */
export const compressModel: FixMaker = {
  id: 'compress-model',
  isFor: ofCodes(
    'arena-over-region',
    'flash-over',
    'latency-over',
    'power-over',
    'float-model',
    'hybrid-operator',
    'float16-unsupported',
    'uint8-unsupported',
    'type-unsupported',
  ),
  make: ({ offers }) => offerActions(offers, 'model'),
};

/** What pruning the layer of the finding would bring. */
export const compressLayer: FixMaker = {
  id: 'compress-layer',
  isFor: ofCodes('arena-over-region'),
  make: ({ finding: { layer }, offers }) => (layer === undefined ? [] : offerActions(offers, layer)),
};
