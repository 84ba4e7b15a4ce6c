import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it, mock } from 'node:test';
import { Command } from 'commander';
import { addAnalyze } from '../../src/cli/analyze';
import { addCheck } from '../../src/cli/check';
import { addCompare } from '../../src/cli/compare';
import { isAboutFile } from '../../src/cli/files';
import { addList } from '../../src/cli/list';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { graph, model, operator, quantized, tensor } from '../support/build';

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-budget-'));
after(() => rmSync(folder, { recursive: true }));

/** A chain of RELUs. A graph of 40 takes some thousand steps to place and to follow, one of 1 some hundred. */
function chain(length: number): Uint8Array {
  const tensors = Array.from({ length: length + 1 }, (_none, index) =>
    tensor(`t${index}`, 'int8', [1, 4], { quantization: quantized(1) }),
  );
  const relus = Array.from({ length }, (_none, index) => operator('RELU', [index], [index + 1]));
  return writeTflite(model(graph(tensors, relus, { inputs: [0], outputs: [length] })));
}

const [first, large, last] = ['first', 'large', 'last'].map((name) => join(folder, `${name}.tflite`));
for (const path of [first, last]) writeFileSync(path, chain(1));
writeFileSync(large, chain(40));
const config = join(folder, 'milliwatt.json');
const models = [first, large, last].map((path) => ({ path: path.slice(folder.length + 1) }));
writeFileSync(config, JSON.stringify({ board: 'esp32', models }));

const budget = { steps: 1500, bytes: 2 ** 20 };

/** What a command says, and its exit code, when each model may take 1,500 steps. */
async function said(add: typeof addAnalyze, args: readonly string[]): Promise<string> {
  const written: string[] = [];
  const streams = [process.stdout, process.stderr].map((stream) =>
    mock.method(stream, 'write', (text: string) => written.push(text) > 0),
  );
  try {
    const program = new Command().exitOverride();
    add(program, budget);
    await program.parseAsync(['node', 'milliwatt', ...args]);
    return `${written.join('')}exit code ${process.exitCode ?? 0}`;
  } finally {
    for (const { mock: replaced } of streams) replaced.restore();
    process.exitCode = undefined;
  }
}

const tooMuch = /would take more computing than is given to one model/g;

describe('a model beyond its budget', () => {
  for (const [name, add, args, others] of [
    ['analyze', addAnalyze, ['analyze', first, large, last, '--json'], /"layers"/g],
    ['check', addCheck, ['check', '--config', config], /: ok$/gm],
    ['check FOLDER', addCheck, ['check', folder, '--json'], /^ {6}"findings": \[\]/gm],
  ] as const) {
    it(`milliwatt ${name}: it has a sentence, the others their answers`, async () => {
      const text = await said(add, args);
      assert.equal(text.match(tooMuch)?.length, 1, text);
      assert.equal(text.match(others)?.length, 2, text);
      assert.match(text, /exit code 1$/);
    });
  }

  for (const [name, args] of [
    ['check', ['check', '--config', config]],
    ['check FOLDER', ['check', folder, '--json']],
  ] as const) {
    it(`milliwatt ${name}: models that it has not come to after minutes have a sentence`, async () => {
      let asked = 0;
      // The first model is begun in the tenth minute, the others after it.
      const minutes = [0, 9.9];
      const clock = mock.method(performance, 'now', () => (minutes[asked++] ?? 11) * 60_000);
      try {
        const text = await said(addCheck, args);
        assert.equal(text.match(/the check has taken 10 minutes, which is all it may/g)?.length, 2, text);
        assert.match(text, /exit code 1$/);
      } finally {
        clock.mock.restore();
      }
    });
  }

  for (const [name, add] of [
    ['list', addList],
    ['compare', addCompare],
  ] as const) {
    it(`milliwatt ${name}: it ends the command as a file that cannot be read does`, async () => {
      const isFailure = (error: unknown): boolean => isAboutFile(error) && error.message.search(tooMuch) >= 0;
      await assert.rejects(said(add, [name, large]), isFailure);
    });
  }
});
