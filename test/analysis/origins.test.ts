import { analyse } from '../../src/core/analysis/analyse';
import type { Format } from '../../src/core/formats/formats';
import type { Origin, Origins, SourcePlace } from '../../src/core/model/origin';
import { graph, model, operator, tensor } from '../support/build';
import { check } from '../support/check';

const line = (at: number): Origin & { readonly place: SourcePlace } => ({
  place: { file: 'model.py', span: { line: at, column: 0, endLine: at, endColumn: 9 } },
  layer: 'act',
  layerKind: 'Activation',
});

/** Two RELUs and an operator that is in no table, as a text format would give them. */
const format: Format = {
  id: 'lines',
  name: 'Lines',
  extensions: ['.lines'],
  canRewrite: false,
  isText: true,
  match: () => false,
  read: ({ bytes }) => {
    const origins = JSON.parse(new TextDecoder().decode(bytes)) as Origins;
    const tensors = ['x', 'a', 'b', 'y'].map((name) => tensor(name, 'int8', [1, 4]));
    const operators = [
      operator('RELU', [0], [1]),
      operator('RELU', [1], [2]),
      operator('CUSTOM', [2], [3], { customCode: 'Odd' }),
    ];
    const problem = { code: 'open-shape', severity: 'information', message: 'Said by the reader.' } as const;
    return {
      model: model(graph(tensors, operators, { inputs: [0], outputs: [3] }), { format: 'lines' }),
      problems: [{ ...problem, origin: line(8) }],
      origins,
    };
  },
};

/** The line that each layer, and each problem and finding of an operator, is said to come from; -1 for none. */
function linesOf(origins: Origins): unknown {
  const bytes = new TextEncoder().encode(JSON.stringify(origins));
  const { report, problems } = analyse({ path: 'a.lines', bytes, target: { runtime: 'tflm-reference' } }, [format]);
  const lineOf = ({ origin }: { readonly origin?: Origin }): number => origin?.place?.span?.line ?? -1;
  return {
    layers: report.layers.map(lineOf),
    reader: problems.filter(({ code }) => code === 'open-shape').map(lineOf),
    operator: problems
      .filter((problem) => problem.operator === 2)
      .map(lineOf)
      .at(0),
    findings: report.findings
      .filter(({ layer }) => layer === 2)
      .map(lineOf)
      .at(0),
    model: problems
      .filter((problem) => problem.code !== 'open-shape' && problem.operator === undefined)
      .map(lineOf)
      .at(0),
  };
}

check('origins of layers, problems and findings', linesOf, [
  {
    name: 'two operators of one layer, one of a helper',
    input: {
      model: line(1).place,
      operators: [[line(3), line(3), { ...line(5), rounds: [2], calls: [line(9).place] }]],
    },
    expected: { layers: [3, 3, 5], reader: [8], operator: 5, findings: 5, model: undefined },
  },
  {
    name: 'a gap falls back to the model',
    input: { model: line(1).place, operators: [[line(3)]] },
    expected: { layers: [3, 1, 1], reader: [8], operator: 1, findings: 1, model: undefined },
  },
  {
    name: 'nothing is known',
    input: { operators: [] },
    expected: { layers: [-1, -1, -1], reader: [8], operator: -1, findings: -1, model: undefined },
  },
]);
