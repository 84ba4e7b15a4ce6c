import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../support/eventually';
import { closeAll, lensesOf, milliwatt, openListing, workspaceFile } from '../support';

const pioModel = (): vscode.Uri => workspaceFile('pio/models/digits.tflite');
const idfModel = (): vscode.Uri => workspaceFile('idf/main/digits.tflite');
const platformio = (): vscode.Uri => workspaceFile('pio/platformio.ini');

/** The rows of the hover over the board, links as their texts with the line they lead to. */
async function boardRows(): Promise<readonly string[]> {
  const hover = (await milliwatt()).boardHover();
  return hover
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .map((line) =>
      line
        .slice(2)
        .replace(/\[(.*?)\]\(<.*?(#L\d+)?>\)/, '$1$2')
        .replace(/\\(.)/g, '$1'),
    );
}

async function environment(name: string | undefined): Promise<void> {
  await vscode.commands.executeCommand('milliwatt.chooseEnvironment', platformio(), name);
  await (await milliwatt()).whenIdle();
}

async function openedLenses(uri: vscode.Uri): Promise<readonly string[]> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  return lensesOf(uri);
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

describe(`what projects are built for, ${vscode.workspace.isTrusted ? 'trusted' : 'in Restricted Mode'}`, () => {
  afterEach(closeAll);

  it('shows board, runtime and version of PlatformIO in the status bar, each with its line', async () => {
    await openListing(pioModel());
    await eventually(async () => {
      assert.match((await milliwatt()).statusTexts()[0], /Arduino Nano 33 BLE/);
      const rows = await boardRows();
      assert.deepEqual(
        rows.filter((row) => /^(?:Board|Runtime|TFLM) /.test(row)),
        [
          'Board `Arduino Nano 33 BLE`: pio/platformio.ini#L6',
          'Runtime `tflm-cmsis-nn`: pio/platformio.ini#L8',
          'TFLM `chirale_tensorflowlite-2.0.0`: pio/platformio.ini#L8',
        ],
      );
    });
    const hover = (await milliwatt()).boardHover();
    assert.match(hover, /command:milliwatt\.takeProposedTarget/);
    assert.match(hover, /command:milliwatt\.chooseEnvironment/);
  });

  it('leads from the head of the listing to the lines that say so', async () => {
    const { document } = await openListing(pioModel());
    await eventually(async () => {
      const found = await vscode.commands.executeCommand<readonly vscode.Location[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        new vscode.Position(0, 0),
      );
      const lines = found.map(({ uri, range }) => `${vscode.workspace.asRelativePath(uri)}:${range.start.line + 1}`);
      assert.deepEqual(lines, ['pio/platformio.ini:6', 'pio/platformio.ini:8']);
    });
  });

  it('shows chip, clock and version of ESP-IDF', async () => {
    await openListing(idfModel());
    await eventually(async () => {
      const rows = await boardRows();
      assert.deepEqual(
        rows.filter((row) => /^(?:Board|Clock|Runtime|TFLM) /.test(row)),
        [
          'Board `ESP32-S3-DevKitC-1`: idf/sdkconfig#L1',
          'Clock `160 MHz`: idf/sdkconfig#L2',
          'Runtime `tflm-esp-nn`: idf/dependencies.lock#L3',
          'TFLM `esp-tflite-micro-1.3.4`: idf/dependencies.lock#L3',
        ],
      );
    });
    assert.deepEqual(await openedLenses(workspaceFile('idf/dependencies.lock')), [
      '$(circuit-board) Take into milliwatt.json: runtime tflm-esp-nn, tflmVersion esp-tflite-micro-1.3.4',
    ]);
  });

  it('says in the build file what is taken from there, and which environment counts', async () => {
    assert.deepEqual(await openedLenses(platformio()), [
      '$(list-selection) nano, one of 2 environments',
      '$(circuit-board) Take into milliwatt.json: board arduino_nano33ble, runtime tflm-cmsis-nn, tflmVersion chirale_tensorflowlite-2.0.0',
    ]);
  });

  it('follows another environment that is chosen', async () => {
    await openListing(pioModel());
    await environment('s3');
    await eventually(async () => {
      assert.match((await milliwatt()).statusTexts()[0], /ESP32-S3/);
      assert.ok((await boardRows()).includes('TFLM `tensorflowlite_esp32-1.0.0`: pio/platformio.ini#L14'));
    });
    await environment('nano');
    await eventually(async () => assert.match((await milliwatt()).statusTexts()[0], /Nano 33 BLE/));
  });

  it('follows the file as it changes', async () => {
    await openListing(pioModel());
    const text = (await vscode.workspace.openTextDocument(platformio())).getText();
    const write = (now: string): Thenable<void> => vscode.workspace.fs.writeFile(platformio(), Buffer.from(now));
    await write(text.replace('board = nano33ble', 'board = nano33ble\nboard_build.f_cpu = 32000000L'));
    try {
      await eventually(async () => assert.ok((await boardRows()).includes('Clock `32 MHz`: pio/platformio.ini#L7')));
    } finally {
      await write(text);
    }
    await eventually(async () => assert.ok(!(await boardRows()).join().includes('32 MHz')));
  });

  it('is taken into a milliwatt.json beside the build files, and nothing is proposed any more', async () => {
    const project = workspaceFile('pio/milliwatt.json');
    await openListing(pioModel());
    await vscode.commands.executeCommand('milliwatt.takeProposedTarget', pioModel());
    try {
      const document = await vscode.workspace.openTextDocument(project);
      assert.deepEqual(JSON.parse(document.getText()), {
        board: 'arduino_nano33ble',
        runtime: 'tflm-cmsis-nn',
        target: { tflmVersion: 'chirale_tensorflowlite-2.0.0' },
      });
      await eventually(async () => {
        const hover = (await milliwatt()).boardHover();
        assert.match(hover, /milliwatt\.json/);
        assert.doesNotMatch(hover, /takeProposedTarget/);
      });
      assert.equal((await openedLenses(platformio())).join().includes('Take into'), false);
      // The other project says for itself.
      assert.equal(await isThere(workspaceFile('milliwatt.json')), false);
    } finally {
      await vscode.workspace.fs.delete(project);
    }
    await openListing(pioModel());
    await eventually(async () => assert.match((await milliwatt()).boardHover(), /takeProposedTarget/));
  });
});
