import { programLines, shapeText } from '../../src/core/analysis/programLines';
import { programReport } from '../../src/core/analysis/programReport';
import type { LayerFacts, Report } from '../../src/core/estimate/report';
import type { Origin, SourcePlace } from '../../src/core/model/origin';
import type { Program, ProgramLayer } from '../../src/core/model/program';
import { check } from '../support/check';

function at(line: number, file = 'train.py'): SourcePlace {
  return { file, span: { line, column: 4, endLine: line, endColumn: 20 } };
}

function madeAt(line: number, calls: readonly SourcePlace[] = [], file = 'train.py'): Origin {
  return { place: at(line, file), calls };
}

function layerOf(name: string, origin: Origin, rest: Partial<ProgramLayer> = {}): ProgramLayer {
  const shape = { outputShape: [null, 25, 5, 64], operators: [], isOpen: false };
  return { name, kind: 'Conv2D', path: `block/${name}`, depth: 1, ...shape, origin, ...rest };
}

function operator(position: number, ramBytes: number, cycles: number): LayerFacts {
  return { index: position, graph: 0, position, operator: 'CONV_2D', name: 'out', ramBytes, cycles, flashBytes: 100 };
}

/** Of which only layers are looked at here. */
function reportOf(layers: readonly LayerFacts[]): Report {
  return {
    model: { path: 'train.py', format: 'kerasSource', bytes: 0, operators: layers.length, macs: 0, parameters: 0 },
    target: { runtime: 'tflm-cmsis-nn', tflmVersion: 'x', optimization: 'Os', rounding: 'double' },
    layers,
    findings: [],
  };
}

function programOf(layers: readonly ProgramLayer[]): Program {
  return { layers, openValues: [], isCosted: true, assumptions: [], known: [] };
}

/** Three operators: 12,595 bytes (12.3K) and 1,900,000 cycles of 10,000,000 (19 %) and so on. */
const report = reportOf([operator(0, 12_595, 1_900_000), operator(1, 500, 8_099_000), operator(2, 1024, 1000)]);

check(
  'lines of a program',
  (layers: readonly ProgramLayer[]) =>
    programLines(programOf(layers), report, ({ file }) => file === 'train.py').map(({ line, text }) => [line, text]),
  [
    {
      name: 'a layer of one operator',
      input: [layerOf('a', madeAt(3), { operators: [0] })],
      expected: [[3, '25x5x64 · 12.3K · 1.90M 19%']],
    },
    {
      name: 'one that is gone after conversion has a shape alone',
      input: [layerOf('drop', madeAt(4))],
      expected: [[4, '25x5x64']],
    },
    {
      name: 'the most memory and all cycles of its operators',
      input: [layerOf('a', madeAt(3), { outputShape: [1, 10], operators: [0, 1] })],
      expected: [[3, '10 · 12.3K · 10.0M 100%']],
    },
    {
      name: 'less than a percent',
      input: [layerOf('a', madeAt(3), { outputShape: [1, 10], operators: [2] })],
      expected: [[3, '10 · 1.00K · 1.00k <1%']],
    },
    {
      name: 'rounds of a loop are summed',
      input: [0, 1].map((round) =>
        layerOf(`a${round}`, { ...madeAt(3), rounds: [round] }, { outputShape: [null, 8], operators: [round] }),
      ),
      expected: [[3, '8 · 12.3K · 10.0M 100%']],
    },
    {
      name: 'a call sums the block that it makes, of two lines, beside the lines themselves',
      input: [
        layerOf('a', madeAt(1, [at(9)]), { outputShape: [null, 8], operators: [0] }),
        layerOf('b', madeAt(2, [at(9)]), { outputShape: [null, 8] }),
      ],
      expected: [
        [1, '8 · 12.3K · 1.90M 19%'],
        [2, '8'],
        [9, '2 layers · 12.3K · 1.90M 19%'],
      ],
    },
    {
      name: 'what stands in another file is left to it',
      input: [layerOf('a', madeAt(3, [at(7)], 'blocks.py'), { outputShape: [null, 8], operators: [0] })],
      expected: [[7, '8 · 12.3K · 1.90M 19%']],
    },
    {
      name: 'what depends on an open value is marked',
      input: [layerOf('a', madeAt(3), { outputShape: [null, null, 8], operators: [0], isOpen: true })],
      expected: [[3, '?x8 · 12.3K · 1.90M 19% ?']],
    },
    {
      name: 'a long shape costs the share',
      input: [layerOf('a', madeAt(3), { outputShape: [null, 112, 112, 128], operators: [0] })],
      expected: [[3, '112x112x128 · 12.3K · 1.90M']],
    },
  ],
);

check('a shape of a layer for people', shapeText, [
  { name: 'without the batch', input: [null, 49, 10, 1], expected: '49x10x1' },
  { name: 'an open dimension', input: [null, null, 40], expected: '?x40' },
  { name: 'a number for each sample', input: [null], expected: '?' },
  { name: 'not known', input: undefined, expected: '?' },
]);

check('the report of a program', (layers: readonly ProgramLayer[]) => programReport(report, programOf(layers)).layers, [
  {
    name: 'a layer with its operators, its costs and where it was made, lines from 1',
    input: [layerOf('a', madeAt(3, [at(9), at(6)]), { operators: [0, 2], parameters: 640 })],
    expected: [
      {
        name: 'a',
        path: 'block/a',
        depth: 1,
        class: 'Conv2D',
        operators: ['CONV_2D', 'CONV_2D'],
        outputShape: [null, 25, 5, 64],
        parameters: 640,
        ramBytes: 12_595,
        flashBytes: 200,
        macs: undefined,
        cycles: 1_901_000,
        ms: undefined,
        origin: { file: 'train.py', line: 4, cell: undefined },
        calledFrom: [
          { file: 'train.py', line: 7, cell: undefined },
          { file: 'train.py', line: 10, cell: undefined },
        ],
      },
    ],
  },
]);
