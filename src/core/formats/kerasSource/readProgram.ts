import { readKerasSource, type SourceTexts } from '../../keras/source/readKerasSource';
import type { KerasSource, KerasSourceModel } from '../../keras/source/sourceModel';
import type { SourcePlace } from '../../model/origin';
import type { SourceText } from '../foundModel';
import { conversionOf, type Conversion } from './conversion';
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
  /** A place as it is named from the program's own folder. */
  readonly placeOf: (place: SourcePlace) => SourcePlace;
}

/** Folders above a program in which modules are looked for: where it would be started from is not known. */
const mostFoldersAbove = 3;

/** Reads a program once, however often it is asked about. */
export function readProgram({ path, content, siblings }: SourceText): ReadProgram {
  const known = typeof content === 'string' ? undefined : kept.get(content);
  if (known !== undefined) return known;
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
  const entry = entryOf(path);
  const asked = { count: 0 };
  const texts = textsOf(entry, text, siblings, asked);
  const conversion = conversionOf(text, texts(besideEntry(entry, 'requirements.txt')));
  const { models, problems } = readKerasSource(texts, entry, { flavour: conversion.flavour });
  const placeOf = (place: SourcePlace): SourcePlace => ({ ...place, file: fromFolder(entry, place.file) });
  const read = { models: withIds(models), problems, conversion, placeOf };
  // What is taken from other files may change while these bytes stay the same.
  if (typeof content !== 'string' && asked.count === 0) kept.set(content, read);
  return read;
}

const kept = new WeakMap<Uint8Array, ReadProgram>();

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

function textsOf(entry: string, text: string, siblings: Siblings | undefined, asked: { count: number }): SourceTexts {
  return (path) => {
    if (path === entry) return text;
    asked.count += 1;
    const bytes = siblings?.read(fromFolder(entry, path));
    return bytes && new TextDecoder().decode(bytes);
  };
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
