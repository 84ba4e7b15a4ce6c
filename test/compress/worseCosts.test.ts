import { checkGoalIsOpen, checkIsExecuted } from '../../src/core/compress/prune/checks';
import { defaultPruneOptions } from '../../src/core/compress/prune/request';
import type { PruneOptions } from '../../src/core/compress/prune/request';
import { withWorseCosts, worseCostsText } from '../../src/core/compress/worseCosts';
import type { Offer, Totals } from '../../src/core/compress/offer';
import { reportOf } from '../measure/reports';
import { graph, model, quantized, tensor } from '../support/build';
import { check } from '../support/check';

check(
  'costs that a compression makes worse',
  ([before, after]: readonly [Totals, Totals]) => worseCostsText(before, after),
  [
    {
      name: 'fewer channels that take longer',
      input: [
        { macs: 8, ms: 67.7, flashBytes: 40_000 },
        { macs: 7, ms: 200, flashBytes: 39_000 },
      ],
      expected: 'The result costs more than the source: time 67.7 ms -> 200 ms.',
    },
    {
      name: 'nothing',
      input: [
        { macs: 8, ms: 2 },
        { macs: 7, ms: 1 },
      ],
      expected: undefined,
    },
    { name: 'not known before', input: [{ macs: 8 }, { macs: 7, ms: 1 }], expected: undefined },
  ],
);

check(
  'a model that meets its limits already is not pruned',
  (options: Partial<PruneOptions>) => checkGoalIsOpen({ ...defaultPruneOptions, ...options }, reportOf([100, 300])),
  [
    {
      name: 'it fits',
      input: { goal: { ramBytes: 1_000_000 } },
      fails:
        'The model fits already: it meets every limit that was given. Nothing was written; use the model as it is, or give a tighter limit.',
    },
    { name: 'it does not', input: { goal: { ramBytes: 1 } }, expected: undefined },
    { name: 'a ratio is asked for', input: { ratio: 0.5, goal: { ramBytes: 1_000_000 } }, expected: undefined },
    { name: 'an accuracy is asked for', input: { goal: { accuracyDrop: 1 } }, expected: undefined },
  ],
);

check(
  'a model in uint8 is refused before any work',
  ({ isMeasured, quantize }: { readonly isMeasured: boolean; readonly quantize: boolean }) => {
    const x = tensor('x', 'uint8', [1, 2], { quantization: quantized(0.5, 128) });
    checkIsExecuted(model(graph([x], [], { inputs: [0], outputs: [0] })), isMeasured, {
      ...defaultPruneOptions,
      quantize,
    });
  },
  [
    {
      name: 'to be quantized',
      input: { isMeasured: false, quantize: true },
      fails:
        'The model is quantized to uint8, which TFLite Micro rejects, so that it is not executed here. Make it int8 with `milliwatt quantize` first, then prune the result.',
    },
    { name: 'neither measured nor quantized', input: { isMeasured: false, quantize: false }, expected: undefined },
  ],
);

const offering = (before: Totals, after: Totals): Offer => ({ possible: true, id: 'a', title: 'Do it', before, after });

check('an offer says in its title which costs get worse', (offer: Offer) => withWorseCosts(offer).title, [
  {
    name: 'time and RAM',
    input: offering({ macs: 8, ms: 67.7, arenaBytes: 4512 }, { macs: 7, ms: 200, arenaBytes: 8432 }),
    expected: 'Do it (costs more: time 67.7 ms -> 200 ms, RAM 4.41 KB -> 8.23 KB)',
  },
  { name: 'none', input: offering({ macs: 8, ms: 2 }, { macs: 7, ms: 1 }), expected: 'Do it' },
]);
