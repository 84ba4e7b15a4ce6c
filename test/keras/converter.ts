import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { estimate } from '../../src/core/estimate/estimate';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { converterBytes } from '../../src/core/formats/tflite/converterSize';
import { readTflite } from '../../src/core/formats/tflite/reader';
import { readKerasFile } from '../../src/core/keras/files/kerasFile';
import { convertKeras } from '../../src/core/keras/lower/convert';
import type { Model, Tensor } from '../../src/core/model/model';
import { HumanError } from '../../src/core/model/problem';
import type { KerasTruth, KerasTruthModel } from '../support/keras';
import { asConverted, conversionKinds, conversionOptions, type ConversionKind } from './conversionKinds';
import { operatorTexts, truthOperatorTexts } from './operatorText';

/**
 * Compares what is made of trained Keras files with what the official converter made of them: `node --import tsx
 * test/keras/converter.ts [FOLDER] [--arena] [ID …] [KIND …]`. The folder has `truth` and `files` as the README of the
 * shared models says.
 */

interface Row {
  readonly kind: ConversionKind;
  readonly isEqual: boolean;
  readonly isMarked: boolean;
  readonly flashShare: number;
  readonly isArenaEqual?: boolean;
  readonly areConstantsEqual?: boolean;
}

const { target } = resolveTarget({ runtime: 'tflm-reference' });

function arenaOf(model: Model): number | undefined {
  const { arena } = estimate(model, 'model.tflite', target, {});
  return arena.known ? arena.arena.minimumBytes : undefined;
}

function floats({ type, data }: Tensor): Float32Array | undefined {
  return type === 'float32' && data !== undefined ? new Float32Array(data.slice().buffer) : undefined;
}

/** Places of operators whose float constants differ by more than rounding. */
function otherConstants(own: Model, official: Model): readonly string[] {
  return own.graphs.flatMap((graph, at) =>
    graph.operators.flatMap((operator, index) =>
      operator.inputs.flatMap((input, place): readonly string[] => {
        const other = official.graphs[at]?.operators[index]?.inputs[place] ?? -1;
        if (input < 0 || other < 0) return [];
        const [mine, theirs] = [floats(graph.tensors[input]), floats(official.graphs[at].tensors[other])];
        if (mine === undefined || theirs === undefined) return [];
        const most = theirs.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-30);
        const isSame =
          mine.length === theirs.length && mine.every((value, i) => Math.abs(value - theirs[i]) <= 2e-5 * most);
        return isSame ? [] : [`${at} ${index} ${operator.kind} input ${place}`];
      }),
    ),
  );
}

function compare({ folder, id, model }: Compared, kind: ConversionKind, options: Options): Row | string | undefined {
  const truth = model.conversions[kind];
  if (truth === undefined) return undefined;
  const bytesOf = (file: string | undefined): Uint8Array | undefined =>
    file !== undefined && existsSync(join(folder, file)) ? new Uint8Array(readFileSync(join(folder, file))) : undefined;
  const isKeras2 = kind.startsWith('keras2');
  const trained =
    bytesOf(model.files?.[isKeras2 ? 'keras2.keras' : 'keras']?.file) ??
    bytesOf(model.files?.[isKeras2 ? 'keras2.h5' : 'h5']?.file);
  if (trained === undefined) return 'no trained file';
  let made: ReturnType<typeof convertKeras>;
  try {
    made = convertKeras(asConverted(readKerasFile(trained), kind), conversionOptions(kind, model.keras.flavour));
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    return truth.error !== undefined ? `both refuse (${error.code})` : `REFUSED HERE ${error.code}: ${error.message}`;
  }
  if (truth.error !== undefined) return `official refuses: ${truth.error.slice(0, 90)}`;
  const [own, official] = [operatorTexts(made.model), truthOperatorTexts(truth)];
  const isEqual = own.length === official.length && own.every((text, index) => text === official[index]);
  const file = bytesOf(truth.file);
  const read = file && readTflite(file).model;
  const name = `${id} ${model.name} ${kind}`;
  const constants = isEqual && read && !kind.includes('int') ? otherConstants(made.model, read) : [];
  const isArenaEqual = options.arena && read ? arenaOf(read) === arenaOf(made.model) : undefined;
  if (options.isVerbose && !isEqual) printDifference(own, official);
  if (options.isVerbose) {
    constants.forEach((text) => console.log(`    constant: ${text}`));
    if (isArenaEqual === false && read) console.log(`    arena ${arenaOf(made.model)} not ${arenaOf(read)}`);
    if (isEqual && read && process.argv.includes('--names')) printNames(made.model, read);
  }
  return {
    kind,
    isEqual,
    isMarked: made.unproven.length > 0,
    flashShare: (converterBytes(made.model) - truth.bytes) / truth.bytes,
    ...(isArenaEqual !== undefined && { isArenaEqual }),
    ...(isEqual && read && { areConstantsEqual: constants.length === 0 }),
    ...{ name },
  };
}

