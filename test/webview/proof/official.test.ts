import type { OfficialConversion } from '../../../src/core/compress/proof';
import { officialConversion } from '../../../webview/proof/official';
import { check } from '../../support/check';
import { drawn, texts } from '../drawn';

check(
  'proof page: beside the official converter',
  (official: OfficialConversion) => {
    const view = drawn(officialConversion(official));
    return { said: texts(view, 'p'), rows: texts(view, 'tr'), troubles: texts(view, 'li') };
  },
  [
    {
      name: 'what it would have made, and what of that is not known',
      input: {
        official: { operators: 4, ramBytes: 2000 },
        result: { operators: 1, ramBytes: 1000, cycles: 1234 },
        layers: [{ name: 'flatten', kind: 'Flatten', official: ['SHAPE', 'PACK', 'PACK'], ours: [] }],
        moreLayers: 2,
        batch: 'With the batch left open.',
        troubles: ['The layer "x" goes badly.'],
      },
      expected: {
        said: ['With the batch left open.', '2 more layers differ.'],
        rows: [
          'Official This result Saved',
          'Operators 4 1 −75 %',
          'Arena 2,000 bytes 1,000 bytes −50 %',
          'Cycles not known 1,234',
          'Layer Official Milliwatt',
          'flatten Flatten SHAPE, 2 PACK no operator of its own',
        ],
        troubles: ['The layer "x" goes badly.'],
      },
    },
    {
      name: 'what it refuses, and makes with the batch fixed',
      input: {
        official: { operators: 4 },
        result: { operators: 4 },
        ...{ refused: 'It refuses the layer.', batch: 'With it fixed.', layers: [], moreLayers: 0, troubles: [] },
      },
      expected: {
        said: ['It refuses the layer. With it fixed.'],
        rows: ['Official This result Saved', 'Operators 4 4 same'],
        troubles: [],
      },
    },
    {
      name: 'what it refuses altogether',
      input: {
        ...{ result: { operators: 4 }, refused: 'It refuses the layer.', layers: [], moreLayers: 0, troubles: [] },
      },
      expected: { said: ['It refuses the layer.'], rows: [], troubles: [] },
    },
  ],
);
