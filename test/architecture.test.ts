import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { compressionKinds } from '../src/core/compress/kinds';

const root = resolve(__dirname, '..');

/**
 * Rooms from the ground floor up: a room may import from its own and from those it names, and from nothing else.
 * ARCHITECTURE.md draws the same picture.
 */
const arrows: Readonly<Record<string, readonly string[]>> = {
  'core/model': [],
  'core/text': [],
  'core/boards': ['core/model'],
  'core/keras': ['core/model', 'core/operators', 'core/python'],
  'core/onnx': ['core/model'],
  'core/formats': ['core/model', 'core/firmware', 'core/keras', 'core/onnx', 'core/lineage'],
  'core/lineage': ['core/model'],
  'core/operators': ['core/model'],
  'core/execute': ['core/model', 'core/operators'],
  'core/faults': ['core/model', 'core/operators', 'core/execute', 'core/boards', 'core/runtimes'],
  'core/samples': ['core/model'],
  'core/runtimes': ['core/model', 'core/operators', 'core/boards'],
  'core/listing': ['core/model', 'core/operators', 'core/estimate'],
  'core/estimate': ['core/model', 'core/keras', 'core/formats', 'core/operators', 'core/boards', 'core/runtimes'],
  'core/serial': ['core/model'],
  'core/measure': ['core/model', 'core/boards', 'core/runtimes', 'core/estimate', 'core/serial'],
  'core/rules': ['core/model', 'core/operators', 'core/faults', 'core/boards', 'core/runtimes', 'core/estimate'],
  'core/compress': [
    'core/model',
    'core/operators',
    'core/boards',
    'core/formats',
    'core/runtimes',
    'core/estimate',
    'core/execute',
    'core/faults',
    'core/samples',
  ],
  'core/firmware': ['core/model', 'core/operators'],
  'core/firmwareRules': [
    'core/lineage',
    'core/faults',
    'core/model',
    'core/boards',
    'core/operators',
    'core/runtimes',
    'core/estimate',
    'core/firmware',
    'core/buildFiles',
    'core/lastBuild',
  ],
  'core/buildFiles': ['core/model', 'core/boards', 'core/runtimes'],
  'core/python': [],
  'core/project': [
    'core/model',
    'core/boards',
    'core/formats',
    'core/runtimes',
    'core/estimate',
    'core/rules',
    'core/buildFiles',
  ],
  'core/lastBuild': ['core/buildFiles'],
  'core/export': [
    'core/model',
    'core/formats',
    'core/runtimes',
    'core/estimate',
    'core/firmware',
    'core/firmwareRules',
  ],
  'core/fixes': ['core/model', 'core/estimate', 'core/project', 'core/compress'],
  'core/analysis': [
    'core/lineage',
    'core/keras',
    'core/model',
    'core/boards',
    'core/formats',
    'core/operators',
    'core/runtimes',
    'core/listing',
    'core/estimate',
    'core/measure',
    'core/faults',
    'core/rules',
    'core/firmware',
    'core/firmwareRules',
    'core/buildFiles',
    'core/export',
  ],
  protocol: ['core/*'],
  files: ['core/*'],
  serial: ['core/*', 'protocol', 'files'],
  dataset: ['core/*', 'files'],
  tfjs: ['core/*', 'files'],
  worker: ['core/*', 'protocol', 'serial', 'tfjs', 'dataset', 'files'],
  host: ['core/*', 'protocol', 'serial', 'files'],
  'extension.ts': ['core/*', 'protocol', 'host'],
  cli: ['core/*', 'protocol', 'serial', 'tfjs', 'dataset', 'files'],
  'cli.ts': ['core/*', 'cli', 'files'],
  webview: ['core/model', 'core/analysis', 'core/estimate', 'core/compress', 'core/serial', 'protocol'],
};

/** Rooms that the webview may name for types only: its bundle must not carry the analysis. */
const typesOnly: Readonly<Record<string, readonly string[]>> = {
  webview: ['core/analysis', 'core/estimate', 'core/compress'],
};

