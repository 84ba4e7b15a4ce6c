import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Report } from '../../../../src/core/estimate/report';
import { evidenceWeight, timingSpread } from '../../../../src/core/estimate/timing/timingSpread';
import { crc16 } from '../../../../src/core/serial/dialects/crc16';
import { buildFirmware, missingForQemu } from '../../../firmware/build';
import { eventually } from '../../support/eventually';
import {
  closeAll,
  codesAt,
  hintsOf,
  lensesOf,
  lineWith,
  milliwatt,
  openListing,
  withSetting,
  workspaceFile,
} from '../support';

const model = workspaceFile('models/digits.tflite');
const kept = workspaceFile('.milliwatt/measurements.json');
const operators = ['CONV_2D', 'FULLY_CONNECTED', 'SOFTMAX'];

/** A board behind a TCP port. */
class TcpBoard {
  readonly #server: Server;
  #peer?: Socket;

  constructor() {
    this.#server = createServer((socket) => {
      socket.on('error', () => undefined);
      this.#peer = socket;
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `socket://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async print(...lines: readonly string[]): Promise<void> {
    await eventually(() => assert.ok(this.#peer, 'Nobody has connected.'));
    this.#peer?.write(lines.map((line) => `${line}\r\n`).join(''));
  }

  close(): void {
    this.#peer?.destroy();
    this.#server.close();
  }
}

function framed(line: string): string {
  return `${line} *${crc16(line).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** What our profiler prints of the digits model. */
function profile(hash: string, ticks: readonly number[]): readonly string[] {
  const total = ticks.reduce((sum, each) => sum + each, 0);
  return [
    `MW1 begin model=${hash} clock=64000000 unit=cycles rate=64000000 ops=3 dropped=0 nested=0 tflm=- flags=cmsis-nn arena=2000`,
    ...operators.map((operator, index) => `MW1 op ${index} ${operator} ${ticks[index]}`),
    `MW1 end 3 ${total}`,
  ].map(framed);
}

async function forgetAll(): Promise<void> {
  await vscode.workspace.fs.delete(vscode.Uri.joinPath(kept, '..'), { recursive: true });
}

describe('what a board measures', () => {
  let board: TcpBoard;
  let address: string;
  let document: vscode.TextDocument;
  let hash: string;

  before(async () => {
    board = new TcpBoard();
    address = await board.listen();
    ({ document } = await openListing(model));
    const api = await milliwatt();
    hash = (await api.analysisOf(model)).contentHash ?? '';
    await api.serial.open(address);
  });
  after(async () => {
    const api = await milliwatt();
    for (const connection of api.serial.connections) await connection.close();
    board.close();
    await closeAll();
  });

  const onNano = <Result>(use: () => Promise<Result>): Promise<Result> =>
    withSetting('board', 'arduino_nano33ble_sense_rev2', use);

  const columnsOf = async (operator: string): Promise<readonly string[]> => {
    const hint = (await hintsOf(document)).get(lineWith(document, operator)) ?? '';
    return hint.trim().split(/ +/).slice(4);
  };

  it('appears beside the estimates, is kept in the workspace, and goes with its file', () =>
    onNano(async () => {
      assert.deepEqual(await columnsOf('CONV_2D'), []);
      await board.print('hello', ...profile(hash, [64_000, 32_000, 6400]), 'bye');
      await eventually(async () => assert.deepEqual((await columnsOf('CONV_2D'))[0], '64.0k'));
      assert.equal((await columnsOf('SOFTMAX'))[0], '6.40k');
      assert.match((await columnsOf('SOFTMAX'))[1], /^(?:[+-]?\d+%|x[\d.]+)$/);
      assert.ok((await lensesOf(document.uri)).some((lens) => lens.startsWith('Measured 1.60 ms')));
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(kept));
      assert.match(text, /"operator":"CONV_2D","cycles":64000,"ms":1\}/);
      await forgetAll();
      await eventually(async () => assert.deepEqual(await columnsOf('CONV_2D'), []));
    }));

  it('analyses again only the model that was measured, and that once', () =>
    onNano(async () => {
      const api = await milliwatt();
      const other = workspaceFile('models/huge.tflite');
      await openListing(other);
      await api.whenIdle();
      const revisionsNow = async (): Promise<readonly number[]> =>
        Promise.all([model, other].map(async (uri) => (await api.analysisOf(uri)).revision));
      const [mine, others] = await revisionsNow();
      await board.print(...profile(hash, [32_000, 16_000, 3200]));
      await eventually(async () => assert.deepEqual((await columnsOf('CONV_2D'))[0], '32.0k'));
      await api.whenIdle();
      // The file is written, and what watches it has told so.
      await new Promise((resolve) => setTimeout(resolve, 1000));
      assert.match(new TextDecoder().decode(await vscode.workspace.fs.readFile(kept)), /"cycles":32000/);
      assert.deepEqual(await revisionsNow(), [mine + 1, others]);
      await forgetAll();
      await eventually(async () => assert.deepEqual(await columnsOf('CONV_2D'), []));
    }));

  it('calibrates the board, and can be taken back', () =>
    onNano(async () => {
      const api = await milliwatt();
      const reportNow = async (): Promise<Report | undefined> => {
        await api.whenIdle(model);
        return (await api.analysisOf(model)).analysis?.report;
      };
      const cycles = async (): Promise<number> => (await reportNow())?.latency?.cycles ?? 0;
      const before = await cycles();
      const spread = timingSpread((await reportNow())?.target ?? { runtime: '', optimization: '' });
      assert.ok(before > 0 && spread !== undefined);
      await board.print(...profile(hash, [640_000, 320_000, 64_000]));
      await eventually(async () => assert.equal((await columnsOf('CONV_2D'))[0], '640k'));
      await vscode.commands.executeCommand('milliwatt.calibrate', model);
      // One profile draws the total to the measurement, which counts the more the further it is from what was known.
      const ratio = (640_000 + 320_000 + 64_000) / before;
      const expected = Math.round(before * ratio ** evidenceWeight(spread, 1, Math.log(ratio)));
      await eventually(async () => assert.equal(Math.round(await cycles()), expected));
      await vscode.commands.executeCommand('milliwatt.forgetCalibration', model);
      await eventually(async () => assert.equal(await cycles(), before));
      await forgetAll();
    }));

  it('makes a problem of a failure at the operator that causes it, until a good run is heard', () =>
    onNano(async () => {
      await board.print(
        'Failed to resize buffer. Requested: 2512, available 1000, missing: 1512',
        'AllocateTensors() failed',
      );
      const found = await eventually(() => {
        const all = vscode.languages.getDiagnostics(document.uri).filter(({ code }) => code === 'board-arena-short');
        assert.equal(all.length, 1);
        return all[0];
      });
      assert.match(
        found.message,
        /asked for 2,512 bytes and had 1,000 bytes: 1,512 bytes are missing\. This model needs/,
      );
      assert.equal(found.range.start.line, lineWith(document, 'CONV_2D'));
      await board.print(...profile(hash, [64_000, 32_000, 6400]));
      await eventually(() => assert.ok(!codesAt(document.uri).includes('board-arena-short')));
      await eventually(async () => assert.equal((await columnsOf('CONV_2D'))[0], '64.0k'));
      await forgetAll();
    }));

  it('explains a profile that means nothing', () =>
    onNano(async () => {
      await board.print(...operators.map((operator) => `${operator} took 0 ticks (0 ms).`), 'a', 'b', 'c', 'd');
      await eventually(() => {
        const [found] = vscode.languages.getDiagnostics(document.uri).filter(({ code }) => code === 'board-profile');
        assert.match(found?.message ?? '', /Every operator took 0 ticks, so nothing was measured/);
      });
      await vscode.commands.executeCommand('milliwatt.clearBoardProblems');
      await eventually(() => assert.ok(!codesAt(document.uri).includes('board-profile')));
    }));

  it('has the unit that the user says where the profile says none', () =>
    onNano(async () => {
      const ticks = [64_000, 32_000, 6400];
      await board.print(
        ...operators.map((each, index) => `${each} took ${ticks[index]} ticks (${ticks[index]}000 ms).`),
      );
      await board.print('a', 'b', 'c', 'd');
      await eventually(() => assert.ok(codesAt(document.uri).includes('board-profile-unit')));
      assert.deepEqual(await columnsOf('CONV_2D'), []);
      await vscode.commands.executeCommand('milliwatt.setTickUnit', address, 'cycles');
      await eventually(async () => assert.equal((await columnsOf('CONV_2D'))[0], '64.0k'));
      assert.ok(!codesAt(document.uri).includes('board-profile-unit'));
      await vscode.commands.executeCommand('milliwatt.setTickUnit', address, 16e6);
      await eventually(async () => assert.equal((await columnsOf('CONV_2D'))[0], '256k'));
      await vscode.commands.executeCommand('milliwatt.setTickUnit', address, 'automatic');
      await eventually(() => assert.ok(codesAt(document.uri).includes('board-profile-unit')));
      await vscode.commands.executeCommand('milliwatt.clearBoardProblems');
      await forgetAll();
    }));

  it('waits for a word of the user where several models may fail', () =>
    onNano(async () => {
      const api = await milliwatt();
      const other = workspaceFile('models/huge.tflite');
      await openListing(other);
      const second = new TcpBoard();
      const secondAddress = await second.listen();
      const connection = await api.serial.open(secondAddress);
      const problemsOf = (uri: vscode.Uri): boolean => codesAt(uri).includes('board-allocate-failed');
      try {
        await second.print('AllocateTensors() failed');
        await eventually(async () => assert.match(await connection.readText(), /failed/));
        await api.whenIdle();
        assert.ok(!problemsOf(document.uri) && !problemsOf(api.listingOf(other)));
        await vscode.commands.executeCommand('milliwatt.setFirmwareModel', secondAddress, other);
        await eventually(() => assert.ok(problemsOf(api.listingOf(other))));
        await vscode.commands.executeCommand('milliwatt.setFirmwareModel', secondAddress, model);
        await eventually(() => assert.ok(problemsOf(document.uri)));
        assert.ok(!problemsOf(api.listingOf(other)));
        await vscode.commands.executeCommand('milliwatt.clearBoardProblems');
      } finally {
        await connection.close();
        second.close();
      }
    }));

  it('comes from firmware in an emulator too', async function () {
    if (missingForQemu() !== undefined) {
      console.log(`Skipped: ${missingForQemu()}.`);
      this.skip();
    }
    const api = await milliwatt();
    const root = vscode.extensions.getExtension('milliwatt.milliwatt')?.extensionPath ?? '';
    const target = mkdtempSync(path.join(tmpdir(), 'milliwatt-qemu-'));
    const bytes = await vscode.workspace.fs.readFile(model);
    const elf = buildFirmware({ bytes, operators, arenaUsedBytes: 2000 }, { root, target });
    // Stopped until somebody listens: what a pseudo-terminal is sent before that is lost.
    const machine = ['-M', 'mps2-an385', '-icount', 'shift=5', '-display', 'none', '-S', '-monitor', 'stdio'];
    const qemu = spawn('qemu-system-arm', [...machine, '-serial', 'pty', '-kernel', elf]);
    try {
      const port = await new Promise<string>((found, failed) => {
        let text = '';
        qemu.on('close', () => failed(new Error(text)));
        for (const stream of [qemu.stdout, qemu.stderr]) {
          stream.on('data', (chunk: Buffer) => {
            text += chunk.toString();
            const pty = /redirected to (\/dev\/\S+)/.exec(text)?.[1];
            if (pty !== undefined) found(pty);
          });
        }
      });
      await withSetting('board', 'arm_mps2_an385', () =>
        withSetting('runtime', 'tflm-reference', async () => {
          const connection = await api.serial.open(port);
          qemu.stdin.write('cont\n');
          await eventually(async () => assert.match((await columnsOf('CONV_2D'))[0] ?? '', /^\d/));
          const { measured, layers } = (await api.analysisOf(model)).analysis?.report ?? {};
          assert.equal(measured?.arenaUsedBytes, 2000);
          const shares = layers?.map((layer) =>
            Math.round((layer.measured?.cycles ?? 0) / (layers[2].measured?.cycles ?? 1)),
          );
          assert.deepEqual(shares, [3, 2, 1]);
          await connection.close();
        }),
      );
      await forgetAll();
    } finally {
      qemu.kill();
      rmSync(target, { recursive: true });
    }
  });
});
