import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Report } from '../../src/core/estimate/report';
import { evidenceWeight, timingSpread } from '../../src/core/estimate/timing/timingSpread';
import { readMeasurements } from '../../src/core/measure/measurementsFile';
import { modelHash } from '../../src/core/measure/measurement';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { graph, model, operator, quantized, tensor } from '../support/build';
import { check } from '../support/check';
import { commandLine, commandLineEnvironment } from '../support/commandLine';
import { milliwattLine } from '../serial/samples';

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-monitor-'));
after(() => rmSync(folder, { recursive: true }));

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
writeFileSync(join(folder, 'dense.tflite'), bytes);
writeFileSync(join(folder, 'milliwatt.json'), '{}');
writeFileSync(join(folder, 'old.log'), 'hello\n\u001b[31mred\u001b[0m one\nAllocateTensors() failed\n');
writeFileSync(join(folder, 'bytes.log'), Uint8Array.of(0, 0x61, 0xff, 0x0a));
writeFileSync(
  join(folder, 'profile.log'),
  [
    `MW1 begin model=${modelHash(bytes)} clock=64000000 unit=cycles rate=64000000 ops=1 dropped=0 nested=0 tflm=- flags=cmsis-nn arena=-`,
    'MW1 op 0 FULLY_CONNECTED 64000',
    'MW1 end 1 64000',
  ]
    .map((line) => `${milliwattLine(line)}\n`)
    .join(''),
);

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

function run(args: readonly string[]): Outcome {
  const result = spawnSync(process.execPath, [...commandLine, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: commandLineEnvironment,
    input: '',
  });
  return { code: result.status, out: result.stdout, error: result.stderr };
}

check('milliwatt monitor: a saved log', ({ args }: { args: readonly string[] }) => run(['monitor', ...args]), [
  {
    name: 'lines to the output, remarks apart',
    input: { args: ['old.log'] },
    expected: {
      code: 0,
      out: 'hello\nred one\nAllocateTensors() failed\n',
      error:
        '--- Connected to old.log. Ctrl+C ends.\n' +
        '--- AllocateTensors() failed. No inference can run. The lines before say why: an arena that is too small, or an operator that is missing.\n' +
        '--- old.log is closed: the log was played to its end.\n',
    },
  },
  {
    name: 'filtered, without remarks',
    input: { args: ['old.log', '--filter', 'o', '--exclude', '^h', '--no-remarks'] },
    expected: {
      code: 0,
      out: 'red one\nAllocateTensors() failed\n',
      error: '--- Connected to old.log. Ctrl+C ends.\n--- old.log is closed: the log was played to its end.\n',
    },
  },
  {
    name: 'hexadecimal',
    input: { args: ['bytes.log', '--hex', '--no-remarks'] },
    expected: {
      code: 0,
      out: `00000000  00 61 ff 0a${' '.repeat(39)}|.a..|\n`,
      error: '--- Connected to bytes.log. Ctrl+C ends.\n--- bytes.log is closed: the log was played to its end.\n',
    },
  },
  {
    name: 'what was waited for did not come',
    input: { args: ['old.log', '--no-remarks', '--until', 'never'] },
    expected: {
      code: 1,
      out: 'hello\nred one\nAllocateTensors() failed\n',
      error:
        '--- Connected to old.log. Ctrl+C ends.\n--- old.log is closed: the log was played to its end.\n--- No line was like never.\n',
    },
  },
  {
    name: 'a port that is not there',
    input: { args: ['/dev/milliwatt-none'] },
    expected: {
      code: 1,
      out: '',
      error: 'There is no port /dev/milliwatt-none. Plug the board in, or check the name.\n',
    },
  },
  {
    name: 'an option that is none',
    input: { args: ['old.log', '--parity', 'strange'] },
    expected: { code: 2, out: '', error: '--parity strange is none of none, even, odd, mark, space.\n' },
  },
  {
    name: 'a regular expression that is none',
    input: { args: ['old.log', '--filter', '('] },
    expected: {
      code: 2,
      out: '',
      error:
        'The regular expression cannot be used: Invalid regular expression: /(/giu: Unterminated group. Correct it, or search for plain text.\n'.replace(
          '/giu',
          '/gu',
        ),
    },
  },
]);

