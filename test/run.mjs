// `npm test`: unit tests, then the extension tests in a real VS Code. Installs what is missing.
//   node test/run.mjs [--unit] [--host] [--desktop]
// Without a flag both parts run; `--desktop` runs the extension tests in a desktop VS Code instead of the server build.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import {
  build,
  ensureBrowser,
  ensurePackages,
  ensureServerBuild,
  root,
  runMain,
  runTypeScript,
  serverBuildRuns,
  SetupError,
} from './host/setup.mjs';

const knownFlags = ['--unit', '--host', '--desktop'];

/** Unit tests are all test files outside test/host. Listed, because Node 20 takes no glob patterns. */
function unitTestFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) return place === path.join(root, 'test', 'host') ? [] : unitTestFiles(place);
    return entry.name.endsWith('.test.ts') ? [path.relative(root, place)] : [];
  });
}

function runUnitTests() {
  const options = [
    '--import',
    'tsx',
    '--test',
    '--test-reporter=spec',
    '--test-concurrency=2',
    ...unitTestFiles(path.join(root, 'test')).sort(),
  ];
  return spawnSync(process.execPath, options, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1;
}

function runHostTests(desktop) {
  if (desktop) return runTypeScript(path.join('test', 'host', 'driver', 'desktop.ts'), []);
  ensureServerBuild();
  return runTypeScript(path.join('test', 'host', 'driver', 'main.ts'), [ensureBrowser()]);
}

/** A bundle that cannot be made fails the run, but the unit tests still tell what they know. */
function buildCode() {
  try {
    build();
    return 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    return 1;
  }
}

await runMain(() => {
  const flags = process.argv.slice(2);
  const unknown = flags.find((flag) => !knownFlags.includes(flag));
  if (unknown) throw new SetupError(`${unknown} is not a flag of the tests: there are ${knownFlags.join(', ')}.`);
  const all = flags.length === 0;
  const desktop = flags.includes('--desktop') || !serverBuildRuns;
  ensurePackages();
  const built = buildCode();
  const unitCode = all || flags.includes('--unit') ? runUnitTests() : 0;
  if (built !== 0) return built;
  const hostCode = all || flags.includes('--host') || flags.includes('--desktop') ? runHostTests(desktop) : 0;
  return unitCode || hostCode;
});
