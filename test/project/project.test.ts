import { boards } from '../../src/core/boards/boards';
import { chosenAt, layersOn, mergedChoices, projectLayers } from '../../src/core/project/layers';
import type { ChoiceLayer } from '../../src/core/project/layers';
import type { ProjectReading } from '../../src/core/project/project';
import { readProject } from '../../src/core/project/project';
import { openValueEdits } from '../../src/core/project/openValueEntry';
import { targetOrigins } from '../../src/core/project/targetOrigins';
import { projectSchema } from '../../src/core/project/schema';
import { runtimes } from '../../src/core/runtimes/runtimes';
import { check } from '../support/check';

const reading = (text: string): Pick<ProjectReading, 'project' | 'problems'> => {
  const { project, problems } = readProject(text);
  return { project, problems };
};

check('milliwatt.json: reading', reading, [
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
    name: 'a board by its name in PlatformIO',
    input: '{ "board": "nano33ble" }',
    expected: { project: { board: 'nano33ble' }, problems: [] },
  },
  {
    name: 'a board that is nearly written right',
    input: '{ "board": "arduino_zeroo" }',
    expected: {
      project: {},
      problems: ['milliwatt.json: "board" cannot be "arduino_zeroo"; did you mean "arduino_zero"?'],
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
    const about = { origin: 'milliwatt.json', file: 'milliwatt.json', path: 'a.tflite' };
    const { target, budget } = mergedChoices(projectLayers(readProject(text), about));
    return { target, budget };
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
          settings: { optimization: 'O2', clockHz: 2 },
          origins: { optimization: 'milliwatt.json', clockHz: 'milliwatt.json', board: 'milliwatt.json' },
        },
        budget: { ramBytes: 6, latencyMs: 7, inferencesPerSecond: 2 },
      },
    },
  ],
);

const setting: ChoiceLayer = {
  origin: 'setting',
  values: {
    target: { board: 'arduino_zero', runtime: 'tflm-reference', settings: { rounding: 'single', clockHz: 1 } },
    budget: { ramBytes: 1, flashBytes: 2 },
    overheads: ['a'],
  },
};
const commandLine: ChoiceLayer = {
  origin: 'command line',
  values: { target: { board: '', settings: { clockHz: 3 } }, budget: { ramBytes: 4 } },
};

check('layers of choices', mergedChoices, [
  {
    name: 'a later one goes before an earlier one key by key, and what is empty says nothing',
    input: [setting, commandLine],
    expected: {
      target: {
        board: 'arduino_zero',
        runtime: 'tflm-reference',
        settings: { rounding: 'single', clockHz: 3 },
        origins: { board: 'setting', runtime: 'setting', rounding: 'setting', clockHz: 'command line' },
      },
      budget: { ramBytes: 4, flashBytes: 2 },
      rules: {},
      overheads: ['a'],
      inputStages: undefined,
    },
  },
  {
    name: 'on another board, nothing that was chosen for the first stays',
    input: layersOn([setting], 'raspberry_pi_pico'),
    expected: {
      target: {
        board: 'raspberry_pi_pico',
        settings: { rounding: 'single' },
        origins: { board: 'comparison', rounding: 'setting' },
      },
      budget: { ramBytes: 1, flashBytes: 2 },
      rules: {},
      overheads: ['a'],
      inputStages: undefined,
    },
  },
]);

const projectText = `{ // ours
  "board": "raspberry_pi_pico",
  "target": { "optimization": "O2", "clockHz": 5 },
  "models": [{ "path": "other.tflite" }, { "path": "./m/a.tflite", "target": { "clockHz": 6 }, }],
}`;

check(
  'where a value of the target was chosen',
  (key: string) => {
    const about = { origin: 'milliwatt.json', file: '/p/milliwatt.json', path: 'm/a.tflite' };
    const layers = [setting, ...projectLayers(readProject(projectText), about)];
    const found = chosenAt(layers, key);
    return found && [found.origin, found.file, found.span && projectText.slice(found.span.start, found.span.end)];
  },
  [
    {
      name: 'the file goes before the settings',
      input: 'board',
      expected: ['milliwatt.json', '/p/milliwatt.json', '"board": "raspberry_pi_pico"'],
    },
    {
      name: 'the model’s own entry goes before the common key',
      input: 'clockHz',
      expected: ['milliwatt.json', '/p/milliwatt.json', '"clockHz": 6'],
    },
    {
      name: 'a common key of the target',
      input: 'optimization',
      expected: ['milliwatt.json', '/p/milliwatt.json', '"optimization": "O2"'],
    },
    { name: 'a setting has no place in a file', input: 'rounding', expected: ['setting', undefined, undefined] },
    { name: 'a default comes from no layer', input: 'arenaRegion', expected: undefined },
  ],
);