function printNames(own: Model, official: Model): void {
  own.graphs.forEach((graph, at) =>
    graph.operators.forEach((operator, index) => {
      const other = official.graphs[at].operators[index];
      const pairs = [
        ...operator.inputs.map((tensor, place) => [tensor, other.inputs[place]]),
        ...operator.outputs.map((tensor, place) => [tensor, other.outputs[place]]),
      ];
      for (const [mine, theirs] of pairs) {
        if (mine < 0 || theirs < 0) continue;
        const [name, wanted] = [graph.tensors[mine].name, official.graphs[at].tensors[theirs].name];
        if (name.length !== wanted.length)
          console.log(`    ${at} ${index} ${operator.kind}\n      - ${name}\n      + ${wanted}`);
      }
    }),
  );
}

function printDifference(own: readonly string[], official: readonly string[]): void {
  const shorter = (text: string): string => text.slice(0, 260);
  let first = 0;
  while (first < own.length && own[first] === official[first]) first += 1;
  let last = 0;
  while (last < own.length - first && last < official.length - first && own.at(-1 - last) === official.at(-1 - last))
    last += 1;
  console.log(`    first ${first} and last ${last} are equal, of ${own.length} here and ${official.length} there`);
  for (const text of own.slice(first, own.length - last).slice(0, 24)) console.log(`    - ${shorter(text)}`);
  for (const text of official.slice(first, official.length - last).slice(0, 24)) console.log(`    + ${shorter(text)}`);
}

interface Compared {
  readonly folder: string;
  readonly id: string;
  readonly model: KerasTruthModel;
}

interface Options {
  readonly arena: boolean;
  readonly isVerbose: boolean;
}

function main(): void {
  const flags = process.argv.slice(2).filter((text) => text.startsWith('--'));
  const [given, ...rest] = process.argv.slice(2).filter((text) => !text.startsWith('--'));
  const folder = resolve(given ?? '../shared/keras');
  const kinds = conversionKinds.filter((kind) => rest.includes(kind));
  const ids = rest.filter((text) => !conversionKinds.includes(text as ConversionKind));
  const options = { arena: flags.includes('--arena'), isVerbose: ids.length > 0 || flags.includes('--verbose') };
  const rows: Row[] = [];
  const refused: string[] = [];
  for (const name of readdirSync(join(folder, 'truth')).sort()) {
    const id = name.replace(/\.json$/, '');
    if (ids.length > 0 && !ids.includes(id)) continue;
    let truth: KerasTruth;
    try {
      truth = JSON.parse(readFileSync(join(folder, 'truth', name), 'utf8')) as KerasTruth;
    } catch {
      continue;
    }
    for (const model of truth.models) {
      for (const kind of kinds.length > 0 ? kinds : conversionKinds) {
        let row: ReturnType<typeof compare>;
        try {
          row = compare({ folder, id, model }, kind, options);
        } catch (error) {
          row = `CRASH ${error instanceof Error ? error.stack?.slice(0, 500) : ''}`;
        }
        if (row === undefined) continue;
        const place = `${id} ${model.name} ${kind}`;
        if (typeof row === 'string') {
          if (!row.startsWith('both')) refused.push(`${place}: ${row}`);
          continue;
        }
        rows.push(row);
        const marks = [
          row.isEqual ? '' : row.isMarked ? 'operators differ (marked)' : 'OPERATORS DIFFER',
          row.areConstantsEqual === false ? 'CONSTANTS DIFFER' : '',
          row.isArenaEqual === false ? (row.isMarked ? 'arena differs (marked)' : 'ARENA DIFFERS') : '',
          Math.abs(row.flashShare) > 0.01 ? `flash ${(100 * row.flashShare).toFixed(1)} %` : '',
        ].filter((text) => text !== '');
        if (marks.length > 0) console.log(`${place}: ${marks.join(', ')}`);
      }
    }
  }
  for (const line of refused) console.log(line);
  printTotals(rows);
}

function printTotals(rows: readonly Row[]): void {
  const share = (list: readonly Row[], test: (row: Row) => boolean): string =>
    `${list.filter(test).length} of ${list.length}`;
  for (const kind of ['all', ...conversionKinds]) {
    const own = rows.filter((row) => kind === 'all' || row.kind === kind);
    if (own.length === 0) continue;
    const arenas = own.filter(({ isArenaEqual }) => isArenaEqual !== undefined);
    const constants = own.filter(({ areConstantsEqual }) => areConstantsEqual !== undefined);
    console.log(
      [
        `${kind}: operators ${share(own, ({ isEqual }) => isEqual)}`,
        `other and not marked ${own.filter(({ isEqual, isMarked }) => !isEqual && !isMarked).length}`,
        `marked ${own.filter(({ isMarked }) => isMarked).length}`,
        `constants ${share(constants, ({ areConstantsEqual }) => areConstantsEqual === true)}`,
        `arena ${share(arenas, ({ isArenaEqual }) => isArenaEqual === true)}`,
        `flash within 1 % ${share(own, ({ flashShare }) => Math.abs(flashShare) <= 0.01)}`,
      ].join(', '),
    );
  }
}

main();
