import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { architectureCycles } from '../../src/core/estimate/timing/architecture';
import type { Graph, Operator } from '../../src/core/model/model';
import { check } from '../support/check';

const operator = { kind: 'FULLY_CONNECTED', inputs: [], outputs: [0] } as unknown as Operator;
const graph = { tensors: [{ shape: [1, 100], type: 'int8' }] } as unknown as Graph;

check(
  'cycles of 100,000 instructions of a dense layer with 100 results, without waits',
  (choice: Parameters<typeof resolveTarget>[0]) => {
    const { target } = resolveTarget(choice);
    const cycles = architectureCycles({ variant: 'dense s8', instructions: 100_000 }, { operator, graph }, target);
    return cycles && Math.round(cycles);
  },
  [
    {
      name: 'Cortex-M0+: 1.34 for each, 1.4 for 83 of the interpreter',
      input: { settings: { core: 'cortex-m0plus' } },
      expected: 134_116,
    },
    {
      name: 'with the multiplication of the Pico SDK 2,400 instructions fewer',
      input: { board: 'raspberry_pi_pico' },
      expected: 130_900,
    },
    {
      name: 'a variant that was not counted has the middle of all',
      input: { settings: { core: 'cortex-m33' }, runtime: 'tflm-reference' },
      expected: 129_593,
    },
    {
      name: 'Cortex-M7: two at once where they pair',
      input: { settings: { core: 'cortex-m7' } },
      expected: 77_656,
    },
    {
      name: 'Cortex-M55: vectors take two cycles where they do not overlap',
      input: { settings: { core: 'cortex-m55' } },
      expected: 110_072,
    },
    { name: 'another core is not known', input: { settings: { core: 'cortex-m85' } }, expected: undefined },
  ],
);
