import type { TargetChoice } from '../estimate/choice';
import { estimate } from '../estimate/estimate';
import type { Report } from '../estimate/report';
import { blankBodies } from '../firmware/arrays/blankBodies';
import { arrayBytes } from '../firmware/arrays/decode';
import { scanArrays } from '../firmware/arrays/scan';
import { unitsOf } from '../firmware/arrays/units';
import type { BuildFlags } from '../firmware/firmware';
import { Firmware } from '../firmware/firmware';
import type { FirmwareFinding } from '../firmwareRules/firmwareProblems';
import { firmwareProblems } from '../firmwareRules/firmwareProblems';
import type { FirmwareModel } from '../firmwareRules/rule';
import { readModel } from '../formats/formats';
import { isTflite } from '../formats/tflite/reader';
import { modelHash } from '../measure/measurement';
import { HumanError } from '../model/problem';
import type { ArenaFacts } from '../runtimes/facts';
import { runtimes } from '../runtimes/runtimes';
import { tflmVersions } from '../runtimes/tflm/versions';
import { analyse } from './analyse';
import type { AnalysisRequest } from './analysis';
import { subjectOf } from './subject';

/** The files of a folder that say how its firmware uses which models. */
export interface FirmwareRequest {
  /** Texts of C, C++ and Arduino files, by path. */
  readonly sources: ReadonlyMap<string, string>;
  /** Models in files of their own, by path. */
  readonly models: ReadonlyMap<string, Uint8Array>;
  readonly target: TargetChoice;
  readonly flags?: BuildFlags;
}

/** A model of a folder: its report, or the sentence why it has none. */
export interface FolderModel {
  readonly path: string;
  /** The array that holds it. */
  readonly array?: string;
  readonly report?: Report;
  readonly failure?: { readonly code: string; readonly message: string };
}

/** What there is to say about a folder with firmware. */
export interface FirmwareAnalysis {
  readonly models: readonly FolderModel[];
  readonly findings: readonly FirmwareFinding[];
}

/** Finds the models of a folder, in files and in arrays, and what is wrong in how its firmware uses them. */
export function analyseFirmware({ sources, models, target, flags }: FirmwareRequest): FirmwareAnalysis {
  const scanned = [...sources].map(([path, text]) => scanSource(path, text));
  const firmware = new Firmware(new Map(scanned.map(({ path, text }) => [path, text])), flags);
  const held = [
    ...[...models].map(([path, bytes]) => ({ path, bytes })),
    ...scanned.flatMap(({ path, arrays }) => arrays.map((each) => ({ path, ...each }))),
  ];
  const read = held.map((each) => readHeld(each, target));
  const usable = read.map(({ usable: model }) => model).filter((model) => model !== undefined);
  const { target: resolved } = subjectOf({ path: '', bytes: new Uint8Array(), read: nothing, target });
  return { models: read.map(({ found }) => found), findings: firmwareProblems(firmware, usable, resolved) };
}

/** Where only a target is asked for. */
const nothing: AnalysisRequest['read'] = {
  model: { format: 'tflite', formatVersion: 3, fileBytes: 0, metadata: [], signatures: [], graphs: [] },
  problems: [],
};

interface Held {
  readonly path: string;
  readonly array?: string;
  readonly bytes: Uint8Array;
}

interface ScannedFile {
  readonly path: string;
  /** Without the bodies of long arrays. */
  readonly text: string;
  readonly arrays: readonly { readonly array: string; readonly bytes: Uint8Array }[];
}

/** TFLite's mark is in the first bytes. */
const headElements = 8;

function scanSource(path: string, text: string): ScannedFile {
  const units = unitsOf(text);
  const scanned = scanArrays(units);
  const arrays = scanned.arrays
    .filter((array) => array.flaw === undefined && isTflite(arrayBytes(units, array, headElements)))
    .map((array) => ({ array: array.name, bytes: arrayBytes(units, array) }));
  return { path, text: blankBodies(text, scanned), arrays };
}

function readHeld(
  { path, array, bytes }: Held,
  target: TargetChoice,
): { readonly found: FolderModel; readonly usable?: FirmwareModel } {
  const name = array === undefined ? path : `${path}#${array}`;
  try {
    const read = readModel({ path: 'model.tflite', bytes });
    const request: AnalysisRequest = { path: name, bytes, read, target };
    const { report } = analyse(request);
    const usable: FirmwareModel = {
      path,
      array,
      hash: modelHash(bytes),
      model: read.model,
      report,
      arenas: isOpen(target) ? once(() => possibleArenas(request)) : undefined,
    };
    return { found: { path, array, report }, usable };
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    return { found: { path, array, failure: { code: error.code, message: error.message } } };
  }
}

/** Whether nothing says which kernels run the model. */
function isOpen({ board, runtime }: TargetChoice): boolean {
  return board === undefined && runtime === undefined;
}

/** With every library of kernels, in every version that is known. */
function possibleArenas(request: AnalysisRequest): readonly ArenaFacts[] {
  const choices = runtimes.flatMap(({ id }) => tflmVersions.map((version) => ({ runtime: id, version })));
  return choices
    .map(({ runtime, version }) => {
      const settings = { tflmVersion: version.id, ...request.target.settings };
      const { model, target, limits } = subjectOf({ ...request, target: { ...request.target, runtime, settings } });
      return estimate(model, request.path, target, limits).report.arena;
    })
    .filter((arena) => arena !== undefined);
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
