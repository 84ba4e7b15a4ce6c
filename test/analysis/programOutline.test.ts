import { programOutline, type OutlineLayer } from '../../src/core/analysis/programOutline';
import type { Report } from '../../src/core/estimate/report';
import type { Origin, SourcePlace } from '../../src/core/model/origin';
import type { ProgramLayer } from '../../src/core/model/program';
import { check } from '../support/check';

function at(line: number, file = 'train.py', cell?: number): SourcePlace {
  return { file, span: { line, column: 4, endLine: line, endColumn: 20 }, cell };
}

function layer(name: string, origin: Origin | undefined, rest: Partial<ProgramLayer> = {}): ProgramLayer {
  const facts = { kind: 'Dense', path: name, depth: 0, outputShape: [null, 8], operators: [], isOpen: false };
  return { name, ...facts, origin, ...rest };
}

const report: Report = {
  model: { path: 'train.py', format: 'kerasSource', bytes: 0, operators: 1, macs: 0, parameters: 0 },
  target: { runtime: 'tflm-cmsis-nn', tflmVersion: 'x', optimization: 'Os', rounding: 'double' },
  layers: [
    { index: 0, graph: 0, position: 0, operator: 'FULLY_CONNECTED', name: 'a', ramBytes: 500, cycles: 1000 },
    { index: 1, graph: 0, position: 1, operator: 'FULLY_CONNECTED', name: 'b', ramBytes: 700, cycles: 3000 },
  ],
  findings: [],
};

/** `name@line: detail`, what stands below it indented. */
function drawn(layers: readonly OutlineLayer[], indent = ''): readonly string[] {
  return layers.flatMap(({ name, detail, span, children }) => [
    `${indent}${name}@${span.line}: ${detail}`,
    ...drawn(children, `${indent}  `),
  ]);
}

check(
  'outline of a program',
  (layers: readonly ProgramLayer[]) => {
    const program = { layers, openValues: [], isCosted: true, assumptions: [], known: [] };
    return drawn(programOutline(program, report, ({ file, cell }) => file === 'train.py' && cell !== 1));
  },
  [
    {
      name: 'layers with their class, what they give and cost',
      input: [layer('a', { place: at(3) }, { operators: [0] }), layer('drop', { place: at(4) }, { kind: 'Dropout' })],
      expected: ['a@3: Dense  8 · 500 · 1.00k 25%', 'drop@4: Dropout  8'],
    },
    {
      name: 'each round of a loop',
      input: [0, 1].map((round) => layer(`a${round}`, { place: at(3), rounds: [round] }, { operators: [round] })),
      expected: ['a0@3: Dense  8 · 500 · 1.00k 25%', 'a1@3: Dense  8 · 700 · 3.00k 75%'],
    },
    {
      name: 'one that is made in another file stands where that is called, at the nearest call',
      input: [layer('a', { place: at(1, 'blocks.py'), calls: [at(9), at(5)] })],
      expected: ['a@5: Dense  8'],
    },
    {
      name: 'one that is made here stands there, not at the call',
      input: [layer('a', { place: at(1), calls: [at(9)] })],
      expected: ['a@1: Dense  8'],
    },
    {
      name: 'what stands elsewhere alone, or nowhere, is left out',
      input: [
        layer('other', { place: at(1, 'blocks.py') }),
        layer('cell', { place: at(1, 'train.py', 1) }),
        layer('none', undefined),
      ],
      expected: [],
    },
    {
      name: 'layers of a model that is used as a layer stand below it',
      input: [
        layer('base', { place: at(1) }, { kind: 'Sequential' }),
        layer('a', { place: at(2) }, { depth: 1 }),
        layer('inner', { place: at(3) }, { depth: 1, kind: 'Functional' }),
        layer('b', { place: at(4) }, { depth: 2 }),
        layer('c', { place: at(5) }, { depth: 1 }),
        layer('head', { place: at(6) }),
      ],
      expected: [
        'base@1: Sequential  8',
        '  a@2: Dense  8',
        '  inner@3: Functional  8',
        '    b@4: Dense  8',
        '  c@5: Dense  8',
        'head@6: Dense  8',
      ],
    },
    {
      name: 'of a model that stands elsewhere the layers that stand here',
      input: [
        layer('base', { place: at(1, 'blocks.py') }, { kind: 'Sequential' }),
        layer('a', { place: at(2) }, { depth: 1 }),
        layer('b', { place: at(3) }, { depth: 1 }),
      ],
      expected: ['a@2: Dense  8', 'b@3: Dense  8'],
    },
    {
      name: 'a shape that is open',
      input: [layer('a', { place: at(3) }, { outputShape: undefined, isOpen: true })],
      expected: ['a@3: Dense  ?'],
    },
  ],
);
