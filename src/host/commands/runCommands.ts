import * as vscode from 'vscode';
import { fileNameOf } from '../places';
import { modelFor } from './modelArgument';
import type { CommandServices } from './services';

/** Executes a model on one sample and shows what every layer computed. A second argument is the seed of random inputs. */
export async function runModel(services: CommandServices, value?: unknown, seed?: unknown): Promise<void> {
  const model = await modelFor(services, value);
  if (model === undefined) return;
  const chosen = typeof seed === 'number' ? seed : await askForSeed(fileNameOf(model));
  if (chosen === undefined) return;
  await services.runs.run(model, { kind: 'seed', seed: chosen }, `random numbers of seed ${chosen}`);
}

async function askForSeed(name: string): Promise<number | undefined> {
  const validateInput = (text: string): string | undefined =>
    /^\d{1,9}$/.test(text.trim()) ? undefined : 'A whole number, 0 to 999999999.';
  const text = await vscode.window.showInputBox({
    title: `Run ${name} on random numbers`,
    prompt: 'Seed of the random numbers: the same seed gives the same inputs everywhere',
    value: '1',
    validateInput,
  });
  return text === undefined ? undefined : Number(text);
}