check(
  'the origin of a target’s values',
  (name: string) => {
    const about = { origin: 'milliwatt.json', file: '/p/milliwatt.json', path: 'm/a.tflite' };
    const layers = [setting, ...projectLayers(readProject(projectText), about)];
    const origins = { board: 'milliwatt.json', runtime: 'fastest for the core', clockHz: 'milliwatt.json' };
    const target = { runtime: 'tflm-cmsis-nn', tflmVersion: '1', optimization: 'O2', rounding: 'double' };
    const rows = targetOrigins({ ...target, boardName: 'Pico', clockHz: 6e6, origins }, layers);
    const row = rows.find((each) => each.name === name);
    return row && [row.value, row.origin, row.chosen?.span?.line, row.chosen?.span?.column];
  },
  [
    { name: 'the line of the file', input: 'Board', expected: ['Pico', 'milliwatt.json', 1, 2] },
    { name: 'of the model’s own entry', input: 'Clock', expected: ['6 MHz', 'milliwatt.json', 3, 79] },
    {
      name: 'what was chosen and does not hold is not its origin',
      input: 'Runtime',
      expected: ['tflm-cmsis-nn', 'fastest for the core', undefined, undefined],
    },
    { name: 'a default', input: 'TFLM', expected: ['1', 'default', undefined, undefined] },
    { name: 'what the target does not have', input: 'Arena in', expected: undefined },
  ],
);

check(
  'milliwatt.json: the schema offers what the tables hold',
  (list: 'board' | 'runtime') => projectSchema.definitions[list].enum,
  [
    {
      name: 'boards, then their other names',
      input: 'board',
      expected: [...boards.map(({ id }) => id), ...boards.flatMap(({ aliases = [] }) => aliases)],
    },
    { name: 'runtimes', input: 'runtime', expected: runtimes.map(({ id }) => id) },
  ],
);

const programEntry = JSON.stringify({
  conversion: { numbers: 'float32', batch: 1 },
  models: [
    { path: 'a.py#first', conversion: { batch: 'open' }, values: { n: 3 } },
    { path: 'a.py#second', values: { n: 4, size: [2, 2] } },
    { path: 'b.py', values: { n: 5 } },
  ],
});

check(
  'what is chosen about a program',
  (path: string) => {
    const about = { origin: 'milliwatt.json', file: 'milliwatt.json', path };
    const { conversion = [], values = [] } =
      mergedChoices([
        { origin: 'setting', values: { conversion: { numbers: 'int8', withKeras: 2 } } },
        ...projectLayers(readProject(programEntry), about),
        ...(path === 'b.py' ? [{ origin: 'command line', values: { conversion: { batch: 'open' as const } } }] : []),
      ]).programChoice ?? {};
    return [...conversion, ...values].map(
      ({ name, value, origin, isOver }) => `${name} ${String(value)} ${origin}${isOver === true ? ' over' : ''}`,
    );
  },
  [
    {
      name: 'its own entry, behind those of other models of the file',
      input: 'a.py#first',
      expected: [
        'numbers float32 milliwatt.json',
        'withKeras 2 setting',
        'batch open milliwatt.json',
        'n 3 milliwatt.json',
        'size 2,2 milliwatt.json',
      ],
    },
    {
      name: 'the command line over all',
      input: 'b.py',
      expected: [
        'numbers float32 milliwatt.json',
        'withKeras 2 setting',
        'batch open command line over',
        'n 5 milliwatt.json',
      ],
    },
    {
      name: 'of a file without an entry what holds for all',
      input: 'c.py',
      expected: ['numbers float32 milliwatt.json', 'withKeras 2 setting', 'batch 1 milliwatt.json'],
    },
  ],
);

check(
  'an open value of a program in milliwatt.json',
  ([text, path, value]: readonly [string | undefined, string, string]) =>
    openValueEdits({ file: 'milliwatt.json', text }, path, { name: 'n', value }).map(({ text: written }) =>
      written.replace(/\s+/g, ' '),
    ),
  [
    {
      name: 'no file yet',
      input: [undefined, 'a.py#build', '(4, 5)'],
      expected: ['{ "models": [ { "path": "a.py#build", "values": { "n": [ 4, 5 ] } } ] } '],
    },
    {
      name: 'the model has an entry',
      input: ['{"models":[{"path":"a.py","values":{"n":1}}]}', 'a.py#build', '7'],
      expected: ['7'],
    },
  ],
);
