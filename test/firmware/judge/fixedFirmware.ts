import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { estimate } from '../../../src/core/estimate/estimate';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import { Firmware } from '../../../src/core/firmware/firmware';
import type { FirmwareFinding } from '../../../src/core/firmwareRules/firmwareProblems';
import { firmwareContext, firmwareProblems } from '../../../src/core/firmwareRules/firmwareProblems';
import type { FirmwareContext, FirmwareModel } from '../../../src/core/firmwareRules/rule';
import { readModel } from '../../../src/core/formats/formats';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import { sharedModelBytes, sharedModelsMissing } from '../../support/models';
import type { CorpusModel, Sources } from '../corpus/corpus';
import { corpusModels } from '../corpus/models';
import { changed, edited } from '../corpus/projects';
import { rows } from '../corpus/rows';
import type { JudgedCase } from './cases';

/** A firmware after its fixes. */
export interface FixedFirmware {
  /** With the bytes of its models in their arrays. */
  readonly files: Sources;
  readonly interpreters: number;
  /** Those whose size a fix wrote. */
  readonly arenas: readonly Arena[];
}

interface Arena {
  readonly bytes: number;
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** What has to be right before a model runs; the rest is no matter of a judge. */
const codes = /^firmware-(?:arena-too-(?:small|large)|operator-(?:missing|unused)|resolver-room|all-operators)$/;
const mostFixes = 40;

/** Whether a case needs models that are not here. */
export function isMissing({ models = {} }: JudgedCase): boolean {
  return sharedModelsMissing !== false && Object.values(models).some((name) => name.startsWith('shared/'));
}

/** A case's project with every fix of arena and operators. `smaller`: which arena gets 16 bytes less in the end. */
export function fixedFirmware(judged: JudgedCase, smaller?: number): FixedFirmware {
  const row = rows.find(({ name }) => name === judged.row);
  if (row === undefined) throw new Error(`The corpus has no row "${judged.row}".`);
  const bytes = new Map(
    Object.entries({ ...row.project.models, ...judged.models }).map(([place, name]) => [place, bytesOf(name)]),
  );
  let files = changed(row.project.files, row.changes ?? []);
  for (let fixes = 0; fixes < mostFixes; fixes += 1) {
    // What is missing goes in before what is too much goes out: an operator is added beside others.
    const found = firmwareProblems(contextOf(files, bytes, judged)).filter(isFixed);
    const next = found.find(({ severity }) => severity === 'error') ?? found.at(0);
    if (next === undefined) break;
    files = edited(files, next);
  }
  const before = pairingsOf(changed(row.project.files, row.changes ?? []), bytes, judged);
  const pairings = pairingsOf(files, bytes, judged);
  const written = arenasOf(pairings).filter((arena, index) => arena.bytes !== arenasOf(before)[index].bytes);
  const arena = smaller === undefined ? undefined : written[smaller];
  if (arena !== undefined) {
    const { file, start, end, bytes: size } = arena;
    files = { ...files, [file]: `${files[file].slice(0, start)}${size - 16}${files[file].slice(end)}` };
  }
  return { files: withBytes(files, bytes), interpreters: pairings.length, arenas: written };
}

/** A function that makes an interpreter of whatever it is given, and that nobody calls, has no models. */
function pairingsOf(
  files: Sources,
  bytes: ReadonlyMap<string, Uint8Array>,
  judged: JudgedCase,
): FirmwareContext['pairings'] {
  return contextOf(files, bytes, judged).pairings.filter(({ models }) => models.length > 0);
}

function isFixed({ code, fixes }: FirmwareFinding): boolean {
  return codes.test(code) && fixes.length > 0;
}

function contextOf(files: Sources, bytes: ReadonlyMap<string, Uint8Array>, { runtime }: JudgedCase): FirmwareContext {
  const { target } = resolveTarget({ board: 'nrf52840dk', runtime, settings: { tflmVersion: '90b983c2' } });
  const models = [...bytes].map(([place, file]): FirmwareModel => {
    const [path, array] = place.split(' ');
    const { model } = readModel({ path: 'model.tflite', bytes: file });
    return { path, array, hash: place, model, target, report: estimate(model, path, target, {}).report };
  });
  return firmwareContext(new Firmware(new Map(Object.entries(files))), models);
}

function arenasOf(pairings: FirmwareContext['pairings']): readonly Arena[] {
  const found = new Map<string, Arena>();
  for (const { arena } of pairings) {
    const origin = arena?.size?.origin;
    if (arena?.size === undefined || origin === undefined) throw new Error('The size of an arena is not found.');
    const { start, end, file } = origin;
    found.set(`${file.path} ${start}`, { bytes: arena.size.value, file: file.path, start, end });
  }
  return [...found.values()].sort((left, right) => left.start - right.start);
}

function bytesOf(name: string): Uint8Array {
  if (name.startsWith('shared/')) return sharedModelBytes(name.slice('shared/'.length));
  if (name === 'digits') {
    return new Uint8Array(readFileSync(resolve(import.meta.dirname, '../../../examples/digits/digits_float.tflite')));
  }
  return writeTflite(corpusModels[name as CorpusModel]);
}

function withBytes(files: Sources, bytes: ReadonlyMap<string, Uint8Array>): Sources {
  const after = { ...files };
  for (const [place, model] of bytes) {
    const [path, array] = place.split(' ');
    const start = after[path].indexOf('{', after[path].indexOf(` ${array}[`));
    const end = after[path].indexOf('}', start);
    after[path] = `${after[path].slice(0, start)}{${model.join()}${after[path].slice(end)}`;
  }
  return after;
}
