import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { modelHash } from '../../src/core/measure/measurement';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { graph, model, operator, quantized, tensor } from '../support/build';
import { commandLine, commandLineEnvironment } from '../support/commandLine';
import { mulberry32 } from '../support/random';
import { milliwattLine } from '../serial/samples';

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-endings-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A board behind TCP, which sends what a test wants. */
class Board {
  readonly #server: Server;
  readonly #sockets: Socket[] = [];
  #wake: () => void = () => undefined;

  constructor() {
    this.#server = createServer((socket) => {
      socket.on('error', () => undefined);
      // Nothing is read: the board takes no data.
      this.#sockets.push(socket);
      this.#wake();
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
  }

  get address(): string {
    return `socket://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async connected(): Promise<Socket> {
    while (this.#sockets.length === 0) await new Promise<void>((wake) => (this.#wake = wake));
    return this.#sockets.splice(0)[0];
  }

  close(): void {
    this.#server.close();
  }
}

const diskBytes = 256 * 1024;

/** A disk that is full soon, where this user can make one. */
function mountSmallDisk(place: string): boolean {
  mkdirSync(place);
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'tmpfs', place]).status === 0;
}

function start(args: readonly string[]): ChildProcess & { text: string } {
  const child = Object.assign(
    spawn(process.execPath, [...commandLine, 'monitor', ...args], { cwd: folder, env: commandLineEnvironment }),
    { text: '' },
  );
  child.stderr.on('data', (chunk: Buffer) => (child.text += chunk.toString()));
  return child;
}

interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly ms: number;
}

/** How a child ends within some seconds; one that does not is killed, and its signal says so. */
function ended(child: ChildProcess, event: 'exit' | 'close' = 'exit'): Promise<Ending> {
  const begunMs = performance.now();
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  return new Promise((resolve) => {
    child.on(event, (code: number | null, signal: NodeJS.Signals | null) => {
      clearTimeout(timer);
      resolve({ code, signal, ms: performance.now() - begunMs });
    });
  });
}

const pause = (timeMs: number): Promise<void> => new Promise((wake) => setTimeout(wake, timeMs));

/** Waits until a file holds so much. */
async function grown(path: string, bytes: number): Promise<string> {
  for (;;) {
    try {
      const text = readFileSync(path, 'utf8');
      if (text.length >= bytes) return text;
    } catch {
      // Not made yet.
    }
    await pause(10);
  }
}

const lines = Array.from({ length: 2000 }, (_, index) => `line ${index}\n`).join('');

describe('milliwatt monitor --log: what was received is in the log', () => {
  const board = new Board();
  before(() => board.listen());
  after(() => board.close());

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`when it is ended by ${signal} right after the last byte was printed`, async () => {
      const path = join(folder, `${signal}.log`);
      const child = start([board.address, '--log', path]);
      const socket = await board.connected();
      socket.write(lines);
      let printed = '';
      await new Promise<void>((done) => {
        child.stdout?.on('data', (chunk: Buffer) => {
          printed += chunk.toString();
          if (printed.endsWith('line 1999\n')) done();
        });
      });
      child.kill(signal);
      assert.deepStrictEqual((await ended(child)).code, 0);
      assert.equal(readFileSync(path, 'utf8'), lines);
      socket.destroy();
    });
  }

  it('when its output is closed in the middle', async () => {
    const path = join(folder, 'epipe.log');
    const child = start([board.address, '--log', path]);
    const socket = await board.connected();
    socket.write(lines);
    await new Promise((heard) => child.stdout?.once('data', heard));
    child.stdout?.destroy();
    const end = ended(child);
    const more = setInterval(() => socket.write('more\n'), 20);
    assert.deepStrictEqual((await end).code, 0);
    clearInterval(more);
    assert.equal(readFileSync(path, 'utf8').slice(0, lines.length), lines);
    socket.destroy();
  });

  it('however it is ended, at ten moments', async () => {
    const next = mulberry32(12);
    for (let round = 0; round < 10; round++) {
      const path = join(folder, `random-${round}.log`);
      const child = start([board.address, '--log', path, '--no-remarks']);
      let printed = '';
      child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      const socket = await board.connected();
      let sent = 0;
      const sending = setInterval(() => socket.write(`${sent++}\n`), 1);
      await grown(path, 1);
      await pause(next() * 150);
      child.kill((['SIGINT', 'SIGTERM', 'SIGHUP'] as const)[round % 3]);
      assert.equal((await ended(child)).code, 0);
      clearInterval(sending);
      socket.destroy();
      const logged = readFileSync(path, 'utf8');
      assert.ok(logged.startsWith(printed), `${printed.length} bytes were printed, ${logged.length} logged`);
    }
  });
});

describe('milliwatt monitor: ends', () => {
  const board = new Board();
  before(() => board.listen());
  after(() => board.close());

  it('within seconds where the board takes no data', async () => {
    const child = start([board.address, '--log', 'takesNothing.log']);
    const socket = await board.connected();
    socket.pause();
    child.stdin?.write(`${'x'.repeat(16 * 1024 * 1024)}\n`);
    socket.write('hello\n');
    assert.equal(await grown(join(folder, 'takesNothing.log'), 6), 'hello\n');
    await pause(300);
    child.kill('SIGINT');
    const { code, ms } = await ended(child);
    assert.deepStrictEqual([code, ms < 6000], [0, true], `${ms} ms`);
    socket.destroy();
  });

  it('within seconds where its output is not read', async () => {
    const child = start([board.address, '--no-remarks']);
    const socket = await board.connected();
    const chunk = Buffer.alloc(1 << 20, 'all work and no play\n');
    let isGoing = true;
    const send = (): void => {
      if (isGoing) socket.write(chunk, () => setImmediate(send));
    };
    send();
    await pause(1500);
    child.kill('SIGTERM');
    const { code, ms } = await ended(child);
    isGoing = false;
    socket.destroy();
    assert.deepStrictEqual([code, ms < 6000], [0, true], `${ms} ms`);
  });

  const disk = join(folder, 'disk');
  const isSmall = mountSmallDisk(disk);
  after(() => isSmall && spawnSync('umount', [disk]));
  it(
    'with exit code 1 and a sentence where the disk is full',
    { skip: !isSmall && 'no small disk can be made' },
    async () => {
      const child = start([board.address, '--log', join(disk, 'full.log'), '--no-remarks']);
      child.stdout?.resume();
      const socket = await board.connected();
      socket.write(Buffer.alloc(diskBytes * 2, 'x\n'));
      const { code } = await ended(child);
      assert.equal(code, 1);
      assert.match(child.text, /--- The log \S+full\.log has ended, since it cannot be written: the disk is full\./);
      assert.equal(statSync(join(disk, 'full.log')).size, diskBytes);
      socket.destroy();
    },
  );
});

describe('milliwatt monitor --save: measurements that cannot be kept', () => {
  const dense = graph(
    [
      tensor('in', 'int8', [1, 16], { quantization: quantized(1) }),
      tensor('weights', 'int8', [8, 16], { quantization: quantized(1), data: new Uint8Array(128) }),
      tensor('out', 'int8', [1, 8], { quantization: quantized(1) }),
    ],
    [operator('FULLY_CONNECTED', [0, 1, -1], [2])],
    { inputs: [0], outputs: [2] },
  );
  const bytes = writeTflite(model(dense));
  const profile = [
    `MW1 begin model=${modelHash(bytes)} clock=64000000 unit=cycles rate=64000000 ops=1 dropped=0 nested=0 tflm=- flags=cmsis-nn arena=-`,
    'MW1 op 0 FULLY_CONNECTED 64000',
    'MW1 end 1 64000',
  ]
    .map((line) => `${milliwattLine(line)}\n`)
    .join('');
  const text = `${profile}and on it goes\n`;

  const peer = new Board();
  before(() => peer.listen());
  after(() => peer.close());

  const damages: Readonly<Record<string, (path: string) => void>> = {
    damaged: (path) => writeFileSync(path, '{"measurements":[{"model":{"__proto__":1}},[[[[null'),
    'a folder': (path) => mkdirSync(path),
  };
  for (const [name, damage] of Object.entries(damages)) {
    it(`end neither the log nor the lines: ${name}`, async () => {
      const project = join(folder, name.replace(' ', '-'));
      mkdirSync(join(project, '.milliwatt'), { recursive: true });
      writeFileSync(join(project, 'milliwatt.json'), '{}');
      writeFileSync(join(project, 'dense.tflite'), bytes);
      const log = join(project, 'new.log');
      const about = ['--model', join(project, 'dense.tflite'), '--board', 'arduino_nano33ble_sense_rev2', '--save'];
      const child = start([peer.address, ...about, '--log', log, '--until', 'and on it goes']);
      let printed = '';
      child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      const socket = await peer.connected();
      damage(join(project, '.milliwatt', 'measurements.json'));
      socket.write(text);
      const { code } = await ended(child, 'close');
      assert.deepStrictEqual([code, printed, readFileSync(log, 'utf8')], [1, text, text], child.text);
      assert.match(child.text, /--- .*measurements\.json/);
      assert.doesNotMatch(child.text, /\n\s+at /);
      socket.destroy();
    });
  }
});

describe('milliwatt monitor: a pattern that takes too long', () => {
  it('is said and dropped; every line is printed and logged', async () => {
    writeFileSync(join(folder, 'slow.log'), `before\n${'a'.repeat(40)}!\nafter\n`);
    const child = start(['slow.log', '--exclude', '(a+)+$', '--no-remarks']);
    let printed = '';
    child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const { code } = await ended(child, 'close');
    assert.deepStrictEqual([code, printed], [0, `before\n${'a'.repeat(40)}!\nafter\n`]);
    assert.match(
      child.text,
      /--- The regular expression takes too long on one of the lines\..* --exclude is not used any more\./,
    );
  });
});
