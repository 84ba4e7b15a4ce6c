import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Finding } from '../../../../src/core/estimate/report';
import type { ModelState } from '../../../../src/host/analysis/modelEntry';
import { Diagnostics } from '../../../../src/host/problems/diagnostics';
import { eventually } from '../../support/eventually';
import { ToyViews } from '../../support/toyViews';
import { closeAll, hintsOf, hoverAt, lensesOf, lineWith, milliwatt, placeOf, workspaceFile } from '../support';

/** Layers 1 and 2 of the first model on one line. */
const text = `model digits
  @0
  @1 @2
model foreign
  @0
  @1
`;

describe('a text that holds two models', () => {
  let document: vscode.TextDocument;
  const registered: { dispose(): unknown }[] = [];

  before(async () => {
    const api = await milliwatt();
    const names = ['digits', 'foreign'];
    const states = await Promise.all(names.map((name) => api.analysisOf(workspaceFile(`models/${name}.tflite`))));
    const known = new Map(names.map((name, index) => [name, states[index]]));
    registered.push(api.addViews(new ToyViews(known)));
    const file = workspaceFile('two.toy');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
  });

  after(async () => {
    for (const each of registered.splice(0)) each.dispose();
    await closeAll();
    await vscode.workspace.fs.delete(workspaceFile('two.toy'));
  });

  it('has hints of both, several on a line', async () => {
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await vscode.commands.executeCommand<readonly vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      document.uri,
      whole,
    );
    assert.deepEqual(
      hints.map(({ position, label }) => [position.line, label]),
      [
        [1, 'CONV_2D'],
        [2, 'FULLY_CONNECTED'],
        [2, 'SOFTMAX'],
        [4, 'MyOwnFilter'],
        [5, 'GELU'],
      ],
    );
  });

  it('has the totals of each above its head', async () => {
    const lenses = await vscode.commands.executeCommand<readonly vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      100,
    );
    const boards = lenses.filter(({ command }) => command?.command === 'milliwatt.chooseBoard');
    assert.deepEqual(
      boards.map(({ range, command }) => [range.start.line, fileOf(command?.arguments?.at(0))]),
      [
        [0, 'digits.tflite'],
        [3, 'foreign.tflite'],
      ],
    );
  });

  it('describes all layers of a line, and the one that is pointed at', async () => {
    const line = lineWith(document, '@1 @2');
    const between = await hoverAt(document.uri, new vscode.Position(line, 0));
    assert.match(between, /`FULLY_CONNECTED`[^]*`SOFTMAX`/);
    const onSecond = await hoverAt(document.uri, placeOf(document, line, '2'));
    assert.match(onSecond, /`SOFTMAX`/);
    assert.doesNotMatch(onSecond, /`FULLY_CONNECTED`/);
  });

  it('has the problems of each model at its own lines, with the fixes of that model', async () => {
    const problems = await eventually(() => {
      const found = vscode.languages.getDiagnostics(document.uri);
      assert.equal(found.length, 2);
      return [...found].sort((left, right) => left.range.start.line - right.range.start.line);
    });
    assert.deepEqual(
      problems.map(({ range }) => range.start.line),
      [4, 5],
    );
    const titles = await actionsAt(document, problems[1].range);
    assert.ok(titles.includes('Ignore "operator-unsupported" for z in milliwatt.json'), titles.join('\n'));
    assert.deepEqual(await actionsAt(document, new vscode.Range(2, 3, 2, 3)), []);
  });

  it('has an outline of both', async () => {
    const symbols = await vscode.commands.executeCommand<readonly vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.deepEqual(
      symbols.map(({ name, children }) => [name, children.length]),
      [
        ['model digits', 3],
        ['model foreign', 2],
      ],
    );
  });

  it('goes to a layer of the model that is named', async () => {
    await vscode.commands.executeCommand(
      'milliwatt.revealLayer',
      document.uri,
      1,
      workspaceFile('models/foreign.tflite'),
    );
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 5);
  });

  it('is described by two kinds of text at once, each place once', async () => {
    const api = await milliwatt();
    const state = await api.analysisOf(workspaceFile('models/digits.tflite'));
    const second = api.addViews(new ToyViews(new Map([['digits', state]])));
    try {
      const hints = await hintsOf(document);
      assert.deepEqual([...hints.keys()], [1, 2, 4, 5]);
      const hover = await hoverAt(document.uri, placeOf(document, 1, '@0'));
      assert.equal(hover.match(/operator 0 of graph 0/g)?.length, 1);
    } finally {
      second.dispose();
    }
  });

  it('has none of this once the kind is gone', async () => {
    for (const each of registered.splice(0)) each.dispose();
    assert.equal((await hintsOf(document)).size, 0);
    assert.deepEqual(await lensesOf(document.uri), []);
    await eventually(() => assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []));
  });
});

