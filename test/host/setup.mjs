// Installs what the tests and `npm start` need and is missing. Plain Node without dependencies, since it runs before
// there are any.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const hostFolder = path.join(root, 'test', 'host');

/** An error whose message is for people: printed without a stack. */
export class SetupError extends Error {}

/** The server build of VS Code needs a Node of its own, which is published for Linux alone. */
export const serverBuildRuns = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);

/** Runs `main`, prints a {@link SetupError} as its sentence alone, and leaves with the exit code that `main` gives. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** The packages of the extension itself. */
export function ensurePackages() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetupError(
      `Milliwatt is built and tested with Node 20.19 or newer, and this is Node ${process.versions.node}: install a newer one.`,
    );
  }
  // Spelt out, because a user's own npm settings may leave them out, and esbuild's program is an optional package.
  installPackages(root, ['--include=dev', '--include=optional']);
}

/** The server build of VS Code, its Node, and the modules that it imports. */
export function ensureServerBuild() {
  installPackages(hostFolder, ['--include=optional']);
  installPackages(path.join(hostFolder, 'server'), ['--omit=dev', '--omit=optional']);
  // The published server has no node_modules, and the lock file beside it is incomplete, so that `npm ci` refuses it:
  // our own pinned tree takes its place.
  const link = path.join(hostFolder, 'node_modules', 'code-server', 'lib', 'vscode', 'node_modules');
  if (existsSync(link)) return;
  rmSync(link, { recursive: true, force: true });
  symlinkSync(path.join(hostFolder, 'server', 'node_modules'), link, 'dir');
}

/** Bundles the extension into dist/. */
export function build() {
  run('Building Milliwatt', process.execPath, [path.join(root, 'build.mjs')], { cwd: root });
}

/**
 * Runs `npm ci` in a folder whose installed packages differ from its lock file. Install scripts stay off: nothing here
 * needs one.
 */
function installPackages(folder, options) {
  if (packagesAreCurrent(folder, options.includes('--omit=optional'))) return;
  const name = path.relative(root, folder) || 'the project';
  const npm = npmCommand();
  const fixed = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  run(`Installing the packages of ${name}`, npm.program, [...npm.options, ...fixed, ...options], {
    cwd: folder,
    shell: npm.shell,
  });
}

/** Whether every package of the lock file that belongs on this machine is installed in its version. */
function packagesAreCurrent(folder, withoutOptional) {
  const installedFile = path.join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = JSON.parse(readFileSync(path.join(folder, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  for (const [place, entry] of Object.entries(wanted)) {
    if (place === '') continue;
    const found = installed[place];
    if (found ? found.version !== entry.version : !mayBeAbsent(entry, withoutOptional)) return false;
    if (found && !existsSync(path.join(folder, place))) return false;
  }
  return true;
}

function mayBeAbsent(entry, withoutOptional) {
  if (!entry.optional && !entry.devOptional) return false;
  const otherMachine =
    !allows(entry.os, process.platform) || !allows(entry.cpu, process.arch) || entry.libc !== undefined;
  // A package that only packages for other machines need is optional too, without saying for which.
  return withoutOptional || otherMachine || entry.os === undefined;
}

/**
 * The fields `os` and `cpu` of a package: a name or a list of names, of those allowed or, each with a `!`, of those
 * not.
 */
function allows(field, value) {
  const names = [field ?? []].flat();
  if (names.length === 0 || names.includes(value)) return true;
  return names.some((name) => name.startsWith('!')) && !names.includes(`!${value}`);
}

/** The npm that started this script, else the one on the path (a batch file on Windows, which only a shell can run). */
function npmCommand() {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return { program: process.execPath, options: [script], shell: false };
  return { program: 'npm', options: [], shell: process.platform === 'win32' };
}

const browserNames = [
  'chromium',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'chromium-browser',
  'microsoft-edge',
];

/**
 * The path of a Chromium that starts: `$CHROME_PATH`, one on the path, else Debian's package, installed when this is
 * root.
 */
export function ensureBrowser() {
  const chosen = process.env.CHROME_PATH;
  if (chosen) {
    if (answers(chosen)) return chosen;
    throw new SetupError(
      `CHROME_PATH is ${chosen}, which does not start: let it name the program of a Chromium or Chrome.`,
    );
  }
  const found = browserOnPath();
  if (found) return found;
  if (isDebian() && process.getuid?.() === 0) {
    aptInstall(['chromium', 'fonts-dejavu-core']);
    const installed = browserOnPath();
    if (installed) return installed;
  }
  throw new SetupError(
    'The extension tests need a Chromium and there is none on the path: install one (on Debian `apt-get install chromium`; ' +
      "Ubuntu's package of that name does not work without snap, so take Google Chrome there), or let CHROME_PATH name its program.",
  );
}

function browserOnPath() {
  return browserNames.map(findProgram).find((program) => program && answers(program));
}

/** A stub that only asks for a snap package fails here. */
function answers(program) {
  const result = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return result.status === 0 && /\d+\.\d+/.test(result.stdout);
}

/** The path of a program on `PATH`, or undefined. */
export function findProgram(name) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders
    .flatMap((folder) => endings.map((ending) => path.join(folder, name + ending)))
    .find((file) => existsSync(file));
}

function isDebian() {
  if (!existsSync('/etc/os-release') || !findProgram('apt-get')) return false;
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function aptInstall(packages) {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  run('Refreshing the list of Debian packages', 'apt-get', ['update', '-qq'], options);
  run(
    `Installing ${packages.join(', ')}`,
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
    options,
  );
}

/** Starts TypeScript in a child of its own; gives the exit code. */
export function runTypeScript(file, options) {
  const result = spawnSync(process.execPath, ['--import', 'tsx', file, ...options], { cwd: root, stdio: 'inherit' });
  return result.status ?? 1;
}

function run(title, program, options, settings) {
  console.log(`${title} ...`);
  const result = spawnSync(program, options, { stdio: ['ignore', 'inherit', 'inherit'], ...settings });
  if (result.status === 0) return;
  const reason = result.error ? result.error.message : `exit code ${result.status}`;
  throw new SetupError(`${title} failed (${reason}): see the lines above.`);
}

/** An empty folder for files that a run leaves behind. */
export function freshFolder(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

export const rootRequire = createRequire(path.join(root, 'package.json'));
