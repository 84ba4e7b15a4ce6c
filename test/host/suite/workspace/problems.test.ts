import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../support/eventually';
import { closeAll, codesAt, lineWith, openListing, placeOf, withSetting, workspaceFile } from '../support';

const board = 'arduino_nano33ble_sense_rev2';
const foreign = (): vscode.Uri => workspaceFile('models/foreign.tflite');
const huge = (): vscode.Uri => workspaceFile('models/huge.tflite');

describe('problems', () => {
  afterEach(closeAll);

  it('stand at their operators in the listing, each with its code', async () => {
    const { document } = await openListing(foreign());
    const problems = vscode.languages.getDiagnostics(document.uri);
    const atLine = (text: string): readonly string[] =>
      problems.filter(({ range }) => range.start.line === lineWith(document, text)).map((problem) => codeOf(problem));
    assert.deepEqual(atLine('MyOwnFilter'), ['operator-custom-unknown']);
    assert.deepEqual(atLine('GELU'), ['operator-unsupported']);
    assert.ok(problems.every(({ source }) => source === 'Milliwatt'));
  });

  it('are summed up once on the model file, with the places in the listing', async () => {
    const { document } = await openListing(foreign());
    const [summary, ...others] = await eventually(() => nonEmpty(vscode.languages.getDiagnostics(foreign())));
    assert.equal(others.length, 0);
    assert.match(summary.message, /^foreign\.tflite.*2 errors/);
    const related = summary.relatedInformation ?? [];
    assert.deepEqual(
      related.map(({ location }) => location.uri.toString()),
      [document.uri, document.uri].map(String),
    );
  });

  it('say by how much an arena is over the region of the chosen board', async () => {
    await withSetting('board', board, async () => {
      const { document } = await openListing(huge());
      assert.deepEqual(codesAt(document.uri), ['arena-over-region', 'arena-over-region']);
      const [problem, atPeak] = vscode.languages.getDiagnostics(document.uri);
      assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
      // Two tensors of 409,600 bytes and 640 bytes of interpreter of the board's usual library; the region has 261,632.
      assert.match(problem.message, /819,840 bytes/);
      assert.equal(problem.range.start.line, 0);
      // The two tensors, and 80 bytes that the kernel works with while it runs.
      assert.match(atPeak.message, /819,280 bytes/);
      assert.equal(atPeak.range.start.line, lineWith(document, 'DEPTHWISE_CONV_2D'));
    });
  });

  it('are silent about budgets while no board is chosen', async () => {
    const { document } = await openListing(huge());
    assert.deepEqual(codesAt(document.uri), []);
  });

  it('give a file that is cut short one sentence, in the listing and in the problems', async () => {
    const broken = workspaceFile('models/broken.tflite');
    const { document } = await openListing(broken);
    assert.match(document.getText(), /^model {2}broken\.tflite\nerror {2}[A-Z].*\.\n$/);
    const [problem, ...others] = await eventually(() => nonEmpty(vscode.languages.getDiagnostics(broken)));
    assert.equal(others.length, 0);
    assert.ok(document.getText().includes(problem.message));
  });

  it('go away with the tab of a model that no project names', async () => {
    await openListing(foreign());
    await eventually(() => nonEmpty(vscode.languages.getDiagnostics(foreign())));
    await closeAll();
    await eventually(() => assert.deepEqual(vscode.languages.getDiagnostics(foreign()), []));
  });

  it('offer what can be done about them', async () => {
    const { document } = await openListing(foreign());
    const place = placeOf(document, lineWith(document, 'GELU'), 'GELU');
    const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(place, place),
      vscode.CodeActionKind.QuickFix.value,
    );
    assert.deepEqual(
      found.map(({ title }) => title),
      [
        'Ignore "operator-unsupported" for z in milliwatt.json',
        'Report "operator-unsupported" as warning in milliwatt.json',
        'Ignore "operator-unsupported" in milliwatt.json',
        'Explain "operator-unsupported"',
      ],
    );
  });
});

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

function nonEmpty<Item>(items: readonly Item[]): readonly Item[] {
  assert.notEqual(items.length, 0);
  return items;
}