/**
 * Modules below `src` that only these files may import: each is one step of an idea that has one home, and taken
 * without the others it gives another answer.
 */
const onlyFor: Readonly<Record<string, readonly string[]>> = {
  'core/estimate/resolveTarget.ts': ['core/analysis/subject.ts'],
  'core/measure/measured.ts#calibratedTarget': ['core/analysis/subject.ts'],
  'core/analysis/limits.ts': ['core/analysis/subject.ts'],
  'core/project/layers.ts#mergedChoices': [
    'host/choices.ts',
    'host/boards/choiceStore.ts',
    'cli/modelRequest.ts',
    'cli/check.ts',
  ],
  'core/samples/readSamples.ts': ['core/samples/chosenSamples.ts'],
  'core/measure/measurement.ts#measurementOf': ['core/measure/measuredProfile.ts'],
  'core/measure/applyMeasurement.ts#settledMeasurement': ['core/measure/measuredProfile.ts'],
};

/** Arrows between the folders inside `host`, all one-way. Its files outside of a folder are for all. */
const hostArrows: Readonly<Record<string, readonly string[]>> = {
  analysis: [],
  boards: [],
  serial: ['boards'],
  measure: ['analysis', 'serial'],
  compress: ['analysis'],
  placed: ['analysis', 'compress'],
  listing: ['analysis', 'placed'],
  sources: ['analysis', 'placed'],
  problems: ['analysis', 'compress', 'measure', 'placed'],
  export: ['analysis'],
  firmware: ['export', 'problems'],
  editor: ['analysis', 'compress'],
  commands: [
    'analysis',
    'boards',
    'compress',
    'editor',
    'export',
    'listing',
    'measure',
    'placed',
    'problems',
    'serial',
  ],
};

/**
 * Files of `host` that know that listings exist, beside those of `host/listing`: they open them by their address, or
 * take an address for the model it is of. Whether a line is a listing's or a program's, `host/listing` and the
 * composition root alone know.
 */
const knowListings = ['api.ts', 'compare.ts', 'openModels.ts', 'commands/modelArgument.ts'];

/** Modules of Node, VS Code and the browser's side that only some rooms may name. */
const vscodeRooms = new Set(['host', 'extension.ts']);
const nodeRooms = new Set(['host', 'extension.ts', 'serial', 'dataset', 'tfjs', 'worker', 'cli', 'cli.ts', 'files']);

/**
 * What opens, reads or writes the content of a file has one room, `files`: there are the checks of what is opened, of
 * where links lead and of how much is read. Looking at names, folders and times is free to every room of Node.
 */
const opensFiles =
  /^(?:open|read(?!dir|link)|write|append|copy|cp|rename|link|symlink|unlink|rm|truncate|mkdtemp|create|close|f(?!il))/;
interface Import {
  readonly file: string;
  readonly room: string;
  readonly target: string;
  readonly isTypeOnly: boolean;
  /** Values that are named in braces. */
  readonly names: readonly string[];
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return /\.ts$/.test(entry.name) ? [path] : [];
  });
}

