import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { SerialConnection } from '../../../../src/host/serial/serialApi';
import { ptyPort, testPortKinds } from '../../../serial/ports/testPorts';
import type { TestPort } from '../../../serial/ports/testPorts';
import { eventually } from '../../support/eventually';
import { milliwatt, workspaceFile } from '../support';

describe('the serial monitor on a pseudo-terminal', function () {
  let port: TestPort;
  let connection: SerialConnection;

  before(async function () {
    const { absent } = testPortKinds[0];
    if (absent !== undefined) {
      console.log(absent);
      this.skip();
    }
    port = await ptyPort();
    const { serial } = await milliwatt();
    await vscode.commands.executeCommand('milliwatt.openMonitor');
    connection = await serial.open(port.address, { baudRate: 115_200 });
  });

  after(async () => {
    await connection?.close();
    await port?.end();
  });

  it('hears what the board says', async () => {
    const received: Buffer[] = [];
    const listening = connection.onData((bytes) => void received.push(Buffer.from(bytes)));
    port.say(Buffer.from('hello from the board\r\nsnow ☃\r\n'));
    await eventually(async () => assert.equal(await connection.readText(), 'hello from the board\nsnow ☃'));
    listening.dispose();
    assert.equal(Buffer.concat(received).toString(), 'hello from the board\r\nsnow ☃\r\n');
  });

  it('sends lines with the line end of the settings, and bytes as they are', async () => {
    await vscode.commands.executeCommand('milliwatt.sendLine', 'status');
    await connection.write(Uint8Array.of(0, 0xff, 0x0d));
    await eventually(() => assert.deepEqual([...port.heard()], [...Buffer.from('status\n'), 0, 0xff, 0x0d]));
  });

  it('logs every byte as it came', async () => {
    await vscode.commands.executeCommand('milliwatt.startLog');
    const bytes = Buffer.from(Array.from({ length: 2000 }, (_, index) => (index * 37) & 0xff));
    port.say(bytes);
    const folder = workspaceFile('.milliwatt/logs').fsPath;
    await eventually(() => {
      const [log] = readdirSync(folder).filter((name) => name.endsWith('.log'));
      assert.deepEqual(readFileSync(path.join(folder, log)), bytes);
    });
    assert.equal(readFileSync(path.join(folder, '.gitignore'), 'utf8'), '*\n');
    await vscode.commands.executeCommand('milliwatt.stopLog');
  });

  it('gives the port to a task that uploads, and takes it back when that ends', async () => {
    const phases: string[] = [];
    const listening = connection.onDidChangeState(({ phase }) => void phases.push(phase));
    await vscode.tasks.executeTask(uploadTask());
    await eventually(() => assert.equal(connection.state.phase, 'released'));
    assert.match(
      connection.state.message ?? '',
      /is given to "test arduino-cli upload.*" and taken back when that ends\./,
    );
    await eventually(() => assert.equal(connection.state.phase, 'open'));
    listening.dispose();
    assert.deepEqual(
      phases.filter((phase, index) => phase !== phases[index - 1]),
      ['released', 'waiting', 'open'],
    );
    assert.match(await connection.readText(), /^hello from the board\n/);
  });

  it('gives the port to a command in a terminal that uploads, and takes it back when that ends', async () => {
    const terminal = vscode.window.createTerminal({ name: 'upload', shellPath: '/bin/bash' });
    try {
      terminal.show();
      const shell = await eventually(() => {
        assert.ok(terminal.shellIntegration, 'The terminal has no shell integration.');
        return terminal.shellIntegration;
      }, 20_000);
      shell.executeCommand(`sh -c 'sleep 0.5' esptool.py --port ${port.address} write_flash 0x0 app.bin`);
      await eventually(() => assert.equal(connection.state.phase, 'released'));
      assert.match(
        connection.state.message ?? '',
        /is given to "sh -c 'sleep 0.5' esptool\.py .*" and taken back when/,
      );
      await eventually(() => assert.equal(connection.state.phase, 'open'));
      shell.executeCommand('echo esptool');
      await delay(300);
      assert.equal(connection.state.phase, 'open');
    } finally {
      terminal.dispose();
    }
  });

  it('releases and takes back for other extensions, and says why', async () => {
    await connection.release('The flasher needs it.');
    assert.deepEqual(connection.state, { phase: 'released', message: 'The flasher needs it.' });
    await connection.takeBack();
    await eventually(() => assert.equal(connection.state.phase, 'open'));
  });

  it('comes back by itself after unplugging, and keeps what it had', async () => {
    // Data show that the port, which was opened a moment ago, is being read.
    port.say(Buffer.from('still here\n'));
    await eventually(async () => assert.match(await connection.readText(), /still here$/));
    await port.unplug();
    await eventually(() => assert.equal(connection.state.phase, 'waiting'));
    assert.match(connection.state.message ?? '', /is lost.*opened again as soon as it is back/);
    await port.replug();
    await eventually(() => assert.equal(connection.state.phase, 'open'));
    await delay(100);
    port.say(Buffer.from('again\n'));
    await eventually(async () => assert.match(await connection.readText(), /^hello from the board\n[^]*again$/));
  });

  it('goes on with a new thread and the same log when the old one dies', async () => {
    const api = await milliwatt();
    await vscode.commands.executeCommand('milliwatt.startLog');
    port.say(Buffer.from('before the crash\n'));
    const logged = (): readonly string[] => {
      const folder = workspaceFile('.milliwatt/logs').fsPath;
      const [newest] = readdirSync(folder).sort().reverse();
      return readFileSync(path.join(folder, newest), 'utf8').split('\n');
    };
    await eventually(() => assert.deepEqual(logged(), ['before the crash', '']));
    await api.stopMonitorThread();
    await delay(100);
    port.say(Buffer.from('after the crash\n'));
    await eventually(async () => assert.equal(await connection.readText(), 'after the crash'));
    await eventually(() => assert.deepEqual(logged(), ['before the crash', 'after the crash', '']));
    await vscode.commands.executeCommand('milliwatt.stopLog');
  });
});

describe('the interface for other extensions', () => {
  it('fails with a sentence for a port that is not there', async () => {
    const { serial } = await milliwatt();
    await assert.rejects(serial.open('/dev/ttyNowhere7'), {
      message: 'There is no port /dev/ttyNowhere7. Plug the board in, or check the name.',
    });
  });

  it('refuses an address of no known form', async () => {
    const { serial } = await milliwatt();
    await assert.rejects(serial.open('http://board'), /"http:\/\/board" names no port\./);
  });
});

/** A task that looks like an upload by its name; it runs no program, so that it runs where there is none. */
function uploadTask(): vscode.Task {
  const execution = new vscode.CustomExecution(() => {
    const closed = new vscode.EventEmitter<number>();
    return Promise.resolve({
      onDidWrite: new vscode.EventEmitter<string>().event,
      onDidClose: closed.event,
      open: () => void setTimeout(() => closed.fire(0), 1500),
      close: () => undefined,
    });
  });
  const definition = { type: 'test' };
  return new vscode.Task(definition, vscode.TaskScope.Workspace, 'arduino-cli upload --fqbn x', 'test', execution);
}