describe('a finding that came from a file of the workspace', () => {
  it('stands there, and a summary on the model leads to it', () => {
    const model = workspaceFile('models/traced.tflite');
    const origin = { place: { file: '../train.py', span: { line: 6, column: 2, endLine: 6, endColumn: 9 } } };
    const outside = { place: { file: '../../../elsewhere.py' } };
    const findings: readonly Finding[] = [
      { id: 'a', code: 'operator-unsupported', severity: 'error', message: 'In the program.', layer: 0, origin },
      { id: 'b', code: 'operator-unsupported', severity: 'error', message: 'Outside.', layer: 1, origin: outside },
    ];
    const published = publishedFor(model, findings);
    assert.deepEqual(published(workspaceFile('train.py')), ['6:2-6:9 In the program.']);
    assert.deepEqual(published(model), ['0:0-0:0 traced.tflite: 2 errors. The listing shows them at their operators.']);
  });

  it('has no summary beside it where the model is part of that file', () => {
    const model = workspaceFile('model.py').with({ fragment: 'net' });
    const origin = { place: { file: 'model.py', span: { line: 1, column: 0, endLine: 1, endColumn: 4 } } };
    const published = publishedFor(model, [
      { id: 'a', code: 'operator-unsupported', severity: 'error', message: 'In the program.', origin },
    ]);
    assert.deepEqual(published(workspaceFile('model.py')), ['1:0-1:4 In the program.']);
  });
});

/** What is published for one checked model of which nothing is open. */
function publishedFor(model: vscode.Uri, findings: readonly Finding[]): (uri: vscode.Uri) => readonly string[] {
  const none: vscode.Event<never> = () => new vscode.Disposable(() => undefined);
  // Of an analysis, problems look at the findings and at the names of the layers alone.
  const analysis = { report: { findings, layers: [], target: {} } } as unknown as ModelState['analysis'];
  const state: ModelState = { key: { uri: model, costs: 'hints' }, analysis, stale: false, revision: 1 };
  const diagnostics = new Diagnostics({
    analyses: { onDidChange: none },
    views: new ToyViews(new Map()),
    checked: { onDidChange: none, states: () => [state] },
    board: { of: () => [], onDidChange: none, revision: 0 },
  });
  const read = (uri: vscode.Uri): readonly string[] =>
    vscode.languages
      .getDiagnostics(uri)
      .map(
        ({ range: { start, end }, message }) =>
          `${start.line}:${start.character}-${end.line}:${end.character} ${message}`,
      );
  const uris = [
    model.with({ fragment: '' }),
    ...findings.flatMap(({ origin }) => placesOf(model, origin?.place?.file)),
  ];
  const published = new Map(uris.map((uri) => [uri.toString(), read(uri)]));
  diagnostics.dispose();
  return (uri) => published.get(uri.toString()) ?? [];
}

function placesOf(model: vscode.Uri, file: string | undefined): readonly vscode.Uri[] {
  return file === undefined ? [] : [vscode.Uri.joinPath(model, '..', file).with({ fragment: '' })];
}

async function actionsAt({ uri }: vscode.TextDocument, range: vscode.Range): Promise<readonly string[]> {
  const found = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
  return found.map(({ title }) => title);
}

function fileOf(model: unknown): string {
  assert.ok(model instanceof vscode.Uri);
  return model.path.slice(model.path.lastIndexOf('/') + 1);
}
