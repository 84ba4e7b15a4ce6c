import type { KerasFlavour } from '../../keras/kerasModel';
import type { EdgeTypes } from '../../keras/lower/edges';
import type { Batch } from '../../keras/lower/lowerModel';
import type { ProgramFact } from '../../model/program';
import {
  conversionKeyOf,
  conversionKeys,
  conversionValue,
  type ConversionKey,
  type ConvertedNumbers,
  type ProgramSaying,
} from '../programChoice';
import { codeSayings, type CodeSaying } from './conversionCode';
import { installedKeras } from './installedKeras';

/** How a program's model is converted, with what says each part of it, and which of that nothing says. */
export interface Conversion extends EdgeTypes {
  readonly numbers: ConvertedNumbers;
  readonly batch: Batch;
  readonly flavour: KerasFlavour;
  /** Files of trained weights that the program names, by their names from its folder, the likeliest first. */
  readonly trainedFiles: readonly string[];
  readonly facts: readonly ProgramFact[];
  /** A whole sentence about what was taken; absent where all is said. */
  readonly assumption?: string;
}

/** A text file of the project, named from the program's own folder. */
interface ProjectText {
  readonly file: string;
  readonly text: string;
}

/** What may say how a program is converted. */
interface ConversionSources {
  /** The program. */
  readonly program: ProjectText;
  /** Choices from outside of the program. */
  readonly chosen?: readonly ProgramSaying[];
  /** Programs beside it that may convert, in the order in which they are believed. */
  readonly converters?: readonly ProjectText[];
  /** Files that say which packages are installed, the nearest first. */
  readonly requirements?: readonly ProjectText[];
}

type Said = Omit<CodeSaying, 'key'>;

/**
 * Each part by what says it first: a choice over the program, its comments
 * (`# milliwatt: numbers=float32; batch=1; keras=2`), other choices (`milliwatt.json`, settings), code that converts,
 * here or beside it, packages that the project installs, else as most programs do: int8, inputs and outputs included,
 * with the batch left open, by Keras 3.
 */
export function conversionOf({
  program,
  chosen = [],
  converters = [],
  requirements = [],
}: ConversionSources): Conversion {
  const outside = (isOver: boolean): ReadonlyMap<string, Said> =>
    new Map(chosen.filter((each) => (each.isOver ?? false) === isOver).map((each) => [each.name, saidBy(each)]));
  const code = [program, ...converters].map((text) => codeSayings(text)).find(({ length }) => length > 0) ?? [];
  const sources: readonly ReadonlyMap<string, Said | undefined>[] = [
    outside(true),
    directiveSayings(program),
    outside(false),
    new Map(code.map((each) => [each.key, each])),
    new Map([['withKeras', installedKeras([program, ...requirements])]]),
  ];
  const said = (key: ConversionKey): Said | undefined =>
    sources.flatMap((source) => source.get(key) ?? []).find(({ value }) => conversionValue(key, value) !== undefined);
  const saidNumbers = said('numbers');
  // What the converter takes where its code says no types holds for the numbers that this code asks for.
  const isOfCode = saidNumbers !== undefined && code.includes(saidNumbers as CodeSaying);
  const edge = (key: 'inputType' | 'outputType'): Said | undefined => {
    const one = said(key);
    return one?.isUnsaid === true && !isOfCode ? undefined : one;
  };
  const all = {
    numbers: saidNumbers,
    inputType: edge('inputType'),
    outputType: edge('outputType'),
    batch: said('batch'),
    withKeras: said('withKeras'),
  };
  const numbers = (all.numbers?.value ?? 'int8') as ConvertedNumbers;
  const isFloat = numbers === 'float32';
  return {
    numbers,
    ...(all.inputType && !isFloat && { inputType: all.inputType.value as EdgeTypes['inputType'] }),
    ...(all.outputType && !isFloat && { outputType: all.outputType.value as EdgeTypes['outputType'] }),
    batch: String(all.batch?.value) === '1' ? 1 : 'open',
    flavour: String(all.withKeras?.value) === '2' ? 'keras2' : 'keras3',
    trainedFiles: trainedFilesOf(program.text, directives(program.text).get('weights')),
    facts: factsOf(all, numbers),
    ...(all.numbers === undefined && {
      assumption:
        'Nothing here converts the model: int8 is taken, inputs and outputs included, with the batch left open. ' +
        'A comment says another conversion: "# milliwatt: numbers=float32; batch=1; keras=2"; so do "conversion" in ' +
        'milliwatt.json and the settings.',
    }),
  };
}

/**
 * What a comment says, else what the program saves or loads, the last first: `model.save("kws.keras")`,
 * `ModelCheckpoint(filepath="best.keras")`.
 */
function trainedFilesOf(text: string, said: string | undefined): readonly string[] {
  if (said !== undefined) return [said];
  const saved =
    /(?:\.(?:save|save_weights|load_weights)|\bModelCheckpoint)\(\s*(?:filepath\s*=\s*)?\\?["']([\w./-]{1,200}\.(?:keras|h5))\\?["']/g;
  return [...text.matchAll(saved)].map(([, name]) => name).reverse();
}

function saidBy({ value, origin }: ProgramSaying): Said {
  return { value: typeof value === 'string' || typeof value === 'number' ? value : '', origin };
}

const defaults: Readonly<Record<ConversionKey, string>> = {
  numbers: 'int8',
  inputType: 'as activations',
  outputType: 'as activations',
  batch: 'open',
  withKeras: '3',
};

function factsOf(
  said: Readonly<Record<ConversionKey, Said | undefined>>,
  numbers: ConvertedNumbers,
): readonly ProgramFact[] {
  const keys = Object.keys(conversionKeys) as ConversionKey[];
  // A float model has no other edges.
  const shown = keys.filter((key) => numbers !== 'float32' || (key !== 'inputType' && key !== 'outputType'));
  return shown.map((key): ProgramFact => {
    const { name } = conversionKeys[key];
    const one = said[key];
    if (one === undefined) return { key, name, value: defaults[key], origin: 'default' };
    return { key, name, value: String(one.value), origin: one.origin, ...(one.place && { place: one.place }) };
  });
}

/** What comments say about the conversion. */
function directiveSayings({ file, text }: ProjectText): ReadonlyMap<string, Said> {
  const all = new Map<string, Said>();
  for (const [name, value] of directives(text)) {
    const key = conversionKeyOf(name);
    if (key !== undefined) all.set(key, { value, origin: 'comment', place: { file } });
  }
  return all;
}

/** What comments of a program say, by name. */
export function directives(text: string): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const [, parts] of text.matchAll(/#\s*milliwatt:([^\n"]*)/g)) {
    for (const part of parts.split(';')) {
      const at = part.indexOf('=');
      const value = part.slice(at + 1).replace(/\\n$/, '');
      if (at > 0) all.set(part.slice(0, at).trim(), value.trim());
    }
  }
  return all;
}
