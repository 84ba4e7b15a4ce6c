// The one build script: bundles the extension, its workers, the command line and the webviews into dist/.
//   node build.mjs [--production] [--package] [--watch] [--elements] [--pages=FOLDER]
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const root = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const esbuild = require('esbuild');
const { default: Ajv } = require('ajv');
const standaloneCode = require('ajv/dist/standalone');
const flags = new Set(process.argv.slice(2));
const production = flags.has('--production');
/** Where the pages alone are built; without it everything is, into dist/. */
const pagesFolder = process.argv.find((flag) => flag.startsWith('--pages='))?.slice('--pages='.length);
/** What the controls of the pages are made of: '' for the toolkit, '.elements' for VSCode Elements. */
const controls = flags.has('--elements') ? '.elements' : '';

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  absWorkingDir: root,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

/**
 * VS Code's interface, required once for all files: the bundler would copy its hundreds of names for every file that
 * imports it, at every start.
 */
const vscodeOnce = {
  name: 'vscode once',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^vscode once$/ }, ({ path: name }) => ({ path: name, namespace: 'milliwatt' }));
    onLoad({ filter: /./, namespace: 'milliwatt' }, () => ({ contents: "export default require('vscode');" }));
    onLoad({ filter: /[\\/]src[\\/](host[\\/].*|extension)\.ts$/ }, ({ path: file }) => ({
      contents: readFileSync(file, 'utf8').replace(
        "import * as vscode from 'vscode'",
        "import vscode from 'vscode once'",
      ),
      loader: 'ts',
    }));
  },
};

/**
 * Tables as text that is parsed: Node compiles half a megabyte of literals more slowly, at every start of a thread. Parts
 * of a large table are files, shared by all programs, which are read when the part is first looked at.
 */
const tablesAsText = {
  name: 'tables as text',
  setup({ onLoad }) {
    onLoad({ filter: /\.json$/ }, ({ path: file }) => {
      return { contents: `export default ${tableSource(JSON.parse(readFileSync(file, 'utf8')))};` };
    });
  },
};

/** Characters of a table from which on its parts are parsed one by one. */
const largeTable = 50_000;

/** Characters of such a part from which on it is a file. */
const largePart = 10_000;
const partsFolder = path.join(root, 'dist', 'tables');

function tableSource(value) {
  const text = JSON.stringify(value);
  const parsed = `JSON.parse(${JSON.stringify(text)})`;
  if (text.length < largeTable || typeof value !== 'object' || Array.isArray(value)) return parsed;
  const parts = Object.entries(value).map(([key, part]) => {
    const name = JSON.stringify(key);
    const kept = `Object.defineProperty(this, ${name}, { value: ${partSource(part)}, enumerable: true })[${name}]`;
    return `get ${name}() { return ${kept}; }`;
  });
  return `{ ${parts.join(', ')} }`;
}

function partSource(value) {
  const text = JSON.stringify(value);
  if (text.length < largePart || text.length >= largeTable) return tableSource(value);
  const name = `${createHash('sha256').update(text).digest('hex').slice(0, 12)}.json`;
  mkdirSync(partsFolder, { recursive: true });
  writeFileSync(path.join(partsFolder, name), text);
  const file = `require('node:path').join(__dirname, 'tables', ${JSON.stringify(name)})`;
  return `JSON.parse(require('node:fs').readFileSync(${file}, 'utf8'))`;
}

/**
 * What a start of the command line does not need: the whole of package.json, of which it says its name and version, and
 * Node's module for child processes, which commander loads for commands that are programs of their own.
 */
const lessAtStart = {
  name: 'less at a start',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]commander[\\/]lib[\\/]command\.js$/ }, ({ path: file }) => ({
      contents: readFileSync(file, 'utf8').replace(
        "const childProcess = require('node:child_process');",
        "const childProcess = { spawn: (...given) => require('node:child_process').spawn(...given) };",
      ),
    }));
    onLoad({ filter: /[\\/]package\.json$/ }, ({ path: file }) => {
      if (path.dirname(file) !== root) return undefined;
      const { name, version, description } = JSON.parse(readFileSync(file, 'utf8'));
      return { contents: `export default ${JSON.stringify({ name, version, description })};` };
    });
  },
};

/**
 * The check of milliwatt.json as finished code, since compiling its schema would take longer than reading a model does:
 * in a file of its own, which is loaded where there is a milliwatt.json to check.
 */
const compiledSchema = {
  name: 'compiled schema',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^\.\/compiledSchema\.js$/ }, ({ path: file }) => ({ path: file, external: true }));
    onLoad({ filter: /[\\/]project[\\/]validator\.ts$/ }, () => ({
      contents: `
        export function validate(value) {
          const compiled = require('./compiledSchema.js').default;
          const isValid = compiled(value);
          validate.errors = compiled.errors;
          return isValid;
        }`,
    }));
  },
};

