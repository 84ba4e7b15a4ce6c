import { readKerasSource, type SourceTexts } from '../../keras/source/readKerasSource';
import type { KerasSource, KerasSourceModel } from '../../keras/source/sourceModel';
import type { KerasValue } from '../../keras/kerasModel';
import type { SourcePlace } from '../../model/origin';
import type { SourceText } from '../foundModel';
import { givenValueOf, pythonTextOf } from '../givenValue';
import type { GivenValue } from '../programChoice';
import { conversionOf, directives, type Conversion } from './conversion';
import { modelPlaceOf } from '../kinds';
import type { Siblings } from '../source';

/** A model of a program under the name that it is chosen by. */
export interface ProgramModel {
  readonly id: string;
  readonly read: KerasSourceModel;
}

/** A program with what it builds. */
export interface ReadProgram {
  readonly models: readonly ProgramModel[];
  readonly problems: KerasSource['problems'];
  readonly conversion: Conversion;
  /** Values that were given for what is open, as Python writes them, by name. */
  readonly given: ReadonlyMap<string, { readonly value: string; readonly origin: string }>;
  /** A place as it is named from the program's own folder. */
  readonly placeOf: (place: SourcePlace) => SourcePlace;
}

/** Folders above a program in which modules are looked for: where it would be started from is not known. */
const mostFoldersAbove = 3;

/** Programs that are kept, the one that was read last at the end. */
const mostKept = 4;

/** Characters of programs that are kept, with those of the files that they were read with. */
const mostCharacters = 4_000_000;

interface KeptProgram {
  readonly entry: string;
  /** What was chosen for it, as JSON. */
  readonly choice: string | undefined;
  readonly text: string;
  /** Programs that may call what it defines. */
  readonly callers: readonly string[];
  /** What was asked for beside it, and what was there. */
  readonly asked: ReadonlyMap<string, string | undefined>;
  readonly program: ReadProgram;
}

let kept: readonly KeptProgram[] = [];

/** Reads a program once, however often it is asked about, while it and all that it takes from files are the same. */
export function readProgram({ path, content, siblings, programChoice }: SourceText): ReadProgram {
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
  const entry = entryOf(path);
  const choice = JSON.stringify(programChoice);
  const beside = textsBeside(entry, siblings);
  const callers = callersOf(entry, siblings);
  const known = kept.find(
    (each) =>
      each.entry === entry &&
      each.choice === choice &&
      each.text === text &&
      each.callers.join('\n') === callers.join('\n') &&
      isSame(each.asked, beside),
  );
  const asked = new Map<string, string | undefined>();
  const program =
    known?.program ??
    followed({ entry, text, callers }, programChoice, (name) => {
      const found = beside(name);
      asked.set(name, found);
      return found;
    });
  keep(known ?? { entry, choice, text, callers, asked, program });
  return program;
}

function followed(
  { entry, text, callers }: Pick<KeptProgram, 'entry' | 'text' | 'callers'>,
  programChoice: SourceText['programChoice'],
  beside: SourceTexts,
): ReadProgram {
  const texts: SourceTexts = (path) => (path === entry ? text : beside(path));
  const placeOf = (place: SourcePlace): SourcePlace => ({ ...place, file: fromFolder(entry, place.file) });
  const named = (paths: readonly string[]): ReturnType<typeof textsNamed> => textsNamed(paths, texts, entry);
  const conversion = conversionOf({
    program: { file: fromFolder(entry, entry), text },
    chosen: programChoice?.conversion,
    converters: named(converterNames.map((name) => besideEntry(entry, name)).filter((each) => each !== entry)),
    requirements: named(foldersOf(entry).flatMap((folder) => packageFiles.map((name) => folder + name))),
  });
  const said = directives(text);
  const chosenValues = (programChoice?.values ?? [])
    .filter(({ name, isOver }) => isOver === true || !said.has(name))
    .map((each) => ({ ...each, value: writtenValue(each.value) }));
  const openValues = new Map(chosenValues.map(({ name, value }) => [name, value as KerasValue]));
  const { models, problems } = readKerasSource(texts, entry, {
    flavour: conversion.flavour,
    openValues,
    callers,
  });
  const ownValues = [...said].map(([name, value]) => ({ name, value, origin: 'comment' }));
  const givenTexts = chosenValues.map(({ name, value, origin }) => ({ name, value: pythonTextOf(value), origin }));
  const given = new Map([...ownValues, ...givenTexts].map((each) => [each.name, each]));
  return { models: withIds(models), problems, conversion, given, placeOf };
}

function isSame(asked: KeptProgram['asked'], beside: SourceTexts): boolean {
  return [...asked].every(([path, text]) => beside(path) === text);
}