function roomOf(file: string): string {
  const parts = relative(root, file).split(/[\\/]/);
  if (parts[0] === 'webview') return 'webview';
  if (parts[0] !== 'src') return parts[0];
  return parts[1] === 'core' ? `core/${parts[2]}` : parts[1];
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(file, 'utf8');
  const statement = /^(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'|import\('([^']+)'\)/gm;
  return [...text.matchAll(statement)].map((match) => ({
    file: relative(root, file),
    room: roomOf(file),
    target: match[2] ?? match[3] ?? match[4],
    isTypeOnly: match[1] !== undefined,
    names: match[1] === undefined ? [...(/\{([^}]*)\}/.exec(match[0])?.[1] ?? '').matchAll(/\b\w+/g)].map(String) : [],
  }));
}

const files = [...sourceFiles(join(root, 'src')), ...sourceFiles(join(root, 'webview'))];
const imports = files.flatMap(importsOf);

function allowed(room: string, target: string): boolean {
  // Wording stands on nothing, so that every room may use it.
  if (target === 'core/text' && room !== 'core/model') return true;
  return (arrows[room] ?? []).some(
    (name) => name === target || (name.endsWith('/*') && target.startsWith(name.slice(0, -1))),
  );
}

function wrongArrow({ file, room, target, isTypeOnly }: Import): string | undefined {
  if (!target.startsWith('.')) return undefined;
  const to = roomOf(resolve(root, dirname(file), target));
  if (to === room || ['package.json', 'package.nls.json', 'media'].includes(to)) return undefined;
  if (!allowed(room, to)) return `${file}: ${room} must not import from ${to}`;
  if (typesOnly[room]?.includes(to) && !isTypeOnly) return `${file}: ${room} may import only types from ${to}`;
  return undefined;
}

/** Names a module, or with `#` one export of it. */
function wrongImporter({ file, target, names }: Import): readonly string[] {
  if (!target.startsWith('.')) return [];
  const importer = relative(join(root, 'src'), join(root, file));
  const module = `${relative(join(root, 'src'), resolve(root, dirname(file), target))}.ts`;
  return [module, ...names.map((name) => `${module}#${name}`)]
    .filter((taken) => taken in onlyFor && !onlyFor[taken].includes(importer))
    .map((taken) => `${importer} must not import ${taken}: that is for ${onlyFor[taken].join(', ')}`);
}

function wrongHostArrow({ file, target }: Import): string | undefined {
  const within = (path: string): readonly string[] => relative(join(root, 'src'), path).split(/[\\/]/);
  const [room, folder, ...rest] = within(join(root, file));
  if (room !== 'host' || !target.startsWith('.')) return undefined;
  const [toRoom, to, ...toRest] = within(resolve(root, dirname(file), target));
  const name = [folder, ...rest].join('/');
  if (toRoom === 'core' && to === 'listing' && folder !== 'listing') return `${name} must not know listings`;
  if (toRoom !== 'host' || toRest.length === 0 || to === folder || name === 'later.ts') return undefined;
  if (to === 'listing' && folder !== 'listing' && !knowListings.includes(name)) return `${name} must not know listings`;
  if (rest.length === 0 || hostArrows[folder]?.includes(to)) return undefined;
  return `${name}: host/${folder} must not import from host/${to}`;
}

function openedElsewhere({ file, room, target, names }: Import): readonly string[] {
  if (!/^node:fs(?:\/promises)?$/.test(target) || room === 'files') return [];
  return names
    .filter((name) => opensFiles.test(name))
    .map((name) => `${file} must not import ${name}: files are opened, read and written in src/files`);
}

function wrongModule({ file, room, target }: Import): string | undefined {
  if (target.startsWith('.')) return undefined;
  if (target === 'vscode' && !vscodeRooms.has(room)) return `${file}: ${room} must not import vscode`;
  if (target.startsWith('node:') && !nodeRooms.has(room)) return `${file}: ${room} must not import ${target}`;
  return undefined;
}

/**
 * Ideas that have been written twice before, by a sign that every copy of them would have, and the one place that may
 * have it.
 */
const homes: readonly {
  readonly idea: string;
  readonly sign: RegExp;
  /** Files. */
  readonly home: string;
  /** Where copies would be; absent: anywhere. */
  readonly under?: string;
}[] = [
  {
    idea: 'a draft of a graph',
    sign: /(?:interface|class|type) \w*(?:GraphDraft|DraftGraph|CompactGraph)\b/,
    home: 'src/core/compress/rewrite/graphDraft.ts',
  },
  {
    idea: 'numbering tensors anew',
    sign: /index: \w*[tT]ensors\.length|tensorIndices\[\w+\] =/,
    home: 'src/core/compress/rewrite/redraw.ts src/core/compress/prune/taylorImportance.ts',
  },
  {
    idea: 'reading or writing a file through VS Code',
    sign: /\bfs\.(?:readFile|writeFile)\(|\bfs \} = vscode/,
    home: 'src/host/reading.ts src/host/writing.ts src/host/compress/resultUri.ts',
  },
  {
    idea: 'telling an object of JSON from a list and from null',
    sign: /value !== null && !Array\.isArray\(value\)/,
    home: 'src/core/text/json.ts',
  },
  {
    idea: 'joining pieces of bytes',
    sign: /new Uint8Array\(\w+\.reduce\(/,
    home: 'src/core/model/values/join.ts',
  },
  {
    idea: 'the name of a file that is not whole yet',
    sign: /\}\.part/,
    home: 'src/files/unfinished.ts',
  },
  {
    idea: 'a part of a budget in words',
    under: '',
    sign: />100\b/,
    home: 'src/core/text/units.ts',
  },
  {
    idea: 'starting a thread, all of whose requests are answered or fail',
    sign: /\bnew Worker\(/,
    home: 'src/host/thread.ts src/cli/stopSignal.ts',
  },
  {
    idea: 'asking for a setting, which may be of a folder that is not trusted',
    sign: /\b[cC]onfiguration\.(?:get|inspect)\b|getConfiguration\([^)]*\)\.(?:get|inspect)\b/,
    home: 'src/host/trust.ts',
  },
  {
    idea: 'totals of a report',
    under: 'src/core/compress',
    sign: /function totalsOf|arenaBytes: /,
    home: 'src/core/compress/totals.ts',
  },
  {
    idea: 'a report for a compression',
    under: 'src/core/compress',
    sign: /findings: \[\]/,
    home: 'src/core/compress/costs.ts',
  },
  {
    idea: 'why TFLM refuses a model',
    under: 'src/core/compress',
    sign: /supportOf\(operator, \w+(?:, library)?\)|refusedOperators\(/,
    home: 'src/core/compress/refusal.ts',
  },
  {
    idea: 'metadata that name parts of a graph',
    sign: /'(?:COMPRESSION_METADATA|min_runtime_version)'/,
    home: 'src/core/compress/rewrite/metadata.ts',
  },
  {
    idea: 'the name of an offline plan',
    sign: /'OfflineMemoryAllocation'/,
    home: 'src/core/runtimes/tflm/offlinePlan.ts',
  },
];

/** Other files than the homes of an idea that have its sign. */
function secondHomes({ sign, home, under = 'src' }: (typeof homes)[number]): readonly string[] {
  return files
    .map((file) => relative(root, file))
    .filter((file) => file.startsWith(under) && sign.test(readFileSync(join(root, file), 'utf8')))
    .filter((file) => !home.split(' ').includes(file));
}

/**
 * Lines that decide something by which kind of compression it is. What a kind is asked for stands in its own file and
 * is asked of the table, so that a new kind is a file and a line.
 */
function kindSwitches(): readonly string[] {
  const ids = `'(?:${compressionKinds.map(({ id }) => id).join('|')})'`;
  const sign = new RegExp(`case ${ids}|[!=]== ${ids}|${ids} [!=]==|(?:includes|startsWith)\\(${ids}\\)`);
  return files
    .map((file) => relative(root, file).replaceAll('\\', '/'))
    .filter((file) => !file.startsWith('src/core/compress/kinds/'))
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line) => (sign.test(line) ? [`${file}: ${line.trim()}`] : [])),
    );
}

