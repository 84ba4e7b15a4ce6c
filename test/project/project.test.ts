import { boards } from '../../src/core/boards/boards';
import { budgetOf, targetOf } from '../../src/core/project/choices';
import { readProject } from '../../src/core/project/project';
import { projectSchema } from '../../src/core/project/schema';
import { runtimes } from '../../src/core/runtimes/runtimes';
import { check } from '../support/check';

check('milliwatt.json: reading', readProject, [
  { name: 'empty', input: '{}', expected: { project: {}, problems: [] } },
  {
    name: 'comments and trailing commas',
    input: '{ // the board\n "board": "raspberry_pi_pico", }',
    expected: { project: { board: 'raspberry_pi_pico' }, problems: [] },
  },
  {
    name: 'broken JSON',
    input: '{\n"board": \n}',
    expected: {
      project: {},
      problems: ['milliwatt.json cannot be read: ValueExpected in line 3. Correct the JSON there.'],
    },
  },
  {
    name: 'an unknown key does not silence the others',
    input: '{ "board": "raspberry_pi_pico", "bord": 1 }',
    expected: {
      project: { board: 'raspberry_pi_pico' },
      problems: [
        'milliwatt.json: the file must NOT have additional properties ("bord"). The schema offers what is allowed on Ctrl+Space.',
      ],
    },
  },
  {
    name: 'a wrong value is left out',
    input: '{ "runtime": "tflm-cmsis-nn", "budgets": { "ramBytes": -1 } }',
    expected: {
      project: { runtime: 'tflm-cmsis-nn' },
      problems: ['milliwatt.json: "budgets.ramBytes" must be >= 0. The schema offers what is allowed on Ctrl+Space.'],
    },
  },
  {
    name: 'a list is no project',
    input: '[]',
    expected: {
      project: {},
      problems: ['milliwatt.json: the file must be object. The schema offers what is allowed on Ctrl+Space.'],
    },
  },
]);

check(
  'milliwatt.json: a model over the common keys',
  (text: string) => {
    const { project } = readProject(text);
    return { target: targetOf(project, project.models?.[0]), budget: budgetOf(project, project.models?.[0]) };
  },
  [
    {
      name: 'its own board, key by key',
      input: JSON.stringify({
        board: 'raspberry_pi_pico',
        target: { optimization: 'O2', clockHz: 1 },
        budgets: { ramBytes: 5, latencyMs: 7 },
        dutyCycle: { inferencesPerSecond: 2 },
        models: [{ path: 'a.tflite', board: 'arduino_zero', target: { clockHz: 2 }, budgets: { ramBytes: 6 } }],
      }),
      expected: {
        target: {
          board: 'arduino_zero',
          runtime: undefined,
          settings: { optimization: 'O2', clockHz: 2 },
          origins: { optimization: 'milliwatt.json', clockHz: 'milliwatt.json', board: 'milliwatt.json' },
        },
        budget: { ramBytes: 6, latencyMs: 7, inferencesPerSecond: 2 },
      },
    },
  ],
);

check(
  'milliwatt.json: the schema offers what the tables hold',
  (list: 'board' | 'runtime') => projectSchema.definitions[list].enum,
  [
    { name: 'boards', input: 'board', expected: boards.map(({ id }) => id) },
    { name: 'runtimes', input: 'runtime', expected: runtimes.map(({ id }) => id) },
  ],
);
