// `npm test`: unit tests, then the extension tests in a real VS Code. Installs what is missing.
//   node test/run.mjs [--unit] [--host] [--desktop] [--count]
// Without a flag both parts run; `--desktop` runs the extension tests in a desktop VS Code instead of the server build;
// `--count` runs the unit tests and writes anew how many of them are made from measured data (test/counts.json).
// With CI set, a test that does not run fails the run: nothing is left out silently.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { forbiddenSkips, notRunLine, readTally, vanished } from './tally.mjs';
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

const knownFlags = ['--unit', '--host', '--desktop', '--count'];
const countsFile = path.join(root, 'test', 'counts.json');
const scratch = mkdtempSync(path.join(tmpdir(), 'milliwatt-tests-'));
const unitTally = path.join(scratch, 'unit.json');
const hostTally = path.join(scratch, 'host.json');

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
    '--test-reporter-destination=stdout',
    `--test-reporter=${pathToFileURL(path.join(root, 'test', 'tally.mjs')).href}`,
    `--test-reporter-destination=${unitTally}`,
    '--test-concurrency=2',
    ...unitTestFiles(path.join(root, 'test')).sort(),
  ];
  return spawnSync(process.execPath, options, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1;
}

function runHostTests(desktop) {
  process.env.MILLIWATT_TEST_TALLY = hostTally;
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

/** Says what did not run, and whether that fails the run. */
function closingCode() {
  const unit = readTally(unitTally);
  const host = readTally(hostTally);
  const missing = unit === undefined ? [] : vanished(unit.files, JSON.parse(readFileSync(countsFile, 'utf8')));
  const skipped = { ...unit?.skipped, ...host?.skipped };
  const [passed, failed] = ['passed', 'failed'].map((kind) => (unit?.[kind] ?? 0) + (host?.[kind] ?? 0));
  const skippedCount = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  const forbidden = process.env.CI ? forbiddenSkips(skipped) : [];
  for (const reason of forbidden) console.error(`With CI set, every test has to run: ${reason}`);
  if (process.env.CI) {
    for (const { file, missing: count } of missing)
      console.error(`With CI set, ${count} tests of ${file} have to run.`);
  }
  console.log(`${passed} passed, ${failed} failed${skippedCount > 0 ? `, ${skippedCount} skipped` : ''}`);
  console.log(notRunLine(skipped, missing));
  return forbidden.length > 0 || (process.env.CI && missing.length > 0) ? 1 : 0;
}

/** Counts anew the tests of those files that the list names, and of those that the arguments of the run name in it. */
function writeCounts() {
  const { files } = readTally(unitTally);
  const listed = Object.keys(JSON.parse(readFileSync(countsFile, 'utf8')));
  const counts = Object.fromEntries(listed.sort().map((file) => [file, files[file] ?? 0]));
  writeFileSync(countsFile, `${JSON.stringify(counts, undefined, 2)}\n`);
}

await runMain(() => {
  const flags = process.argv.slice(2);
  const unknown = flags.find((flag) => !knownFlags.includes(flag));
  if (unknown) throw new SetupError(`${unknown} is not a flag of the tests: there are ${knownFlags.join(', ')}.`);
  const all = flags.length === 0;
  const desktop = flags.includes('--desktop') || !serverBuildRuns;
  ensurePackages();
  const built = buildCode();
  const unitCode = all || flags.includes('--unit') || flags.includes('--count') ? runUnitTests() : 0;
  if (flags.includes('--count')) writeCounts();
  if (built !== 0) return built;
  const hostCode = all || flags.includes('--host') || flags.includes('--desktop') ? runHostTests(desktop) : 0;
  const closing = closingCode();
  rmSync(scratch, { recursive: true, force: true });
  return unitCode || hostCode || closing;
});
