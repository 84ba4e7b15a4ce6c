import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../support/eventually';
import { closeAll, codesAt, hintsOf, hoverAt, lensesOf, lineWith, milliwatt, placeOf, workspaceFile } from '../support';

const main = (): vscode.Uri => workspaceFile('src/main.cpp');

async function opened(): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(main());
  await vscode.window.showTextDocument(document, { preview: false });
  await (await milliwatt()).whenIdle();
  return document;
}

/** The problems once they are these. */
function waitForCodes(expected: readonly string[]): Promise<void> {
  return eventually(() => assert.deepEqual(codesAt(main()), expected));
}

async function actionsAt(
  document: vscode.TextDocument,
  text: string,
  kind: vscode.CodeActionKind,
): Promise<readonly vscode.CodeAction[]> {
  const place = placeOf(document, lineWith(document, text), text);
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(place, place.translate(0, text.length)),
    kind.value,
  );
}

async function apply(document: vscode.TextDocument, text: string, title: RegExp): Promise<void> {
  // VS Code says which problems stand at a place, and learns of them in its own time.
  const edit = await eventually(async () => {
    const actions = await actionsAt(document, text, vscode.CodeActionKind.QuickFix);
    const action = actions.find((each) => title.test(each.title));
    assert.ok(action?.edit, `There is no fix like ${String(title)}: ${actions.map((each) => each.title).join()}`);
    return action.edit;
  });
  assert.ok(await vscode.workspace.applyEdit(edit));
  await (await milliwatt()).whenIdle();
}

const both = ['firmware-arena-too-small', 'firmware-operator-missing'];

describe(`firmware, ${vscode.workspace.isTrusted ? 'trusted' : 'in Restricted Mode'}`, () => {
  afterEach(closeAll);

  it('has its problems at their places, in sources that are looked at', async () => {
    const document = await opened();
    await waitForCodes(both);
    const [arena, resolver] = vscode.languages.getDiagnostics(main());
    assert.equal(document.getText(arena.range), '1024');
    assert.equal(document.getText(resolver.range), 'resolver');
    assert.match(resolver.message, /SOFTMAX/);
    assert.deepEqual(codesAt(workspaceFile('build/main.cpp')), []);
  });

  it('says beside arena and resolver what is needed', async () => {
    const document = await opened();
    const hints = await hintsOf(document);
    assert.match(hints.get(lineWith(document, 'kArenaBytes =')) ?? '', /^needs [\d,]+ of 1,024 bytes$/);
    assert.equal(hints.get(lineWith(document, 'Resolver<2>')), '2 operators, 1 missing');
  });

  it('says in a hover how that is known, with ways to the model and to each part', async () => {
    const document = await opened();
    const place = placeOf(document, lineWith(document, 'made('), 'made');
    const hover = await hoverAt(main(), place);
    assert.match(hover, /The interpreter runs g\\_model \(src\/model\.cpp\)/);
    assert.match(hover, /tensor\\_arena \(src\/main\.cpp:7\) with 1,024 bytes/);
    assert.match(hover, /command:milliwatt\.openListing\?/);
    assert.match(hover, /main\.cpp#L7%2C\d+/);
  });

  it('is mended by its fixes, one after the other', async () => {
    const document = await opened();
    await waitForCodes(both);
    await apply(document, '1024', /^Set kArenaBytes to/);
    await waitForCodes(['firmware-operator-missing']);
    const line = lineWith(document, 'kArenaBytes =');
    assert.match((await hintsOf(document)).get(line) ?? '', /^needs ([\d,]+) of \1 bytes$/);
    await apply(document, 'resolver;', /^Add AddSoftmax\(\)/);
    await waitForCodes([]);
    assert.match(document.getText(), /Resolver<3> resolver;/);
    assert.match(document.getText(), /if \(resolver\.AddSoftmax\(\) != kTfLiteOk\) return;/);
  });

  it('is joined with the program of its model, and says where that has another version now', async () => {
    const program = workspaceFile('train.py');
    const document = await vscode.workspace.openTextDocument(program);
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    const held = async (): Promise<readonly string[]> => {
      await (await milliwatt()).whenIdle();
      return (await lensesOf(program)).filter((title) => title.includes('in firmware'));
    };
    await eventually(async () => {
      const [title, ...others] = await held();
      assert.match(title, /^\$\(warning\) in firmware: g_model · arena [\d.]+ KB of 1\.00 KB$/);
      assert.deepEqual(others, []);
    });
    const array = await vscode.workspace.openTextDocument(workspaceFile('src/model.cpp'));
    assert.ok((await lensesOf(array.uri)).includes('$(file-code) built by train.py:5'));
    const ofFirmware = (): readonly string[] => codesAt(program).filter((code) => code.startsWith('firmware-'));
    assert.deepEqual(ofFirmware(), []);
    const filters = placeOf(document, lineWith(document, 'Conv2D'), '4');
    await editor.edit((edit) => edit.replace(new vscode.Range(filters, filters.translate(0, 1)), '32'));
    await eventually(async () => {
      assert.match((await held())[0], /^\$\(warning\) another version in firmware: g_model · arena /);
      assert.deepEqual(ofFirmware(), ['firmware-arena-ahead']);
    });
    const [{ message }] = vscode.languages.getDiagnostics(workspaceFile('src/model.cpp'));
    assert.match(message, /Conv2D "conv2d" has 32 filters in the source, 4 filters in the firmware/);
    const hover = await hoverAt(array.uri, placeOf(array, lineWith(array, 'g_model['), 'g_model'));
    assert.match(hover, /Built by another version of the model "model" of train\.py, line 5/);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('has its problems again where changes are thrown away, and is mended all at once', async () => {
    const document = await opened();
    await waitForCodes(both);
    const { SourceFixAll } = vscode.CodeActionKind;
    const [all] = await actionsAt(document, '1024', SourceFixAll);
    assert.ok(all.edit);
    assert.ok(await vscode.workspace.applyEdit(all.edit));
    await waitForCodes([]);
  });

  it('follows a file that another program writes', async () => {
    const text = Buffer.from(await vscode.workspace.fs.readFile(main())).toString();
    await vscode.workspace.fs.writeFile(main(), Buffer.from(text.replace('1024', '64 * 1024')));
    await waitForCodes(['firmware-arena-too-large', 'firmware-operator-missing']);
    await vscode.workspace.fs.writeFile(main(), Buffer.from(text));
    await waitForCodes(both);
  });
});