function keep(program: KeptProgram): void {
  let characters = 0;
  const latest = [...kept.filter((each) => each !== program), program].slice(-mostKept).reverse();
  const fitting = latest.filter(({ text, asked }) => {
    characters += text.length;
    for (const other of asked.values()) characters += other?.length ?? 0;
    return characters <= mostCharacters;
  });
  kept = fitting.reverse();
}

/** Programs that convert models are called so in public projects. */
const converterNames = [
  'convert.py',
  'convert_tflite.py',
  'convert_to_tflite.py',
  'quantize.py',
  'export.py',
  'export_tflite.py',
  'tflite_converter.py',
];

/** Files that say which packages a project installs. */
const packageFiles = ['requirements.txt', 'environment.yml', 'pyproject.toml', 'Pipfile'];

/** The folder of a program, then those above it, each with `/` at its end; the topmost is empty. */
function foldersOf(entry: string): readonly string[] {
  const parts = entry.split('/').slice(0, -1);
  return [...parts.keys(), parts.length]
    .map((count) =>
      parts
        .slice(0, count)
        .map((part) => `${part}/`)
        .join(''),
    )
    .reverse();
}

/** The files that are there, named from the program's folder. */
function textsNamed(
  paths: readonly string[],
  texts: SourceTexts,
  entry: string,
): readonly { readonly file: string; readonly text: string }[] {
  return paths.flatMap((path) => {
    const text = texts(path);
    return text === undefined ? [] : [{ file: fromFolder(entry, path), text }];
  });
}

/** A text of JSON that writes a tuple as Python does is one. */
function writtenValue(value: GivenValue): GivenValue {
  const isList = typeof value === 'string' && /^\s*[[(]/.test(value);
  return (isList ? givenValueOf(value) : undefined) ?? value;
}

function besideEntry(entry: string, name: string): string {
  return [...entry.split('/').slice(0, -1), name].join('/');
}

/** The end of a path, with as many folders as modules are looked for in. */
function entryOf(path: string): string {
  const parts = modelPlaceOf(path)
    .file.split(/[\\/]/)
    .filter((part) => part !== '' && part !== '.');
  return parts.slice(-1 - mostFoldersAbove).join('/');
}

/** Files beside a program as texts, each decoded once. */
function textsBeside(entry: string, siblings: Siblings | undefined): SourceTexts {
  const known = new Map<string, string | undefined>();
  return (path) => {
    if (known.has(path)) return known.get(path);
    const bytes = siblings?.read(fromFolder(entry, path));
    const text = bytes && new TextDecoder().decode(bytes);
    known.set(path, text);
    return text;
  };
}

/** Programs that may call what this one defines; tests last, since they pass what is small. */
function callersOf(entry: string, siblings: Siblings | undefined): readonly string[] {
  const [name, folder] = entry.split('/').reverse();
  if (siblings?.importers === undefined || !name.endsWith('.py')) return [];
  const stem = name.slice(0, -'.py'.length);
  const names = [...(stem === '__init__' ? [] : [stem]), ...(folder === undefined ? [] : [folder])];
  const found = siblings.importers(names).flatMap((each) => fromEntry(entry, each) ?? []);
  const isTest = (path: string): boolean => /(?:^|\/)(?:tests?\/|test_|conftest)|_test\.py$/.test(path);
  return [...found.filter((path) => !isTest(path)), ...found.filter(isTest)];
}

/** A name from the folder of `entry` as a path beside it; `undefined` for what lies above all that is known. */
function fromEntry(entry: string, name: string): string | undefined {
  const folder = entry.split('/').slice(0, -1);
  const parts = name.split('/');
  const up = parts.findIndex((part) => part !== '..');
  return up > folder.length ? undefined : [...folder.slice(0, folder.length - up), ...parts.slice(up)].join('/');
}

/** A path beside `entry`, as it is named from the folder of `entry`. */
function fromFolder(entry: string, path: string): string {
  const folder = entry.split('/').slice(0, -1);
  const parts = path.split('/');
  let common = 0;
  while (common < folder.length && common < parts.length - 1 && folder[common] === parts[common]) common += 1;
  return [...folder.slice(common).map(() => '..'), ...parts.slice(common)].join('/');
}

/** By the variable that holds a model, else by the function that makes it, else by the model's own name. */
function withIds(models: readonly KerasSourceModel[]): readonly ProgramModel[] {
  const counts = new Map<string, number>();
  return models.map((read) => {
    const name = read.names.at(0) ?? read.template?.name ?? read.model.name;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { id: count === 1 ? name : `${name}~${count}`, read };
  });
}
