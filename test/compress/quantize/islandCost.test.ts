import { islandCostText } from '../../../src/core/compress/quantize/islandCost';
import type { Report } from '../../../src/core/estimate/report';
import { check } from '../../support/check';
import { graph, model, operator, tensor } from '../../support/build';

/** DEQUANTIZE, an operator that stays float, QUANTIZE, and one that is quantized; 100 values each. */
const quantized = model(
  graph(
    [
      tensor('x', 'int8', [1, 100]),
      tensor('x_float', 'float32', [1, 100]),
      tensor('y_float', 'float32', [1, 100]),
      tensor('y', 'int8', [1, 100]),
      tensor('z', 'int8', [1, 100]),
    ],
    [
      operator('DEQUANTIZE', [0], [1]),
      operator('SIN', [1], [2]),
      operator('QUANTIZE', [2], [3]),
      operator('RELU', [3], [4]),
    ],
    { inputs: [0], outputs: [4] },
  ),
);

/**
 * The same behind a float input that is quantized, with a conversion between two scales and a float output, of which
 * the island has no part.
 */
const withEdges = model(
  graph(
    [
      tensor('in', 'float32', [1, 100]),
      tensor('x', 'int16', [1, 100]),
      tensor('x_float', 'float32', [1, 100]),
      tensor('y_float', 'float32', [1, 100]),
      tensor('y', 'int16', [1, 100]),
      tensor('y_other', 'int16', [1, 100]),
      tensor('out', 'float32', [1, 100]),
    ],
    [
      operator('QUANTIZE', [0], [1]),
      operator('DEQUANTIZE', [1], [2]),
      operator('SIN', [2], [3]),
      operator('QUANTIZE', [3], [4]),
      operator('QUANTIZE', [4], [5]),
      operator('DEQUANTIZE', [5], [6]),
    ],
    { inputs: [0], outputs: [6] },
  ),
);

const sources = {
  inside: { model: quantized, activations: 'int8', origins: [-1, 0, -1, 1], affines: new Map() },
  withEdges: { model: withEdges, activations: 'int16', origins: [-1, -1, 0, -1, -1, -1], affines: new Map() },
} as const;

interface Case {
  readonly source?: keyof typeof sources;
  readonly islands: readonly number[];
  readonly cycles: readonly (number | undefined)[];
}

function text({ source = 'inside', islands, cycles }: Case): string | undefined {
  const total = cycles.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  const after = { layers: cycles.map((value) => ({ cycles: value })), latency: { cycles: total } };
  // Only the cycles of a report are looked at.
  return islandCostText(
    { ...sources[source], islands: new Map(islands.map((index) => [index, ''])) },
    after as unknown as Report,
  );
}

check('cost of operators that stay float', text, [
  { name: 'none', input: { islands: [], cycles: [1, 2, 3, 4] }, expected: undefined },
  {
    name: 'one, with its conversions',
    input: { islands: [0], cycles: [1000, 20000, 3000, 400] },
    expected:
      '1 operator stays float: with the conversions at the edges 24,000 of 24,400 cycles, and 800 bytes of float values, of which int8 would need a quarter.',
  },
  {
    name: 'conversions and float values elsewhere are not its own, and 16 bits are half',
    input: { source: 'withEdges', islands: [0], cycles: [100000, 1000, 20000, 3000, 100000, 100000] },
    expected:
      '1 operator stays float: with the conversions at the edges 24,000 of 324,000 cycles, and 800 bytes of float values, of which int16 would need half.',
  },
  {
    name: 'a time that is not known',
    input: { islands: [0], cycles: [1000, undefined, 3000, 400] },
    expected:
      '1 operator stays float: each costs conversions at its edges and time that is not known for this target, and 800 bytes of float values, of which int8 would need a quarter.',
  },
]);
