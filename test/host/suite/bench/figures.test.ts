import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { watchDelays } from '../../../support/ownDelays';
import { resultMark } from '../../driver/results';
import { eventually } from '../../support/eventually';
import { hintsOf, listingAddress, milliwatt, workspaceFile } from '../support';

/** Figures for `npm run bench`, no verdict on them: what fails here is a step that does not work at all. */

function report(what: string, figure: string): void {
  console.log(`${resultMark}${what.padEnd(54)}${figure}`);
}

async function timed<Result>(run: () => PromiseLike<Result>): Promise<readonly [milliseconds: number, Result]> {
  const start = performance.now();
  const result = await run();
  return [performance.now() - start, result];
}

function milliseconds(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const [median, least, most] = [sorted[Math.floor(sorted.length / 2)], sorted[0], sorted[sorted.length - 1]];
  return `${median.toFixed(1)} ms (${least.toFixed(1)} to ${most.toFixed(1)})`;
}

/** The row about the extension in VS Code's own report, "Developer: Startup Performance". */
async function activationByVsCode(): Promise<string> {
  await vscode.commands.executeCommand('perfview.show');
  const row = await eventually(() => {
    const rows = vscode.workspace.textDocuments.flatMap((document) => document.getText().split('\n'));
    const found = rows.find((line) => line.startsWith('| milliwatt.milliwatt '));
    assert.ok(found, 'VS Code reports no start of the extension.');
    return found;
  });
  const [, , , load, call, finish] = row.split('|').map((cell) => cell.trim());
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  return `${load} ms to load the code, ${call} ms to call it, ${finish} ms until it is done`;
}

/** From `openTextDocument` of a listing until a hint stands beside an operator. */
function openWithHints(model: vscode.Uri): PromiseLike<ReadonlyMap<number, string>> {
  return vscode.workspace.openTextDocument(listingAddress(model)).then(hintsOf);
}

/** What the extension host was blocked for while `run` ran, in words. */
async function blocked(run: () => PromiseLike<unknown>): Promise<string> {
  const end = watchDelays();
  await run();
  const { wallMs, ownMs } = end();
  return `${ownMs.toFixed(1)} ms (${wallMs.toFixed(1)} ms with the wait for a processor)`;
}

describe('figures', () => {
  it('activation', async () => {
    const extension = vscode.extensions.getExtension('milliwatt.milliwatt');
    assert.ok(extension && !extension.isActive, 'The extension must be there and not yet active.');
    // A window that is still starting shares the processor.
    await delay(5000);
    const before = process.cpuUsage();
    const [time] = await timed(() => extension.activate());
    const { user, system } = process.cpuUsage(before);
    report('activation', `${time.toFixed(1)} ms, of the processor ${((user + system) / 1000).toFixed(1)} ms`);
    report('activation, as VS Code counts it', await activationByVsCode());
  });

  it('hints', async () => {
    const [first, hints] = await timed(() => openWithHints(workspaceFile('models/digits.tflite')));
    assert.ok(hints.size > 0, 'No hint stands beside the listing.');
    report('openTextDocument to hints, the first, its thread started', `${first.toFixed(1)} ms`);
    const times: number[] = [];
    for (const name of await realModels()) {
      const [time, found] = await timed(() => openWithHints(workspaceFile(`real/${name}`)));
      assert.ok(found.size > 0, `No hint stands beside the listing of ${name}.`);
      times.push(time);
    }
    if (times.length > 0) report(`openTextDocument to hints, ${times.length} real models`, milliseconds(times));
  });

  it('ten models at once', async () => {
    const models = (await realModels()).map((name) => workspaceFile(`real/${name}`));
    if (models.length === 0) return;
    // Models of contents that nothing was kept of.
    const copies = models.map((model) => model.with({ path: model.path.replace(/\.tflite$/, '.copy.tflite') }));
    for (const [at, copy] of copies.entries()) {
      const bytes = await vscode.workspace.fs.readFile(models[at]);
      await vscode.workspace.fs.writeFile(copy, Buffer.concat([bytes, Buffer.alloc(16)]));
    }
    const times: number[] = [];
    const block = await blocked(() =>
      Promise.all(copies.map(async (copy) => times.push((await timed(() => openWithHints(copy)))[0]))),
    );
    report(`${copies.length} real models opened at once: until each has hints`, milliseconds(times));
    report(`${copies.length} real models: longest block of the extension host`, block);
    const [board] = await timed(async () => {
      await vscode.workspace.getConfiguration('milliwatt').update('board', 'arduino_nano33ble_sense_rev2');
      await (await milliwatt()).whenIdle();
    });
    report(`${copies.length * 2} open models: another board chosen until all are done`, `${board.toFixed(1)} ms`);
  });

  it('what blocks the extension host', async () => {
    report('longest block of the extension host, idle', await blocked(() => delay(2000)));
    const large = workspaceFile('real/large.tflite');
    const there = await vscode.workspace.fs.stat(large).then(
      () => true,
      () => false,
    );
    if (!there) return;
    const api = await milliwatt();
    let block = '';
    const [time] = await timed(async () => (block = await blocked(() => api.analysisOf(large))));
    report('20 MB: analysis asked for until it is there', `${time.toFixed(1)} ms`);
    report('20 MB: longest block of the extension host', block);
  });
});

/** The models that the workspace has of usual sizes; none where there are no real ones. */
async function realModels(): Promise<readonly string[]> {
  const entries = await vscode.workspace.fs.readDirectory(workspaceFile('real'));
  return entries.map(([name]) => name).filter((name) => !/large|copy/.test(name));
}
