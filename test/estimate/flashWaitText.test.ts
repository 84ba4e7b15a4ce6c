import { arenaWaitText, flashWaitText } from '../../src/core/estimate/flashWaitText';
import type { LayerFacts } from '../../src/core/estimate/report';
import { check } from '../support/check';

check(
  'what a layer waits for its flash chip, in words',
  (facts: Pick<LayerFacts, 'ms' | 'flashWaitMs' | 'flashRead'>) =>
    flashWaitText({ index: 0, graph: 0, position: 0, operator: 'CONV_2D', name: 'conv', ...facts }),
  [
    {
      name: 'weights that are read once',
      input: {
        ms: 49,
        flashWaitMs: 31,
        flashRead: { weightBytes: 270_336, fetchedBytes: 270_336, cacheBytes: 30_720 },
      },
      expected: '31.0 ms of 49.0 ms wait for flash: weights 264 KB, cache 30.0 KB; in RAM 18.0 ms',
    },
    {
      name: 'weights that are read for each pixel',
      input: { ms: 20, flashWaitMs: 5, flashRead: { weightBytes: 65_536, fetchedBytes: 557_056, cacheBytes: 30_720 } },
      expected: '5.00 ms of 20.0 ms wait for flash: weights 64.0 KB, read 8.5 times, cache 30.0 KB; in RAM 15.0 ms',
    },
    { name: 'nothing is waited for', input: { ms: 20, flashWaitMs: 0 }, expected: '' },
  ],
);

check(
  'what a layer waits for an arena outside of the chip, in words',
  (facts: Pick<LayerFacts, 'ms' | 'arenaWaitMs'>) =>
    arenaWaitText(
      { index: 0, graph: 0, position: 0, operator: 'CONV_2D', name: 'conv', ...facts },
      { runtime: 'tflm-esp-nn', tflmVersion: 'v', optimization: 'O2', rounding: 'double', arenaRegion: 'PSRAM' },
    ),
  [
    {
      name: 'waiting',
      input: { ms: 49, arenaWaitMs: 12 },
      expected: '12.0 ms of 49.0 ms wait for the arena in PSRAM: what it reads and writes does not fit the cache',
    },
    { name: 'nothing is waited for', input: { ms: 49 }, expected: '' },
  ],
);