async function buildCompiledSchema() {
  const ajv = new Ajv({ allErrors: true, strict: false, code: { source: true, esm: true } });
  const contents = standaloneCode.default(ajv, ajv.compile(await projectSchema()));
  return esbuild.build({
    ...common,
    stdin: { contents, resolveDir: root },
    outfile: path.join(root, 'dist', 'compiledSchema.js'),
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: false,
  });
}

/**
 * Writes what was split as modules in the form that VS Code loads. With `require`, also later: an `import()` would
 * start Node's second loader for the sake of one file.
 */
const asCommonJs = {
  name: 'as CommonJS',
  setup({ onEnd }) {
    onEnd(async ({ outputFiles = [] }) => {
      for (const { path: file, text } of outputFiles) {
        const { code } = await esbuild.transform(text, {
          format: 'cjs',
          platform: 'node',
          target: 'node20',
          supported: { 'dynamic-import': false },
          minify: production,
          sourcemap: production ? false : 'inline',
          sourcefile: path.basename(file),
        });
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, file.endsWith('cli.js') ? `#!/usr/bin/env node\n${code}` : code);
      }
    });
  },
};

/**
 * Code that runs on Node, each program with what it loads later in files of its own. `serialport` holds native code and
 * stays outside.
 */
const nodeBundles = [
  ['src/extension.ts', 'extension'],
  ['src/worker/analysis.ts', 'analysisWorker'],
  ['src/worker/jobs.ts', 'jobWorker'],
  ['src/worker/monitor.ts', 'monitorWorker'],
  ['src/worker/firmware.ts', 'firmwareWorker'],
  ['src/tfjs/node/child.ts', 'tfjsNode'],
  ['src/cli.ts', 'cli'],
].map(([entry, name]) => ({
  ...common,
  entryPoints: { [name]: entry },
  outdir: 'dist',
  chunkNames: `${name}-[hash]`,
  splitting: true,
  write: false,
  sourcemap: production ? false : 'inline',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // The other form of jsonc-parser loads its parts by a `require` that no bundler can follow.
  mainFields: ['module', 'main'],
  // The extension chooses compressions alone: what they do (`CompressionKind.load`) is in the bundles of threads.
  external: ['vscode', 'serialport', '@tensorflow/tfjs-node', ...(name === 'extension' ? ['*Work'] : [])],
  plugins: [vscodeOnce, lessAtStart, tablesAsText, compiledSchema, asCommonJs],
}));

/**
 * `serialport`, where a `require` beside the bundles finds it: its code in one file, and its programs for all systems,
 * which it looks for in the folder above that file.
 */
const serialportFolder = path.join(root, 'dist', 'node_modules', 'serialport');
const serialportBundle = {
  ...common,
  // Named, so that an `import()` sees the name: of a bundle it finds those alone that the bundler writes out.
  stdin: { contents: "export { SerialPort } from 'serialport';", resolveDir: root },
  outfile: path.join(serialportFolder, 'dist', 'index.js'),
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: false,
};

