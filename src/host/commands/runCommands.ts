import * as vscode from 'vscode';
import type { RunInputs } from '../../protocol/jobs';
import { rememberedData } from '../compress/dataPicker';
import type { RunHow } from '../compress/modelRun';
import { fileNameOf } from '../places';
import { modelFor } from './modelArgument';
import type { CommandServices } from './services';

/**
 * Executes a model on one sample and shows what every layer computed. A second argument answers what is asked
 * otherwise: a seed of random inputs, or the inputs with the rounding.
 */
export async function runModel(services: CommandServices, value?: unknown, given?: unknown): Promise<void> {
  const model = await modelFor(services, value);
  if (model === undefined) return;
  const how = givenHow(given) ?? (await ask(services, model));
  if (how !== undefined) await services.runs.run(model, how);
}

function givenHow(given: unknown): RunHow | undefined {
  if (typeof given === 'number') return { inputs: { kind: 'seed', seed: given } };
  return typeof given === 'object' && given !== null && 'inputs' in given ? (given as RunHow) : undefined;
}

async function ask({ compressions }: CommandServices, model: vscode.Uri): Promise<RunHow | undefined> {
  const title = `Run ${fileNameOf(model)}`;
  const remembered = rememberedData({ model, project: await compressions.projectOf(model) });
  const rows: readonly InputRow[] = [
    ...(remembered === undefined
      ? []
      : [
          {
            label: `$(database) ${remembered.name}`,
            description: 'as milliwatt.json says',
            choose: () => askForSample(title, remembered),
          },
        ]),
    {
      label: '$(symbol-numeric) Random numbers',
      detail: 'The same seed gives the same inputs here, on the command line and elsewhere',
      choose: () => askForSeed(title),
    },
    {
      label: '$(file) A file…',
      detail: 'A picture (PNG, JPEG, BMP), a sound (WAV), arrays (.npy, .npz) or a table (CSV)',
      choose: () => browse(title),
    },
  ];
  const inputs = await (await vscode.window.showQuickPick(rows, { title, placeHolder: 'On which inputs?' }))?.choose();
  return inputs && askForRounding(title, inputs);
}

interface InputRow extends vscode.QuickPickItem {
  readonly choose: () => Promise<RunInputs | undefined>;
}

const roundings: readonly (vscode.QuickPickItem & Pick<RunHow, 'rounding'>)[] = [
  { label: 'As the target does', detail: 'What the chosen runtime is usually built with' },
  { label: 'Double rounding', detail: 'The default of TensorFlow Lite Micro', rounding: 'double' },
  { label: 'Single rounding', detail: 'Built with TFLITE_SINGLE_ROUNDING', rounding: 'single' },
];

async function askForRounding(title: string, inputs: RunInputs): Promise<RunHow | undefined> {
  const row = await vscode.window.showQuickPick(roundings, { title, placeHolder: 'How are results rounded?' });
  return row && { inputs, rounding: row.rounding };
}

async function askForSeed(title: string): Promise<RunInputs | undefined> {
  const prompt = 'Seed of the random numbers';
  const seed = await askForNumber({ title, prompt, least: 0 });
  return seed === undefined ? undefined : { kind: 'seed', seed };
}

async function askForSample(
  title: string,
  files: RunInputs & { readonly kind: 'files' },
): Promise<RunInputs | undefined> {
  const prompt = `Which sample of ${files.name}? 1 is the first`;
  const sample = await askForNumber({ title, prompt, least: 1 });
  return sample === undefined ? undefined : { ...files, sample: sample - 1 };
}

async function askForNumber(question: {
  readonly title: string;
  readonly prompt: string;
  readonly least: number;
}): Promise<number | undefined> {
  const { title, prompt, least } = question;
  const validateInput = (text: string): string | undefined =>
    /^\d{1,9}$/.test(text.trim()) && Number(text) >= least ? undefined : `A whole number, ${least} to 999999999.`;
  const text = await vscode.window.showInputBox({ title, prompt, value: '1', validateInput });
  return text === undefined ? undefined : Number(text);
}

const single = /\.(png|jpe?g|bmp|wav)$/i;

async function browse(title: string): Promise<RunInputs | undefined> {
  const filters = { Samples: ['npy', 'npz', 'csv', 'png', 'jpg', 'jpeg', 'bmp', 'wav'], 'All files': ['*'] };
  const uri = (await vscode.window.showOpenDialog({ title, openLabel: 'Run', filters }))?.at(0);
  if (uri === undefined) return undefined;
  const name = vscode.workspace.asRelativePath(uri, false);
  const files = { kind: 'files', address: uri.toString(), name } as const;
  return single.test(uri.path) ? files : askForSample(title, files);
}
