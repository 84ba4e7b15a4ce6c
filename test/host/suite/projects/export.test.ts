import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../support/eventually';
import { digitsModel } from '../../support/sampleModels';
import { closeAll, codesAt, lensesOf, milliwatt, withSetting, workspaceFile } from '../support';

const model = (): vscode.Uri => workspaceFile('pio/models/digits.tflite');
const header = (): vscode.Uri => workspaceFile('pio/src/digits_model.h');
const names = ['digits_model.h', 'digits_model.cc', 'digits_model_data.cc'];

/** What a folder holds of the export, long arrays as their first lines. */
async function textsIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const uri = workspaceFile(folder);
  const found = await vscode.workspace.fs.readDirectory(uri);
  const texts = await Promise.all(
    found.map(async ([name]) => {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(uri, name));
      return [name, Buffer.from(bytes).toString().slice(0, 400)] as const;
    }),
  );
  return new Map(texts.filter(([name]) => name.includes('digits_model') || folder.includes('digits_model')));
}

async function exportNow(uri = model(), how: object = {}): Promise<void> {
  await vscode.commands.executeCommand('milliwatt.exportFirmware', uri, how);
  await (await milliwatt()).whenIdle();
}

async function write(uri: vscode.Uri, content: Uint8Array | string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, typeof content === 'string' ? Buffer.from(content) : content);
}

async function removeExported(): Promise<void> {
  for (const name of names) {
    const uri = workspaceFile(`pio/src/${name}`);
    await vscode.workspace.fs.delete(uri).then(undefined, () => undefined);
  }
  await vscode.workspace.fs
    .delete(workspaceFile('idf/components'), { recursive: true })
    .then(undefined, () => undefined);
}

describe(`export for firmware, ${vscode.workspace.isTrusted ? 'trusted' : 'in Restricted Mode'}`, () => {
  afterEach(async () => {
    await closeAll();
    await removeExported();
    await write(model(), digitsModel());
  });

  it('writes into the project in its style, and opens the header', async () => {
    await exportNow();
    const texts = await textsIn('pio/src');
    assert.deepEqual([...texts.keys()].sort(), [...names].sort());
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), header().toString());
    assert.match(
      texts.get('digits_model.h') ?? '',
      /"target":"arduino_nano33ble tflm-cmsis-nn chirale_tensorflowlite-2\.0\.0"/,
    );
    assert.match(texts.get('digits_model.h') ?? '', /"style":"platformio"/);
  });

  it('changes nothing the second time', async () => {
    await exportNow();
    const before = await vscode.workspace.fs.stat(header());
    const texts = await textsIn('pio/src');
    await exportNow();
    assert.deepEqual(await textsIn('pio/src'), texts);
    assert.equal((await vscode.workspace.fs.stat(header())).mtime, before.mtime);
  });

  it('makes a component of an ESP-IDF project, also from a model in main', async () => {
    await exportNow(workspaceFile('idf/main/digits.tflite'));
    const texts = await textsIn('idf/components/digits_model');
    assert.deepEqual([...texts.keys()].sort(), [...names, 'CMakeLists.txt', 'idf_component.yml'].sort());
    assert.match(texts.get('digits_model.h') ?? '', /tflm-esp-nn esp-tflite-micro-1\.3\.4"/);
  });

  it('leaves what somebody has edited, unless that is wished', async () => {
    await exportNow();
    const mine = '// mine\n';
    await write(header(), mine);
    await exportNow();
    assert.equal((await textsIn('pio/src')).get('digits_model.h'), mine);
    await exportNow(model(), { force: true });
    assert.notEqual((await textsIn('pio/src')).get('digits_model.h'), mine);
  });

  it('says that an export is older than its model, and mends it by the fix', async () => {
    await exportNow();
    await write(model(), digitsModel(11));
    await eventually(() => assert.deepEqual(codesAt(header()), ['firmware-export-stale']), 30_000);
    const document = await vscode.workspace.openTextDocument(header());
    assert.deepEqual(await lensesOf(document.uri), ['$(export) Export again', '$(list-flat) digits.tflite']);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(0, 0, 0, 5),
      vscode.CodeActionKind.QuickFix.value,
    );
    const action = actions.find(({ title }) => title === 'Export digits.tflite again');
    assert.ok(action?.command, actions.map(({ title }) => title).join());
    const before = await textsIn('pio/src');
    await vscode.commands.executeCommand(action.command.command, ...((action.command.arguments ?? []) as unknown[]));
    await eventually(() => assert.deepEqual(codesAt(header()), []), 30_000);
    assert.notEqual((await textsIn('pio/src')).get('digits_model_data.cc'), before.get('digits_model_data.cc'));
  });

  it('follows the model by itself where that is set, in a trusted workspace', async () => {
    await exportNow();
    const before = await textsIn('pio/src');
    await withSetting('firmware.updateExports', true, async () => {
      await write(model(), digitsModel(11));
      if (!vscode.workspace.isTrusted) {
        await eventually(() => assert.deepEqual(codesAt(header()), ['firmware-export-stale']), 30_000);
        assert.deepEqual(await textsIn('pio/src'), before);
        return;
      }
      await eventually(async () => {
        const now = await textsIn('pio/src');
        assert.notEqual(now.get('digits_model_data.cc'), before.get('digits_model_data.cc'));
        assert.deepEqual(codesAt(header()), []);
      }, 30_000);
    });
  });
});
