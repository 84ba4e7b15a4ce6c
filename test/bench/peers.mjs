// Peak memory of the built command line beside peers that send without end or take nothing; exits with 1 beyond a
// limit. Run: node build.mjs && node test/bench/peers.mjs. Measured on 2 cores with Node 20 (MB at the peak, of 400 MB
// offered): output not read 138; the same with a log 155; bridge to a board that takes nothing 114; flood of RFC 2217
// commands 236.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const cli = path.join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
const megabyte = 1024 * 1024;
const offeredBytes = 400 * megabyte;
const limitMegabytes = 350;
const lines = Buffer.alloc(megabyte, 'all work and no play makes a dull board\n');
const questions = Buffer.alloc(megabyte, Buffer.from([255, 250, 44, 0, 255, 240]));
const pause = (timeMs) => new Promise((wake) => setTimeout(wake, timeMs));

function peakMegabytes({ pid }) {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(kilobytes) / 1024);
}

function offer(socket, part) {
  let bytes = 0;
  const send = () => {
    bytes += part.length;
    if (bytes <= offeredBytes && !socket.destroyed) socket.write(part, send);
  };
  socket.on('error', () => undefined);
  send();
}

async function served(onClient) {
  const server = createServer(onClient);
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { address: `socket://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

function start(args) {
  return spawn(process.execPath, [cli, ...args], { stdio: ['pipe', 'pipe', 'ignore'] });
}

async function unread(args) {
  const board = await served((socket) => offer(socket, lines));
  const child = start(['monitor', board.address, '--no-remarks', ...args]);
  await pause(8000);
  const peak = peakMegabytes(child);
  child.kill('SIGKILL');
  board.close();
  return peak;
}

async function bridged(args, part) {
  const board = await served((socket) => socket.on('error', () => undefined).pause());
  const child = start(['bridge', board.address, ...args]);
  const address = await new Promise((heard) => child.stdout.once('data', (data) => heard(String(data).trim())));
  const client = connect(Number(address.split(':').at(-1)), '127.0.0.1');
  offer(client, part);
  await pause(4000);
  const peak = peakMegabytes(child);
  client.destroy();
  child.kill('SIGKILL');
  board.close();
  return peak;
}

const folder = mkdtempSync(path.join(tmpdir(), 'milliwatt-peers-'));
const peaks = {
  'output not read': await unread([]),
  'output not read, with a log': await unread(['--log', path.join(folder, 'board.log')]),
  'bridge to a board that takes nothing': await bridged(['--raw'], lines),
  'flood of RFC 2217 commands': await bridged([], questions),
};
rmSync(folder, { recursive: true });
for (const [name, peak] of Object.entries(peaks)) console.log(`${name}: ${peak} MB`);
process.exit(Object.values(peaks).every((peak) => peak <= limitMegabytes) ? 0 : 1);
