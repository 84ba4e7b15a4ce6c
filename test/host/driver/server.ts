import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { hostFolder } from './places';

export interface ServerOptions {
  /** Settings, logs and state of this server alone. */
  readonly dataFolder: string;
  readonly extensionsFolder: string;
  /** Whether VS Code asks for trust in a workspace: Restricted Mode until somebody grants it. */
  readonly workspaceTrust: boolean;
  /** Lets the page load an extension under test and report a test run; it also keeps notifications from popping up. */
  readonly testDriver: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Opened by an address without a `folder`. */
  readonly defaultFolder?: string;
  /** A free port is taken when absent. */
  readonly port?: number;
}

/** A running server build of VS Code, reachable on this machine alone. */
export interface Server {
  /** `127.0.0.1:PORT` */
  readonly authority: string;
  /** Settles when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const serverFolder = path.join(hostFolder, 'node_modules', 'code-server', 'lib', 'vscode');
const nodeProgram = path.join(hostFolder, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
const serverScript = path.join(serverFolder, 'out', 'server-main.js');

/** Starts the server and waits until it answers. Fails with the tail of its log when it ends before that. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const port = options.port ?? (await freePort());
  const authority = `127.0.0.1:${port}`;
  mkdirSync(options.extensionsFolder, { recursive: true });
  writeMachineSettings(options.dataFolder, options.settings);
  const child = spawn(nodeProgram, [serverScript, ...serverArguments(options, port)], {
    // A group of its own: Ctrl+C is for us, and stopping reaches the extension hosts that the server started.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.environment },
  });
  const logFile = path.join(options.dataFolder, 'server.log');
  const log = createWriteStream(logFile);
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const server: Server = { authority, ended, stop: () => stopGroup(child, ended) };
  if (await answersWithin(authority, child, 30_000)) return server;
  await server.stop();
  throw new Error(`The server build of VS Code did not start: ${logFile} says why.`);
}

/** Installs a packaged extension as a user would. */
export async function installPackage(packageFile: string, extensionsFolder: string, dataFolder: string): Promise<void> {
  const folders = ['--extensions-dir', extensionsFolder, '--server-data-dir', dataFolder];
  const options = ['--install-extension', packageFile, ...folders, '--accept-server-license-terms'];
  const child = spawn(nodeProgram, [serverScript, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (text) => (output += String(text)));
  child.stderr.on('data', (text) => (output += String(text)));
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (code !== 0 || !output.includes('was successfully installed'))
    throw new Error(`VS Code refused ${packageFile}:\n${output}`);
}

function serverArguments(options: ServerOptions, port: number): string[] {
  const fixed = [
    '--host',
    '127.0.0.1',
    '--without-connection-token',
    '--accept-server-license-terms',
    '--telemetry-level',
    'off',
  ];
  const quiet = ['--disable-update-check', '--disable-getting-started-override'];
  const folders = ['--server-data-dir', options.dataFolder, '--extensions-dir', options.extensionsFolder];
  return [
    ...fixed,
    ...quiet,
    ...folders,
    '--port',
    String(port),
    ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...(options.testDriver ? ['--enable-smoke-test-driver'] : []),
    ...(options.defaultFolder ? ['--default-folder', options.defaultFolder] : []),
  ];
}

/** Writes the settings of a server; one that runs takes them over. */
export function writeMachineSettings(dataFolder: string, settings: ServerOptions['settings']): void {
  const folder = path.join(dataFolder, 'data', 'Machine');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
}

/** A port that nothing listens on at this moment. */
async function freePort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}

async function answersWithin(authority: string, child: ChildProcess, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while (Date.now() < end && child.exitCode === null) {
    const answer = await fetch(`http://${authority}/version`).catch(() => undefined);
    if (answer?.ok) return true;
    await delay(100);
  }
  return false;
}

async function stopGroup(child: ChildProcess, ended: Promise<void>): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const inTime = await Promise.race([ended.then(() => true), delay(5000, false, { ref: false })]);
  if (!inTime) signalGroup(child, 'SIGKILL');
  await ended;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
