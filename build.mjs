// The one build script: bundles the extension, its workers, the command line and the webviews into dist/.
//   node build.mjs [--production] [--package] [--watch]
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const root = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const esbuild = require('esbuild');
const flags = new Set(process.argv.slice(2));
const production = flags.has('--production');

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

/** Code that runs on Node: CommonJS, because VS Code loads extensions with `require`. `serialport` holds native code and stays outside. */
const nodeBundles = [
  ['src/extension.ts', 'dist/extension.js'],
  ['src/worker/analysis.ts', 'dist/analysisWorker.js'],
  ['src/worker/jobs.ts', 'dist/jobWorker.js'],
  ['src/worker/monitor.ts', 'dist/monitorWorker.js'],
  ['src/cli.ts', 'dist/cli.js'],
].map(([entry, outfile]) => ({
  ...common,
  entryPoints: [entry],
  outfile,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // The other form of jsonc-parser loads its parts by a `require` that no bundler can follow.
  mainFields: ['module', 'main'],
  external: ['vscode', 'serialport', '@tensorflow/tfjs-node'],
  banner: outfile.endsWith('cli.js') ? { js: '#!/usr/bin/env node' } : {},
}));

/**
 * `serialport`, where a `require` beside the bundles finds it: its code in one file, and its programs for all systems, which it looks
 * for in the folder above that file.
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
    outfile: `dist/webview/${entry.name}.js`,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    tsconfig: 'webview/tsconfig.json',
    loader: { '.css': 'css', '.svg': 'text' },
  }));

const bundles = [...nodeBundles, ...webviewBundles].filter((bundle) =>
  existsSync(path.join(root, bundle.entryPoints[0])),
);
const packages = path.join(root, 'node_modules');

if (flags.has('--watch')) {
  for (const bundle of bundles) await (await esbuild.context(bundle)).watch();
} else {
  rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  mkdirSync(path.join(root, 'dist'), { recursive: true });
  const [, ...built] = await Promise.all([
    writeSchema(),
    ...[...bundles, serialportBundle].map((bundle) => esbuild.build(bundle)),
  ]);
  copyWasm();
  copySerialPrograms();
  writeNotices(built);
  if (flags.has('--package')) packageVsix();
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
  const notices = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(path.join(root, folder)).find((each) => /^licen[cs]e(\.|$)/i.test(each));
    const text = file ? readFileSync(path.join(root, folder, file), 'utf8').trim() : `License: ${license}`;
    return `${name} ${version}\n\n${text}\n`;
  });
  writeFileSync(path.join(root, 'dist', 'third-party-notices.txt'), notices.join(`\n${'-'.repeat(80)}\n\n`));
}

/** Writes the schema of milliwatt.json, whose lists of boards and runtimes come from the tables, for the editor to complete from. */
async function writeSchema() {
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
  writeFileSync(
    path.join(root, 'dist', 'milliwatt.schema.json'),
    `${JSON.stringify(module.exports.projectSchema, undefined, 2)}\n`,
  );
}

/** Makes milliwatt.vsix. `--no-dependencies`: everything needed at run time lies in dist/. */
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
  execFileSync(process.execPath, [vsce, ...options], { cwd: root, stdio: 'inherit' });
}