describe('milliwatt monitor: a profile of a known model', () => {
  const args = ['profile.log', '--model', 'dense.tflite', '--board', 'arduino_nano33ble_sense_rev2', '--save'];

  it('has the tick rate that an option says', () => {
    writeFileSync(join(folder, 'ticks.log'), '"Event","Tag","Ticks"\n0,FULLY_CONNECTED,16384\n');
    const { error } = run(['monitor', 'ticks.log', '--ticks', '32768']);
    assert.match(error, /--- Profile of 1 operator: 16\.4 k ticks, 500 ms\.\n/);
  });

  it('is shown beside the estimates, kept beside milliwatt.json, and then part of the report', () => {
    const { code, error } = run(['monitor', ...args]);
    assert.equal(code, 0, error);
    assert.match(error, /--- 0 +out +FULLY_CONNECTED +[\d.]+k? +64\.0k +1\.00 ms +-\d+%\n/);
    const file = join(folder, '.milliwatt', 'measurements.json');
    const [measurement] = readMeasurements(readFileSync(file, 'utf8')).measurements;
    assert.deepStrictEqual(measurement.layers, [{ operator: 'FULLY_CONNECTED', cycles: 64_000, ms: 1 }]);
    const analysed = run(['analyze', 'dense.tflite', '--board', 'arduino_nano33ble_sense_rev2', '--json']);
    const report = JSON.parse(analysed.out) as { measured: { ms: number }; layers: { measured: { cycles: number } }[] };
    assert.deepStrictEqual([report.measured.ms, report.layers[0].measured.cycles], [1, 64_000]);
  });
});

describe('milliwatt calibrate', () => {
  const target = ['dense.tflite', '--board', 'arduino_nano33ble_sense_rev2'];
  const reportNow = (): Report => JSON.parse(run(['analyze', ...target, '--json']).out) as Report;
  const cyclesNow = (): number | undefined => reportNow().latency?.cycles;

  it('makes estimates those of the board, says what that is worth, and takes it back', () => {
    const report = reportNow();
    const before = report.latency?.cycles ?? 0;
    const spread = timingSpread(report.target);
    assert.ok(before > 0 && spread !== undefined);
    const { code, out, error } = run(['calibrate', ...target]);
    assert.equal(code, 0, error);
    assert.match(out, /^Calibrated on this board with 1 profile \(1 figure\): modelled cycles x [\d.]+\./);
    assert.match(out, /\nwhole models +\d+ % \(\d+ %\) +(?:0|<1) % \((?:0|<1) %\) +-\n/);
    const ratio = 64_000 / before;
    const expected = before * ratio ** evidenceWeight(spread, 1, Math.log(ratio));
    assert.equal(Math.round(cyclesNow() ?? 0), Math.round(expected));
    assert.equal(run(['calibrate', ...target, '--forget']).code, 0);
    assert.equal(cyclesNow(), before);
    assert.equal(run(['calibrate', ...target, '--forget']).code, 2);
  });

  it('says what is missing where nothing was measured', () => {
    const { code, error } = run(['calibrate', 'dense.tflite', '--board', 'raspberry_pi_pico']);
    assert.equal(code, 2);
    assert.match(error, /holds no measurement of these models on this board\./);
  });
});

/** A running command whose output can be waited for. */
class Running {
  readonly child: ChildProcessWithoutNullStreams;
  #text = '';
  #wake: () => void = () => undefined;

