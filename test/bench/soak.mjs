// An hour of a board's output at ten times its speed through the bridge, the command line and the monitor's thread: four
// parts of a quarter each, ended in four ways (Ctrl+C, SIGTERM, the port closed, the output closed). Every byte that was
// sent has to be in the log, and memory in the last third of a part no more than in the first by a limit; exits with 1
// otherwise. Run: node build.mjs && npm run soak [-- MINUTES]; 60 minutes of data take six.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';

const dist = path.join(import.meta.dirname, '..', '..', 'dist');
const bytesASecond = 10 * 11_520;
const tickMs = 50;
const partSeconds = ((Number(process.argv[2] ?? 60) / 4) * 60) / 10;
const grownLimitMegabytes = 60;
const folder = mkdtempSync(path.join(tmpdir(), 'milliwatt-soak-'));
const pause = (timeMs) => new Promise((wake) => setTimeout(wake, timeMs));
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

function megabytesOf(pid) {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [undefined, 0];
  return Number(kilobytes) / 1024;
}

/** The largest in the first and in the last third. */
function thirds(values) {
  const third = Math.ceil(values.length / 3);
  return [values.slice(0, third), values.slice(-third)].map((part) => Math.round(Math.max(...part)));
}

/** A board behind TCP: numbered lines, plots and times, as fast as they are paced. */
async function board() {
  const sockets = [];
  const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const parts = [];
  let [line, isFull, isSending] = [0, false, false];
  const timer = setInterval(() => {
    const [socket] = sockets;
    if (socket === undefined || isFull || !isSending) return;
    let text = '';
    while (text.length < (bytesASecond * tickMs) / 1000) {
      text += `line ${line++} temperature:${(line % 700) / 10},load:${line % 100}\r\nInference time: ${line % 90} ms\r\n`;
    }
    parts.push(text);
    isFull = !socket.write(text);
    if (isFull) socket.once('drain', () => (isFull = false));
  }, tickMs);
  return {
    address: `socket://127.0.0.1:${server.address().port}`,
    send: (isOn) => (isSending = isOn),
    close: () => {
      clearInterval(timer);
      sockets.forEach((socket) => socket.destroy());
      server.close();
    },
    told: () => Buffer.from(parts.join('')),
  };
}

function start(...args) {
  const child = spawn(process.execPath, [path.join(dist, 'cli.js'), ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stderr.resume();
  child.exited = new Promise((done) => child.on('exit', (code, signal) => done(code ?? signal)));
  return child;
}

const endings = {
  'Ctrl+C': ({ monitor }) => monitor.kill('SIGINT'),
  SIGTERM: ({ monitor }) => monitor.kill('SIGTERM'),
  'port closed': ({ bridge }) => bridge.kill('SIGTERM'),
  // That nobody reads any more is seen at the next line.
  'output closed': ({ monitor, source }) => {
    monitor.stdout.destroy();
    source.send(true);
  },
};

async function part([ending, end]) {
  const source = await board();
  const bridge = start('bridge', source.address);
  const address = await new Promise((heard) => bridge.stdout.once('data', (data) => heard(String(data).trim())));
  const log = path.join(folder, `${ending.replace(/\W/g, '')}.log`);
  const monitor = start('monitor', address.split(/\s/).at(-1), '--log', log, '--no-reconnect');
  monitor.stdout.on('error', () => undefined).resume();
  // What comes before somebody listens is nobody's.
  while (!existsSync(log)) await pause(50);
  await pause(2000);
  source.send(true);
  const [bridged, shown] = [[], []];
  for (let second = 0; second < partSeconds; second++) {
    await pause(1000);
    bridged.push(megabytesOf(bridge.pid));
    shown.push(megabytesOf(monitor.pid));
  }
  source.send(false);
  await pause(3000);
  const due = source.told();
  end({ source, bridge, monitor });
  const code = await Promise.race([monitor.exited, pause(10_000).then(() => 'it did not end')]);
  bridge.kill('SIGKILL');
  monitor.kill('SIGKILL');
  source.close();
  const logged = readFileSync(log);
  const isSame = source.told().subarray(0, logged.length).equals(logged);
  const memory = { bridge: thirds(bridged), monitor: thirds(shown) };
  return { ending, sent: due.length, lost: Math.max(0, due.length - logged.length), isSame, code, memory };
}

/** The thread that keeps what was received, fed with the same, beside a log. */
async function thread() {
  const worker = new Worker(path.join(dist, 'monitorWorker.js'));
  const waiting = new Map();
  worker.on('message', ({ rpc, id }) => rpc !== 'notice' && waiting.get(id)?.());
  let next = 1;
  const ask = (message) =>
    new Promise((done) => {
      waiting.set(next, done);
      worker.postMessage({ rpc: 'request', id: next++, message });
    });
  const log = path.join(folder, 'thread.log');
  await ask({ type: 'startLog', stream: 1, path: log, timestamps: false, rotateBytes: 0, goesOn: false });
  const hash = createHash('sha256');
  const memory = [];
  let [line, sent] = [0, 0];
  for (let second = 0; second < partSeconds; second++) {
    for (let tick = 0; tick < 1000 / tickMs; tick++) {
      let text = '';
      while (text.length < (bytesASecond * tickMs) / 1000) text += `line ${line++} a:${line % 700},b:${line % 100}\n`;
      hash.update(text);
      sent += text.length;
      const bytes = new TextEncoder().encode(text);
      worker.postMessage({ rpc: 'notice', message: { type: 'received', stream: 1, bytes, timeMs: Date.now() } });
      await pause(tickMs);
    }
    memory.push(process.memoryUsage().rss / 2 ** 20);
  }
  await ask({ type: 'settled', stream: 1 });
  const logged = readFileSync(log);
  await worker.terminate();
  const isSame = sha256(logged) === hash.digest('hex');
  return { ending: 'thread', sent, lost: sent - logged.length, isSame, code: 0, memory: { thread: thirds(memory) } };
}

let failed = false;
const keptByThread = thread();
for (const each of [...Object.entries(endings).map((ending) => () => part(ending)), () => keptByThread]) {
  const { ending, sent, lost, isSame, code, memory } = await each();
  const grown = Object.values(memory).some(([first, last]) => last > first + grownLimitMegabytes);
  if (lost !== 0 || !isSame || grown || code === 'it did not end') failed = true;
  const megabytes = Object.entries(memory).map(([name, [first, last]]) => `${name} ${first} -> ${last} MB`);
  console.log(
    `${ending}: ${sent} bytes sent, ${lost} lost${isSame ? '' : ', others than were sent'}, exit ${code}, ${megabytes.join(', ')}`,
  );
}
rmSync(folder, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;
