import * as vscode from 'vscode';
import { arrayExtension, byNearness } from '../../core/formats/cArray/projectArray';
import { conversions, conversionTo, type TrainedConversion } from '../../core/compress/conversions';
import { isForeign, kindOfPath, programKinds } from '../../core/formats/kinds';
import { checkTrained, trainedNameOf, untrainedAdvice } from '../../core/formats/trained';
import { HumanError } from '../../core/model/problem';
import type { DataChoice } from '../../protocol/jobs';
import type { ArrayForm } from '../compress/compression';
import { rememberedData } from '../compress/dataPicker';
import { withSuffix } from '../compress/resultFile';
import { fileNameOf, pathOf, placeOf } from '../places';
import { compress } from './compressCommands';
import { trainedFileFor } from './modelArgument';
import type { CommandServices } from './services';

/** What a caller decides in advance. */
interface ConvertHow {
  readonly numbers: TrainedConversion['numbers'];
  readonly array?: boolean;
  readonly data?: DataChoice;
}

interface ConversionRow extends vscode.QuickPickItem {
  readonly numbers?: TrainedConversion['numbers'];
  readonly asArray?: ArrayForm;
}

/**
 * Converts a trained file: asks what is to come of it, a model file or a source with an array, float or int8, then does
 * the compression that makes it, as its own command does.
 */
export async function convert(services: CommandServices, value?: unknown, given?: unknown): Promise<void> {
  const source = await trainedFileFor(services, value);
  if (source === undefined) return;
  if (!isForeign(source.path)) throw nothingToConvert(source);
  if (kindOfPath(source.path, programKinds) !== undefined) await checkProgram(services, source);
  const array = await arrayForm(services, source);
  const how = isHow(given) ? given : undefined;
  const row = how === undefined ? await pickConversion(source, array) : { ...how, asArray: how.array && array };
  if (row?.numbers === undefined) return;
  const { kind } = conversionTo(row.numbers);
  const remembered = await samplesAtHand(services, source);
  const data = how?.data ?? (row.numbers === 'float32' ? remembered : undefined);
  const options = row.numbers === 'float32' && data !== undefined ? { onSamples: true } : {};
  await compress(services, kind, source, {
    options,
    ...(data && { data }),
    ...(row.asArray && { asArray: row.asArray }),
  });
}

/** @throws HumanError for a program that nobody trained, before anything is asked */
async function checkProgram({ analyses }: CommandServices, uri: vscode.Uri): Promise<void> {
  const { analysis } = await analyses.settled({ uri, costs: 'hints' });
  if (analysis === undefined || trainedNameOf(analysis) !== undefined) return;
  const { program, problems } = analysis;
  checkTrained({ path: fileNameOf(placeOf(uri)), program, problems }, untrainedAdvice);
}

function isHow(given: unknown): given is ConvertHow {
  return typeof given === 'object' && given !== null && 'numbers' in given;
}

function nothingToConvert(source: vscode.Uri): HumanError {
  return new HumanError(
    'convert-nothing',
    `${fileNameOf(source)} is what boards run already. "Milliwatt: Quantize…" makes int8 of it, "Milliwatt: Export for Firmware…" sources.`,
  );
}

/** The samples that `milliwatt.json` names for a model: a conversion to float is compared on them unasked. */
async function samplesAtHand({ compressions }: CommandServices, model: vscode.Uri): Promise<DataChoice | undefined> {
  return rememberedData({ model, project: await compressions.projectOf(model) });
}

async function pickConversion(source: vscode.Uri, array: ArrayForm): Promise<ConversionRow | undefined> {
  const nameOf = ({ kind }: TrainedConversion, extension?: string): string =>
    withSuffix(fileNameOf(placeOf(source)), { suffix: kind.suffix(kind.defaults), extension }, 1);
  const files = conversions.map((conversion): ConversionRow => {
    const { numbers, detail } = conversion;
    return { label: `$(file-binary) ${numbers} model`, description: nameOf(conversion), detail, numbers };
  });
  const style = array.pattern === undefined ? 'As xxd -i writes it' : `In the style of ${pathOf(array.pattern)}`;
  const arrays = conversions.map((conversion): ConversionRow => {
    const { numbers } = conversion;
    const description = nameOf(conversion, array.extension);
    return { label: `$(file-code) ${numbers} C array`, description, detail: style, numbers, asArray: array };
  });
  return vscode.window.showQuickPick([...files, ...arrays], {
    title: `Convert ${fileNameOf(source)}`,
    placeHolder: 'What is to come of it? It is written beside the file, and nothing takes its place',
    matchOnDescription: true,
  });
}

/** How an array is written: as the one of the project that lies nearest to the model, else as `xxd -i` does. */
async function arrayForm({ firmwares }: CommandServices, model: vscode.Uri): Promise<ArrayForm> {
  const found = await Promise.all(
    firmwares.folders.map(async (folder) => {
      await folder.settled();
      return folder.arrays;
    }),
  );
  const pattern = byNearness(found.flat(), model.path, ({ path, fragment }) => `${path}#${fragment}`).at(0);
  return { extension: arrayExtension(pattern?.path), ...(pattern && { pattern }) };
}