  constructor(args: readonly string[]) {
    this.child = spawn(process.execPath, [...commandLine, ...args], { cwd: folder, env: commandLineEnvironment });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.#text += chunk.toString();
        this.#wake();
      });
    }
    this.child.on('close', () => this.#wake());
  }

  async until(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.#text);
      if (found !== null) return found;
      if (this.child.exitCode !== null) throw new Error(`Ended without ${pattern.source}:\n${this.#text}`);
      await new Promise<void>((wake) => (this.#wake = wake));
    }
  }

  async end(signal?: NodeJS.Signals): Promise<number | null> {
    if (signal !== undefined) this.child.kill(signal);
    while (this.child.exitCode === null && this.child.signalCode === null) {
      await new Promise((wake) => this.child.once('close', wake));
    }
    return this.child.exitCode;
  }
}

describe('milliwatt monitor: a TCP peer', () => {
  let server: Server;
  let address: string;
  const peers: Socket[] = [];
  const received: string[] = [];
  before(async () => {
    server = createServer((socket) => {
      peers.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', (data: Buffer) => received.push(data.toString()));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    address = `socket://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  it('shows lines and prompts, sends typed lines, connects again, ends with Ctrl+C', async () => {
    const running = new Running(['monitor', address, '--log', 'tcp.log', '--line-ending', 'crlf']);
    await running.until(/Connected/);
    peers[0].write('first\nprompt> ');
    await running.until(/first\nprompt> /);
    running.child.stdin.write('hello\n');
    while (received.join('') !== 'hello\r\n') await new Promise((wake) => peers[0].once('data', wake));
    peers[0].destroy();
    await running.until(/is lost: the other side closed the connection\. It is opened again as soon as it is back\./);
    await running.until(/Connected[^]*Connected/);
    peers[1].write('\nsecond\n');
    await running.until(/second\n/);
    assert.equal(await running.end('SIGINT'), 0);
    assert.equal(readFileSync(join(folder, 'tcp.log'), 'utf8'), 'first\nprompt> \nsecond\n');
  });

  it('ends with exit code 1 when the connection is lost and is not to come back', async () => {
    const running = new Running(['monitor', address, '--no-reconnect']);
    await running.until(/Connected/);
    peers.at(-1)?.destroy();
    assert.equal(await running.end(), 1);
  });
});

const hasSocat = spawnSync('socat', ['-V']).status === 0;

describe('milliwatt bridge', { skip: hasSocat ? false : 'socat is not installed' }, () => {
  let board: ChildProcessWithoutNullStreams;
  const port = join(folder, 'board');
  before(async () => {
    // What is sent to the pseudo-terminal comes back from `cat`.
    board = spawn('socat', [`pty,raw,echo=0,link=${port}`, 'exec:cat']);
    while (!existsSync(port)) await new Promise((wake) => setTimeout(wake, 20));
  });
  after(() => board.kill());

  it('serves a port by RFC 2217 to the monitor, one client at a time', async () => {
    const bridge = new Running(['bridge', port]);
    const [served] = await bridge.until(/rfc2217:\/\/127\.0\.0\.1:\d+/);
    const monitor = new Running(['monitor', served, '--baud', '57600']);
    await monitor.until(/Connected/);
    const second = connect(Number(served.split(':').at(-1)), '127.0.0.1');
    await new Promise((closed) => second.on('close', closed).on('error', () => undefined));
    monitor.child.stdin.write('there and back ÿ\n');
    await monitor.until(/there and back ÿ\n/);
    assert.equal(await monitor.end('SIGINT'), 0);
    await bridge.until(/The client is gone/);
    assert.equal(await bridge.end('SIGINT'), 0);
  });

  it('serves bytes as they are', async () => {
    const bridge = new Running(['bridge', port, '--raw']);
    const [served] = await bridge.until(/socket:\/\/127\.0\.0\.1:\d+/);
    const client = connect(Number(served.split(':').at(-1)), '127.0.0.1');
    const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    client.write(all);
    let back = Buffer.alloc(0);
    while (back.length < all.length) {
      const chunk = await new Promise<Buffer>((heard) => client.once('data', (data: Buffer) => heard(data)));
      back = Buffer.concat([back, chunk]);
    }
    assert.deepStrictEqual(back, all);
    client.destroy();
    assert.equal(await bridge.end('SIGTERM'), 0);
  });
});
