import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { LineFramer, lineText } from '../../src/core/serial/lines';
import { createFirmwareParser } from '../../src/core/serial/parsers';
import type { ThreadRpc } from '../../src/host/serial/monitorThread';
import { MonitorThread } from '../../src/host/serial/monitorThread';
import { MonitorTab } from '../../src/host/serial/monitorTab';
import { defaultPortSettings } from '../../src/protocol/serialPort';
import { serialPortSource } from '../../src/serial/sources/serialPort';
import { eventually } from '../host/support/eventually';
import { watchDelays } from '../support/ownDelays';

/** Figures of the serial monitor: `npm run bench:monitor`. The bundles must be built. */

const root = path.join(__dirname, '..', '..');
const mebibyte = 1024 * 1024;
/** As a panel asks while it is shown. */
const asksPerSecond = 30;

/** One mebibyte of what firmware prints: log lines, plots, profiles, colours. */
function firmwareText(): Buffer {
  const lines: string[] = [];
  for (let step = 0, bytes = 0; bytes < mebibyte; step += 1) {
    const line = firmwareLine(step);
    lines.push(line);
    bytes += line.length;
  }
  return Buffer.from(lines.join('')).subarray(0, mebibyte);
}

function firmwareLine(step: number): string {
  switch (step % 8) {
    case 0:
      return `>temperature:${(24 + Math.sin(step)).toFixed(3)}§°C\r\n`;
    case 1:
      return `acc_x:${step % 17},acc_y:${step % 13},acc_z:${step % 11}\r\n`;
    case 2:
      return `\x1b[0;32mI (${step}) inference: label=yes score=${step % 100} latency=30.1 ms\x1b[0m\r\n`;
    case 3:
      return `CONV_2D took ${step} ticks (${step >> 10} ms).\r\n`;
    default:
      return `[00:00:${String(step % 60).padStart(2, '0')}.000,000] <inf> app: sample ${step} queued, ${step % 7} waiting\r\n`;
  }
}

/** Lines a second of user processor time: framing, decoding and all dialects. */
function parseRate(): void {
  const text = firmwareText();
  const rates = Array.from({ length: 9 }, () => {
    const framer = new LineFramer();
    const parser = createFirmwareParser();
    let lines = 0;
    const before = process.cpuUsage();
    for (let start = 0; start < text.length; start += 4096) {
      for (const { bytes } of framer.push(text.subarray(start, start + 4096))) {
        parser.feed(lineText(bytes), lines);
        lines += 1;
      }
    }
    const { user } = process.cpuUsage(before);
    return (lines / user) * 1e6;
  }).sort((left, right) => left - right);
  console.log(`framing and all dialects: ${Math.round(rates[4]).toLocaleString('en')} lines/s (median of 9)`);
}

/** Longest delay of a thread that does nothing: what the machine itself takes away. */
async function idleDelays(): Promise<() => Promise<number>> {
  const source = `const { parentPort } = require('node:worker_threads');
    const delays = require('node:perf_hooks').monitorEventLoopDelay({ resolution: 5 });
    delays.enable();
    parentPort.on('message', () => parentPort.postMessage(delays.max / 1e6));
    parentPort.postMessage('ready');`;
  const idle = new Worker(source, { eval: true });
  await new Promise((resolve) => idle.once('message', resolve));
  return async () => {
    const answer = new Promise<number>((resolve) => idle.once('message', resolve));
    idle.postMessage('stop');
    const ms = await answer;
    await idle.terminate();
    return ms;
  };
}

interface Seen {
  receivedBytes: number;
  slowestAnswerMs: number;
}

/** 100 MiB through a pseudo-terminal as fast as it goes, with log and a panel that asks for what it draws. */
async function throughPty(): Promise<void> {
  if (spawnSync('socat', ['-V']).status !== 0) {
    console.log('a pseudo-terminal: skipped, there is no socat');
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'milliwatt-bench-'));
  const address = path.join(folder, 'board');
  const block = firmwareText();
  const [blockFile, startFile] = [path.join(folder, 'block'), path.join(folder, 'start')];
  writeFileSync(blockFile, block);
  // A process of its own says it all, so that nothing but receiving is on this thread.
  const speak = `while [ ! -e ${startFile} ]; do sleep 0.1; done; for i in $(seq 100); do cat ${blockFile}; done; sleep 600`;
  const child = spawn('sh', ['-c', `(${speak}) | socat -b 65536 pty,raw,echo=0,link=${address} stdio`], {
    stdio: 'ignore',
    detached: true,
  });
  const seen: Seen = { receivedBytes: 0, slowestAnswerMs: 0 };
  const { tab, rpc, thread } = await openTab(address, seen);
  const log = path.join(folder, 'board.log');
  await rpc().request<'startLog'>({ type: 'startLog', stream: 1, path: log, timestamps: false, rotateBytes: 0 });
  rpc().notify({ type: 'watch', stream: 1, isShown: true, plots: true });
  const asking = setInterval(() => void ask(rpc(), tab, seen), 1000 / asksPerSecond);
  const idle = await idleDelays();
  const blocked = watchDelays();
  const started = performance.now();
  const memory: string[] = [];
  const watching = setInterval(() => {
    const part = (memory.length + 1) * 25 * mebibyte;
    if (seen.receivedBytes >= part) memory.push(`${Math.round(process.memoryUsage().rss / mebibyte)}`);
  }, 50);
  writeFileSync(startFile, '');
  await eventually(() => {
    if (seen.receivedBytes < 100 * mebibyte) throw new Error(`${seen.receivedBytes} bytes have arrived.`);
  }, 300_000);
  const seconds = (performance.now() - started) / 1000;
  const { wallMs, ownMs } = blocked();
  const idleMs = await idle();
  clearInterval(asking);
  clearInterval(watching);
  await rpc().request<'settled'>({ type: 'settled', stream: 1 });
  const understood = (performance.now() - started) / 1000;
  const expected = createHash('sha256');
  for (let part = 0; part < 100; part += 1) expected.update(block);
  const isSame = (await hashOf(log)) === expected.digest('hex');
  console.log(
    `100 MiB through a pseudo-terminal: ${seconds.toFixed(1)} s, all understood after ${understood.toFixed(1)} s`,
  );
  console.log(
    `  lost: ${100 * mebibyte - statSync(log).size} bytes, log ${isSame ? 'equal' : 'DIFFERENT'} byte for byte`,
  );
  console.log(
    `  host thread blocked by itself at most ${ownMs.toFixed(1)} ms (${wallMs.toFixed(1)} ms with the wait for a processor; a thread beside it that does nothing: ${idleMs.toFixed(1)} ms)`,
  );
  console.log(`  slowest answer to the panel: ${seen.slowestAnswerMs.toFixed(0)} ms`);
  console.log(`  memory of the process after 25, 50, 75, 100 MiB: ${memory.join(', ')} MiB`);
  await tab.dispose();
  process.kill(-child.pid!);
  thread.dispose();
  rmSync(folder, { recursive: true, force: true });
}

