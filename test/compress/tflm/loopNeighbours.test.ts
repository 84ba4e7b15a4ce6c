import assert from 'node:assert/strict';
import { it } from 'node:test';
import { compareOutputs } from '../../../src/core/compress/tflm/compareOutputs';
import { oneGraphOf } from '../../../src/core/compress/tflm/oneGraph';
import { rewriteModel } from '../../../src/core/compress/tflm/rewriteModel';
import { fileOf } from '../../../src/core/compress/rewrite/fileOf';
import { check } from '../../support/check';
import { mulberry32 } from '../../support/random';
import { cellLoop, type CellLoop } from './cellLoop';

check(
  'rewrite for TFLM: loops as one graph',
  (cell: Partial<CellLoop>) => {
    const [first, ...others] = oneGraphOf(cellLoop(cell)).model.graphs;
    return [...first.operators.map(({ kind }) => kind), ...(others.length > 0 ? ['and more graphs'] : [])];
  },
  [
    {
      name: 'whose rows are joined at the end',
      input: { passes: 2, rows: 2 },
      expected: ['GATHER', 'ADD', 'TANH', 'GATHER', 'ADD', 'TANH', 'CONCATENATION'],
    },
    {
      name: 'of which the last state is read',
      input: { passes: 2, rows: 2, gives: 'state' },
      expected: ['GATHER', 'ADD', 'TANH', 'GATHER', 'ADD', 'TANH'],
    },
    {
      name: 'whose list is read while it grows',
      input: { passes: 1, rows: 1, isRead: true },
      expected: ['GATHER', 'ADD', 'TANH', 'SLICE', 'ADD', 'CONCATENATION'],
    },
  ],
);

it('rewrite for TFLM: random loops mean the same as a loop and as one graph', async () => {
  for (let seed = 1; seed <= 40; seed++) {
    const random = mulberry32(seed);
    const pick = <Value>(...values: readonly Value[]): Value => values[Math.floor(random() * values.length)];
    const [passes, start] = [pick(1, 2, 3, 12), pick(0, 0, 0, 1)];
    const source = fileOf(
      cellLoop({
        passes,
        rows: start + passes + pick(0, 0, 1),
        start,
        functions: pick(['TANH'], ['LOGISTIC', 'NEG'], [], ['ABS']),
        isRead: pick(false, false, true),
        gives: pick('list', 'state', 'both'),
      }),
    ).model;
    const whole = oneGraphOf(source).model;
    for (const each of [whole, rewriteModel(source).model]) {
      const { compared, warning } = await compareOutputs(source, fileOf(each).model);
      assert.equal(warning, undefined, `seed ${seed}`);
      assert.match(compared!, /all values are equal/, `seed ${seed}`);
    }
  }
});
