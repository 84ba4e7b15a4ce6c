// `npm start`: opens VS Code with Milliwatt on the sample workspace. Installs what is missing.
//   node test/host/start.mjs [--server] [--port N]
// A desktop VS Code is taken where there is one, else the server build in the browser, which `--server` asks for.
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import {
  build,
  ensurePackages,
  ensureServerBuild,
  findProgram,
  root,
  rootRequire,
  runMain,
  serverBuildRuns,
  SetupError,
} from './setup.mjs';

const examples = path.join(root, 'examples');

await runMain(async () => {
  const { serverWanted, port } = readFlags(process.argv.slice(2));
  ensurePackages();
  build();
  const desktop = serverWanted ? undefined : desktopProgram();
  if (desktop) return openDesktop(desktop);
  if (!serverBuildRuns) return openDesktop(await downloadedDesktop());
  ensureServerBuild();
  const { tsImport } = await import('tsx/esm/api');
  const { serveExamples } = await tsImport('./driver/start.ts', import.meta.url);
  return serveExamples(port);
});

function readFlags(flags) {
  const portAt = flags.indexOf('--port');
  const port = portAt < 0 ? undefined : Number(flags[portAt + 1]);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new SetupError('After --port there must be a number from 1 to 65535.');
  }
  const unknown = flags.find(
    (flag, index) => flag !== '--server' && index !== portAt && (portAt < 0 || index !== portAt + 1),
  );
  if (unknown) throw new SetupError(`${unknown} is not a flag of npm start: there are --server and --port N.`);
  return { serverWanted: flags.includes('--server'), port };
}

/**
 * A desktop VS Code that can load an extension from its sources. Inside a remote window `code` is another program,
 * which only hands files to the window, and without a display there is nothing to open.
 */
function desktopProgram() {
  if (process.env.VSCODE_IPC_HOOK_CLI) return undefined;
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return undefined;
  const program = ['code', 'code-insiders', 'codium'].map(findProgram).find(Boolean) ?? applicationOnMac();
  if (!program) return undefined;
  const place = realpathSync(program);
  const foreign = place.includes('remote-cli') || (process.platform === 'linux' && place.startsWith('/mnt/'));
  if (foreign) return undefined;
  return spawnSync(program, ['--version'], { shell: process.platform === 'win32', timeout: 30_000 }).status === 0
    ? program
    : undefined;
}

function applicationOnMac() {
  const program = '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code';
  return process.platform === 'darwin' && existsSync(program) ? program : undefined;
}

/** Where the server build does not run, VS Code itself is downloaded, as the tests do there. */
async function downloadedDesktop() {
  const { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath } = rootRequire('@vscode/test-electron');
  try {
    return resolveCliPathFromVSCodeExecutablePath(
      await downloadAndUnzipVSCode({ cachePath: path.join(root, '.vscode-test') }),
    );
  } catch (error) {
    throw new SetupError(
      `There is no VS Code on this machine and it could not be downloaded (${error.message}): install it, so that the command code is on the path.`,
    );
  }
}

/** Keeps running until the window is closed. */
function openDesktop(program) {
  console.log(`Opening ${program} with Milliwatt on ${examples}. Close its window to end.`);
  const extensions = [root, path.join(root, 'test', 'host', 'startExtension')];
  const paths = extensions.map((extension) => `--extensionDevelopmentPath=${extension}`);
  const options = ['--new-window', '--wait', ...paths, examples];
  // Chromium refuses root a sandbox, and VS Code then wants to be told where its data may lie.
  const asRoot =
    process.getuid?.() === 0 ? ['--no-sandbox', `--user-data-dir=${path.join(root, '.vscode-test', 'user')}`] : [];
  const shell = process.platform === 'win32';
  const quoted = shell ? options.map((option) => `"${option}"`) : options;
  return spawnSync(shell ? `"${program}"` : program, [...quoted, ...asRoot], { stdio: 'inherit', shell }).status ?? 1;
}
