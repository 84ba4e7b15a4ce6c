import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PruneOptions } from '../../../../src/core/compress/prune/request';
import type { Compression } from '../../../../src/host/compress/compression';
import { eventually } from '../../support/eventually';
import { closeAll, lineWith, milliwatt, openListing, workspaceFile } from '../support';

const random = { kind: 'synthetic' } as const;

describe('pruning', () => {
  let model: vscode.Uri;

  beforeEach(async () => {
    model = workspaceFile('prune/float.tflite');
    const extension = vscode.extensions.getExtension('milliwatt.milliwatt');
    const sample = vscode.Uri.joinPath(extension!.extensionUri, 'examples', 'digits', 'digits_float.tflite');
    await vscode.workspace.fs.createDirectory(workspaceFile('prune'));
    await vscode.workspace.fs.copy(sample, model, { overwrite: true });
  });
  afterEach(async () => {
    await closeAll();
    await vscode.workspace.fs.delete(workspaceFile('prune'), { recursive: true });
  });

  it('of a layer is offered on its line, and does what its title says', async () => {
    const { document } = await openListing(model);
    const offers = await (await milliwatt()).offersOf(model);
    const titles = await actionsAt(document, lineWith(document, 'pointwise4'));
    const title = titles.find((each) => /^Prune pointwise4: 64 -> 48 channels: /.test(each));
    assert.ok(title !== undefined, titles.join('\n'));
    const offer = offers.find((each) => each.title === title);
    assert.ok(offer?.possible);
    const { state } = await pruned({ layers: [{ name: 'pointwise4', ratio: 0.25 }], clean: false, repair: false });
    assert.equal(state.status, 'done', state.error);
    assert.equal(state.proof?.after.arena?.minimumBytes, offer.after.arenaBytes);
    assert.equal(state.proof?.after.latency?.ms, offer.after.ms);
    assert.deepEqual(await filesThere(), ['float.pruned.tflite', 'float.tflite']);
  });

  it('says on the line of a layer that has to stay why it has to', async () => {
    const { document } = await openListing(model);
    await (await milliwatt()).offersOf(model);
    const titles = await actionsAt(document, lineWith(document, 'FULLY_CONNECTED'));
    assert.ok(
      titles.some((each) => each.startsWith('Why not prune ')),
      titles.join('\n'),
    );
  });

  it('to a goal fine-tunes on data, shows the curve and the trade-off, and quantizes in one go', async () => {
    const { state, result } = await pruned(
      { goal: { macsShare: 0.3 }, quantize: true, repairOptions: { epochs: 3 } },
      digits(),
    );
    assert.equal(state.status, 'done', state.error);
    assert.equal(result?.path, workspaceFile('prune/float.pruned.int8.tflite').path);
    assert.ok(state.curves.length > 0 && state.curves.every(({ series }) => series === 'loss'));
    const points = state.tradeoff?.points ?? [];
    const taken = points.at(state.tradeoff?.taken ?? -1);
    assert.ok(points.length > 2 && taken !== undefined);
    assert.ok(taken.totals.macs <= points[0].totals.macs * 0.7, JSON.stringify(points));
    assert.ok((taken.quality ?? 0) > 0.8, JSON.stringify(taken));
    const { analysis } = await (await milliwatt()).analysisOf(result);
    assert.match(analysis?.listing.lines.join('\n') ?? '', /int8\[/);
  });

  it('keeps the best so far when it is cancelled while it fine-tunes', async () => {
    const api = await milliwatt();
    const earlier = api.lastCompression();
    const done = start({ goal: { macsShare: 0.3 }, repairOptions: { epochs: 500, patience: 500 } }, digits());
    await eventually(() => {
      const running = api.lastCompression();
      assert.notEqual(running, earlier);
      assert.ok((running?.state.curves.length ?? 0) > 0, `status ${running?.state.status}`);
    }, 40_000);
    api.lastCompression()?.cancel();
    await done;
    const { state } = api.lastCompression()!;
    assert.equal(state.status, 'done', state.error);
    assert.match(state.proof?.warnings.join(' ') ?? '', /cancelled: these are its best weights so far/);
    assert.deepEqual(await filesThere(), ['float.pruned.tflite', 'float.tflite']);
  });

  it('leaves nothing when it is cancelled before that', async () => {
    const api = await milliwatt();
    const earlier = api.lastCompression();
    const done = start({ goal: { macsShare: 0.3 } }, digits());
    await eventually(() => {
      const running = api.lastCompression();
      assert.notEqual(running, earlier);
      running?.cancel();
    });
    await done;
    assert.deepEqual(await filesThere(), ['float.tflite']);
  });

  it('says so where nothing can be removed for free', async () => {
    await vscode.commands.executeCommand('milliwatt.clean', model);
    const { state } = (await milliwatt()).lastCompression()!;
    assert.equal(state.status, 'failed');
    assert.match(state.error ?? '', /there is nothing to remove for free/);
    assert.deepEqual(await filesThere(), ['float.tflite']);
  });

  function digits(): { readonly kind: 'files'; readonly address: string; readonly name: string } {
    return { kind: 'files', address: workspaceFile('data/digits.npy').toString(), name: 'data/digits.npy' };
  }

  function start(options: Partial<PruneOptions>, data: unknown = random): Thenable<unknown> {
    return vscode.commands.executeCommand('milliwatt.prune', model, { options, data });
  }

  async function pruned(options: Partial<PruneOptions>, data?: unknown): Promise<Compression> {
    await start(options, data);
    const compression = (await milliwatt()).lastCompression();
    assert.ok(compression);
    return compression;
  }

  async function filesThere(): Promise<readonly string[]> {
    const entries = await vscode.workspace.fs.readDirectory(workspaceFile('prune'));
    return entries.map(([name]) => name).sort();
  }

  async function actionsAt(document: vscode.TextDocument, line: number): Promise<readonly string[]> {
    const { range } = document.lineAt(line);
    const provider = 'vscode.executeCodeActionProvider';
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(provider, document.uri, range);
    return actions.map(({ title }) => title);
  }
});