async function openTab(
  address: string,
  seen: Seen,
): Promise<{ tab: MonitorTab; rpc: () => ThreadRpc; thread: MonitorThread }> {
  await eventually(() => {
    if (spawnSync('test', ['-e', address]).status !== 0) throw new Error('There is no pseudo-terminal.');
  });
  const silent = { info: () => undefined, error: (error: unknown) => console.error(error) };
  const thread = new MonitorThread(path.join(root, 'dist', 'monitorWorker.js'), silent as never, {
    consumed: ({ bytes }) => tab.consumed(bytes),
    grown: ({ extent }) => tab.grow(extent),
    heard: ({ groups }) => {
      tab.hearing.hear(groups);
      return { type: 'done' };
    },
    plot: () => undefined,
    filterFailed: () => undefined,
    highlightDropped: () => undefined,
    logFailed: ({ message }) => console.error(message),
    faulted: ({ message }) => console.error(message),
    died: (error) => console.error(error),
  });
  const rpc = (): ThreadRpc => thread.rpc;
  const hub = { tell: () => undefined, actionsFor: () => [], tickHints: () => ({}) };
  const tab = new MonitorTab({
    id: 1,
    address,
    source: serialPortSource,
    settings: defaultPortSettings,
    display: { view: 'plot', timestamps: 'off', follow: true, wrap: false, echo: false, lineEnding: 'lf' },
    devices: { identify: () => Promise.resolve(undefined), find: () => Promise.resolve(address) },
    thread: rpc,
    hub: hub as never,
    events: {
      changed: () => undefined,
      cards: () => undefined,
      received: (_tab, bytes) => void (seen.receivedBytes += bytes.length),
    },
  });
  await tab.connection.open();
  return { tab, rpc, thread };
}

async function ask(rpc: ThreadRpc, { extent }: MonitorTab, seen: Seen): Promise<void> {
  if (extent === undefined) return;
  const started = performance.now();
  await rpc.request<'lines'>({ type: 'lines', stream: 1, from: extent.endRow - 60, to: extent.endRow });
  seen.slowestAnswerMs = Math.max(seen.slowestAnswerMs, performance.now() - started);
}

/** What an hour at 921,600 baud brings, as fast as it is understood: whether memory grows with it. */
async function anHour(): Promise<void> {
  const hourBytes = 92_160 * 3600;
  const block = firmwareText();
  const silent = { info: () => undefined, error: (error: unknown) => console.error(error) };
  let waitingBytes = 0;
  let resume = (): void => undefined;
  const thread = new MonitorThread(path.join(root, 'dist', 'monitorWorker.js'), silent as never, {
    consumed: ({ bytes }) => {
      waitingBytes -= bytes;
      resume();
    },
    grown: () => undefined,
    heard: () => ({ type: 'done' }),
    plot: () => undefined,
    filterFailed: () => undefined,
    highlightDropped: () => undefined,
    logFailed: () => undefined,
    faulted: ({ message }) => console.error(message),
    died: (error) => console.error(error),
  });
  const memory: number[] = [];
  for (let sent = 0; sent < hourBytes; sent += block.length) {
    if (sent >= ((memory.length + 1) * hourBytes) / 6) memory.push(process.memoryUsage().rss / mebibyte);
    thread.rpc.notify({ type: 'received', stream: 1, bytes: new Uint8Array(block), timeMs: Date.now() });
    waitingBytes += block.length;
    while (waitingBytes > 4 * mebibyte) await new Promise<void>((resolve) => (resume = resolve));
  }
  await thread.rpc.request<'settled'>({ type: 'settled', stream: 1 });
  memory.push(process.memoryUsage().rss / mebibyte);
  const text = memory.map((each) => Math.round(each)).join(', ');
  console.log(
    `an hour at 921,600 baud (${Math.round(hourBytes / mebibyte)} MiB): memory after each 10 minutes ${text} MiB`,
  );
  thread.dispose();
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(file)) hash.update(bytes as Buffer);
  return hash.digest('hex');
}

parseRate();
const parts = process.argv.includes('--hour') ? Promise.resolve() : throughPty();
void parts.then(anHour).then(() => process.exit(0));