/** What a file imports from other files of the repository, types and what is loaded later (`import()`) included. */
const neighbours: ReadonlyMap<string, readonly string[]> = new Map(
  files.map((path) => {
    const statement = /(?:^(?:import|export)\s+(?:type\s)?[^'";]*?from\s+|import\()'(\.[^']*)'/gm;
    const targets = [...readFileSync(path, 'utf8').matchAll(statement)].map(
      (match) => `${relative(root, resolve(dirname(path), match[1]))}.ts`,
    );
    return [relative(root, path), targets];
  }),
);

/**
 * Sets of files of which each reaches every other by imports (Tarjan's strongly connected components), each as one
 * line.
 */
function circles(): readonly string[] {
  const found: string[] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const visit = (file: string): number => {
    let low = order.size;
    order.set(file, low);
    const own = low;
    open.push(file);
    for (const next of neighbours.get(file) ?? []) {
      if (!neighbours.has(next)) continue;
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.includes(next)) low = Math.min(low, lowest.get(next) ?? order.get(next)!);
      lowest.set(file, low);
    }
    if (low !== own) return low;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1) found.push(circle.sort().join(' '));
    return low;
  };
  for (const file of neighbours.keys()) if (!order.has(file)) visit(file);
  return found.sort();
}

/** Names of types that two files of core export. */
function sharedTypeNames(): readonly string[] {
  const names = new Map<string, number>();
  for (const file of files.filter((path) => relative(root, path).startsWith(join('src', 'core')))) {
    const declared = readFileSync(file, 'utf8').matchAll(/^export (?:interface|type|class) (\w+)/gm);
    for (const [, name] of declared) names.set(name, (names.get(name) ?? 0) + 1);
  }
  return [...names.keys()].filter((name) => names.get(name)! > 1).sort();
}

describe('architecture', () => {
  it('has no import circles', () => {
    assert.deepStrictEqual(circles(), []);
  });

  it('exports no two types of one name from core', () => {
    assert.deepStrictEqual(sharedTypeNames(), []);
  });

  it('decides nothing by the id of a kind of compression outside of core/compress/kinds', () => {
    assert.deepStrictEqual(kindSwitches(), []);
  });

  for (const each of homes) {
    it(`has one home for ${each.idea}`, () => {
      assert.deepStrictEqual(secondHomes(each), []);
    });
  }

  it('reads the imports of every source file', () => {
    assert.ok(files.length > 50, `only ${files.length} files were found`);
    assert.ok(imports.length > files.length, `only ${imports.length} imports were found`);
  });

  it('has only the arrows of ARCHITECTURE.md between rooms', () => {
    assert.deepStrictEqual(
      imports.map(wrongArrow).filter((sentence) => sentence !== undefined),
      [],
    );
  });

  it('lets each idea with one home be had there alone', () => {
    assert.deepStrictEqual(imports.flatMap(wrongImporter), []);
    const missing = Object.keys(onlyFor).filter((taken) => !existsSync(join(root, 'src', taken.split('#')[0])));
    assert.deepStrictEqual(missing, []);
  });

  it('has only the arrows of the table between the folders of host, none of which knows what text a layer stands in', () => {
    assert.deepStrictEqual(
      imports.map(wrongHostArrow).filter((sentence) => sentence !== undefined),
      [],
    );
  });

  it('has no arrow of host that turns back', () => {
    const done = new Set<string>();
    for (const [folder, below] of Object.entries(hostArrows)) {
      assert.ok(
        below.every((each) => done.has(each)),
        `host/${folder} stands above one of ${below.join(', ')}`,
      );
      done.add(folder);
    }
  });

  it('opens, reads and writes files in one room', () => {
    assert.deepStrictEqual(imports.flatMap(openedElsewhere), []);
    const whole = imports.filter(({ file, target, names, isTypeOnly }) => {
      return /^(?:node:)?fs(?:\/promises)?$/.test(target) && names.length === 0 && !isTypeOnly && !/files\//.test(file);
    });
    assert.deepStrictEqual(
      whole.map(({ file }) => file),
      [],
    );
  });

  it('names vscode and Node only where they belong', () => {
    assert.deepStrictEqual(
      imports.map(wrongModule).filter((sentence) => sentence !== undefined),
      [],
    );
  });

  it('knows every room', () => {
    const rooms = new Set(files.map(roomOf));
    assert.deepStrictEqual(
      [...rooms].filter((room) => !(room in arrows)),
      [],
    );
  });

  it('keeps the composition roots short', () => {
    for (const file of ['src/extension.ts', 'src/cli.ts']) {
      const lines = readFileSync(join(root, file), 'utf8').split('\n').length;
      assert.ok(lines <= 120, `${file} has ${lines} lines, 120 are allowed`);
    }
  });
});
