import { offerActions } from '../../src/core/compress/offerActions';
import type { OfferPlace } from '../../src/core/compress/offerActions';
import type { MadeOffer } from '../../src/core/compress/offers';
import { defaultPruneOptions } from '../../src/core/compress/prune/request';
import { defaultQuantizeOptions } from '../../src/core/compress/quantize/request';
import { check } from '../support/check';

const quantizing = { kind: 'quantize', options: defaultQuantizeOptions } as const;
const pruning = { kind: 'prune', options: { ...defaultPruneOptions, ratio: 0.25 } } as const;

const offers: readonly MadeOffer[] = [
  {
    offer: { possible: true, id: 'quantize-int8', title: 'Quantize to int8: RAM 51.2 -> 13.4 KB', after: { macs: 1 } },
    work: quantizing,
  },
  { offer: { possible: false, id: 'clean', title: 'Why not remove anything?', reason: 'Nothing is dead.' } },
  {
    offer: { possible: true, id: 'prune:a:0.25', title: 'Prune a: 64 -> 48 channels', after: { macs: 1 }, layer: 2 },
    work: pruning,
  },
];

check(
  'actions of offers',
  ([known, place]: readonly [readonly MadeOffer[] | undefined, OfferPlace]) => offerActions(known, place),
  [
    {
      name: 'of the model; what cannot be done says why',
      input: [offers, 'model'],
      expected: [
        {
          title: 'Quantize to int8: RAM 51.2 -> 13.4 KB',
          command: { id: 'applyOffer', work: quantizing },
          isPossible: true,
          brings: { after: { macs: 1 }, keepsOutputs: false },
        },
        {
          title: 'Why not remove anything?',
          command: { id: 'sayWhyNot', why: 'Why not remove anything? Nothing is dead.' },
          isPossible: false,
        },
      ],
    },
    {
      name: 'of a layer',
      input: [offers, 2],
      expected: [
        {
          title: 'Prune a: 64 -> 48 channels',
          command: { id: 'applyOffer', work: pruning },
          isPossible: true,
          brings: { after: { macs: 1 }, keepsOutputs: false },
        },
      ],
    },
    { name: 'of a layer without any', input: [offers, 0], expected: [] },
    {
      name: 'while they are estimated no figure is named',
      input: [undefined, 'model'],
      expected: [
        {
          title: 'Quantize to int8 (estimating)',
          command: { id: 'applyOffer', work: { kind: 'quantize', options: {} } },
          isPossible: true,
        },
        {
          title: 'Prune (estimating)',
          command: { id: 'applyOffer', work: { kind: 'prune', options: {} } },
          isPossible: true,
        },
      ],
    },
    { name: 'of a layer while they are estimated', input: [undefined, 2], expected: [] },
  ],
);