/** One bundle per webview folder that has a main.ts. */
const webviewBundles = readdirSync(path.join(root, 'webview'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(path.join(root, 'webview', entry.name, 'main.ts')))
  .map((entry) => ({
    ...common,
    entryPoints: [`webview/${entry.name}/main.ts`],
    outfile: path.join(pagesFolder ?? 'dist/webview', `${entry.name}.js`),
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    tsconfig: 'webview/tsconfig.json',
    resolveExtensions: [`${controls}.ts`, '.ts', '.mjs', '.js', '.json'],
    loader: { '.css': 'css', '.svg': 'text' },
  }));

const bundles = [...nodeBundles, ...webviewBundles];
const packages = path.join(root, 'node_modules');

if (pagesFolder !== undefined) {
  for (const bundle of webviewBundles) await esbuild.build(bundle);
} else if (flags.has('--watch')) {
  for (const bundle of bundles) await (await esbuild.context(bundle)).watch();
} else {
  rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  mkdirSync(path.join(root, 'dist'), { recursive: true });
  const [, ...built] = await Promise.all([
    writeSchema(),
    buildCompiledSchema(),
    ...[...bundles, serialportBundle].map((bundle) => esbuild.build(bundle)),
  ]);
  writeModuleKind();
  copyWasm();
  copySerialPrograms();
  writeNotices(built);
  if (flags.has('--package')) packageVsix();
}

/** Node asks the nearest package.json how each file is to be loaded: here a short one, rather than the manifest. */
function writeModuleKind() {
  writeFileSync(path.join(root, 'dist', 'package.json'), '{ "type": "commonjs" }\n');
}

/** TensorFlow.js reads its WebAssembly from files beside the bundle; Node needs none with threads. */
function copyWasm() {
  const folder = path.join(packages, '@tensorflow', 'tfjs-backend-wasm', 'dist');
  for (const name of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm']) {
    copyFileSync(path.join(folder, name), path.join(root, 'dist', name));
  }
}

function copySerialPrograms() {
  const programs = path.join(packages, '@serialport', 'bindings-cpp', 'prebuilds');
  cpSync(programs, path.join(serialportFolder, 'prebuilds'), { recursive: true });
  const { name, version, license } = JSON.parse(
    readFileSync(path.join(packages, 'serialport', 'package.json'), 'utf8'),
  );
  writeFileSync(
    path.join(serialportFolder, 'package.json'),
    `${JSON.stringify({ name, version, license, main: 'dist/index.js' }, undefined, 2)}\n`,
  );
}

/** The licences of all packages whose code is in a bundle, as they ask for. */
function writeNotices(built) {
  const inputs = built.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const folders = new Set(
    inputs.map((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]).filter(Boolean),
  );
  const notices = [...folders]
    .flatMap((folder) => [folder, ...bundledWith(folder)])
    .sort()
    .map((folder) => {
      const description = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
      const { name, version, license } = description;
      return `${name} ${version} (${license})\n\n${licenceText(path.join(root, folder), description)}\n`;
    });
  writeFileSync(path.join(root, 'dist', 'third-party-notices.txt'), notices.join(`\n${'-'.repeat(80)}\n\n`));
}

/** Packages that a package has in its own bundle, where the bundler does not see them. */
function bundledWith(folder) {
  if (path.basename(folder) !== 'jsfive') return [];
  const pako = createRequire(path.join(root, folder, 'package.json')).resolve('pako/package.json');
  return [path.relative(root, path.dirname(pako))];
}

/**
 * The text that a package carries; of one that names its licence alone, the text of that licence with the package's
 * holder.
 */
function licenceText(folder, { name, license, author, homepage, repository }) {
  const file = readdirSync(folder).find((each) => /^licen[cs]e(\.|$)/i.test(each));
  const own = file === undefined ? '' : readFileSync(path.join(folder, file), 'utf8').trim();
  // It names pyfive, which it is made of, and leaves out what pyfive's licence asks to be repeated.
  if (name === 'jsfive') return `${own}\n\n${bsdTerms('pyfive')}`;
  if (own !== '') return own;
  const holder = author?.name ?? author ?? repository?.url ?? homepage ?? name;
  if (license === 'MIT') return mitText(holder);
  if (license === 'Apache-2.0') return `Copyright ${holder}\n\n${apacheText()}`;
  throw new Error(`${name} has no licence text: add the text of ${license} to build.mjs.`);
}

/** The text of the Apache licence, as a package carries it that is bundled too. */
function apacheText() {
  return readFileSync(path.join(packages, 'long', 'LICENSE'), 'utf8').trim();
}

/** The terms of the BSD licence with three clauses, as a package carries it that is bundled too, for another program. */
function bsdTerms(program) {
  const [terms] = readFileSync(path.join(packages, 'pbf', 'LICENSE'), 'utf8').match(/Redistribution and use[^]*/);
  return terms.replaceAll('pbf', program).trim();
}

function mitText(holder) {
  const [own] = readFileSync(path.join(root, 'LICENSE'), 'utf8').match(/Permission is hereby granted[^]*/);
  return `Copyright ${holder}\n\n${own.trim()}`;
}

/** The schema of milliwatt.json, whose lists of boards and runtimes come from the tables. */
async function projectSchema() {
  const entryPoints = ['src/core/project/schema.ts'];
  const { outputFiles } = await esbuild.build({
    ...common,
    entryPoints,
    sourcemap: false,
    format: 'cjs',
    write: false,
  });
  const module = { exports: {} };
  new Function('module', 'exports', outputFiles[0].text)(module, module.exports);
  return module.exports.projectSchema;
}

/** For the editor to complete from. */
async function writeSchema() {
  writeFileSync(
    path.join(root, 'dist', 'milliwatt.schema.json'),
    `${JSON.stringify(await projectSchema(), undefined, 2)}\n`,
  );
}

/**
 * Makes milliwatt.vsix, the same bytes from the same sources: files are in order and of one time, which a zip archive
 * keeps as local time. `--no-dependencies`: everything needed at run time lies in dist/.
 */
function packageVsix() {
  const vsce = path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const options = [
    'package',
    '--no-dependencies',
    '--no-rewrite-relative-links',
    '--allow-missing-repository',
    '-o',
    'milliwatt.vsix',
  ];
  const env = { ...process.env, TZ: 'UTC', SOURCE_DATE_EPOCH: String(sourceSeconds()) };
  execFileSync(process.execPath, [vsce, ...options], { cwd: root, env, stdio: 'inherit' });
}

/** When the sources were written, in seconds: as the environment says, else the last commit, else what zip begins with. */
function sourceSeconds() {
  if (process.env.SOURCE_DATE_EPOCH) return process.env.SOURCE_DATE_EPOCH;
  try {
    const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return execFileSync('git', ['log', '-1', '--format=%ct'], options).trim();
  } catch {
    return Date.UTC(1980, 0, 1) / 1000;
  }
}
