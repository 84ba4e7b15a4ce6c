import { targetOf } from './targetOf';
import type { Optimization } from '../../../src/core/boards/board';
import type { CoreId } from '../../../src/core/boards/board';
import type { RuntimeId } from '../../../src/core/runtimes/runtimeId';
import { evaluate } from '../../../src/core/runtimes/cost/coefficients';
import { operatorCost } from '../../../src/core/runtimes/cost/cost';
import { graph, model, operator, options, tensor } from '../../support/build';
import { check } from '../../support/check';

const fit = { instructions: { call: 100, pixel: 2.5, tap: 4 }, low: 0.9, high: 1.1, rows: 1, models: 1 };

check('Instructions are the counts times what each costs', (counts: Record<string, number>) => evaluate(fit, counts), [
  { name: 'all parts', input: { call: 1, pixel: 4, tap: 9 }, expected: 146 },
  { name: 'a part without a cost is free', input: { call: 1, unknown: 1000 }, expected: 100 },
  { name: 'nothing runs', input: {}, expected: 0 },
]);

interface Question {
  readonly kind?: string;
  readonly shape?: readonly number[];
  readonly core?: CoreId;
  readonly runtime?: RuntimeId;
  readonly optimization?: Optimization;
}

function costOf(question: Question): ReturnType<typeof operatorCost> {
  const shape = question.shape ?? [1, 8, 8, 16];
  const made = graph(
    [
      tensor('x', 'int8', shape),
      tensor('w', 'int8', [16, 1, 1, 16]),
      tensor('b', 'int32', [16]),
      tensor('y', 'int8', shape),
    ],
    [
      operator(question.kind ?? 'CONV_2D', [0, 1, 2], [3], {
        options: options('Conv2DOptions', { padding: 'SAME', strideW: 1, strideH: 1 }),
      }),
    ],
  );
  const first = made.operators[0];
  if (first === undefined) return undefined;
  return operatorCost(first, made, model(made), targetOf(question));
}

/** What must hold of every figure, whatever the coefficients. */
function isPlausible(question: Question): boolean {
  const cost = costOf(question);
  if (cost === undefined) return false;
  const { instructions, instructionsLow, instructionsHigh } = cost;
  return instructionsLow > 0 && instructionsLow <= instructions && instructions <= instructionsHigh;
}

check('A figure lies within its band', isPlausible, [
  { name: 'Cortex-M4', input: {}, expected: true },
  { name: 'Cortex-M85 by the Cortex-M55', input: { core: 'cortex-m85' }, expected: true },
  {
    name: '-Os on the Cortex-M7 by the ratio of the Cortex-M4',
    input: { core: 'cortex-m7', optimization: 'Os' },
    expected: true,
  },
  { name: '-O3', input: { optimization: 'O3' }, expected: true },
  { name: 'reference library', input: { runtime: 'tflm-reference' }, expected: true },
]);

check('Where nothing was counted there is no figure', (question: Question) => costOf(question), [
  { name: 'ESP-NN', input: { runtime: 'tflm-esp-nn', core: 'xtensa-lx7' }, expected: undefined },
  {
    name: 'reference kernels on Xtensa',
    input: { runtime: 'tflm-reference', core: 'xtensa-lx7' },
    expected: undefined,
  },
  { name: 'an operator that the tables do not know', input: { kind: 'HASHTABLE' }, expected: undefined },
  { name: 'a shape of 2^31 by 2^31', input: { shape: [1, 2 ** 31, 2 ** 31, 16] }, expected: undefined },
  { name: 'a shape of another rank', input: { shape: [16] }, expected: undefined },
]);

check('What is inferred says so', (question: Question) => costOf(question)?.variantReason, [
  {
    name: 'M85',
    input: { core: 'cortex-m85' },
    expected:
      '1x1 filter, stride 1, no padding: the image is multiplied as one matrix. Counted on the Cortex-M55, which runs the same code.',
  },
  {
    name: '-O3',
    input: { optimization: 'O3' },
    expected:
      '1x1 filter, stride 1, no padding: the image is multiplied as one matrix. -O3 was not counted: taken as -O2 with a wider band.',
  },
]);
