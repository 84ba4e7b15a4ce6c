import { buildSync } from 'esbuild';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { Log } from '../../src/host/log';
import type { ThreadEvents } from '../../src/host/serial/monitorThread';
import { MonitorThread } from '../../src/host/serial/monitorThread';
import { check } from '../support/check';

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-dying-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const script = join(folder, 'monitor.cjs');
buildSync({
  entryPoints: [join(__dirname, '../../src/worker/monitor.ts')],
  ...{ bundle: true, platform: 'node', outfile: script, logLevel: 'error' },
});

const noLog = { info: () => undefined, error: () => undefined } as unknown as Log;

interface Outcome {
  readonly deaths: readonly string[];
  readonly log: string;
}

/** Writes numbered lines to a log; its thread is killed after each of some of them, acknowledged or not. */
async function killedAfter(lines: readonly number[]): Promise<Outcome> {
  const deaths: string[] = [];
  const path = join(folder, `${lines.join('-')}.log`);
  const heard = new Proxy({}, { get: (_target, name) => (name === 'died' ? died : () => ({ type: 'done' })) });
  const died = (error: Error): void => void deaths.push(error.message);
  const thread = new MonitorThread(script, noLog, heard as ThreadEvents);
  const startLog = (): Promise<unknown> =>
    thread.rpc.request({ type: 'startLog', stream: 1, path, timestamps: false, rotateBytes: 0, goesOn: true });
  await startLog();
  for (let line = 1; line <= 6; line++) {
    const bytes = new TextEncoder().encode(`line ${line}\n`);
    thread.rpc.notify({ type: 'received', stream: 1, bytes, timeMs: line });
    await thread.rpc.request({ type: 'settled', stream: 1 });
    if (!lines.includes(line)) continue;
    await thread.terminate();
    await startLog();
  }
  thread.dispose();
  return { deaths, log: readFileSync(path, 'utf8') };
}

const whole = 'line 1\nline 2\nline 3\nline 4\nline 5\nline 6\n';
const lost =
  'The thread of the serial monitor stopped unexpectedly (exit code 1), and what it kept is lost; a new one goes on with what arrives now.';

check('a log whose thread is killed loses nothing that was acknowledged', killedAfter, [
  { name: 'never', input: [], expected: { deaths: [], log: whole } },
  { name: 'once', input: [3], expected: { deaths: [lost], log: whole } },
  {
    name: 'after every line',
    input: [1, 2, 3, 4, 5],
    expected: { deaths: [lost, lost, lost, lost, lost], log: whole },
  },
]);
