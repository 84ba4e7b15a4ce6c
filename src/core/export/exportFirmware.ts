import type { Report } from '../estimate/report';
import { resultContent } from '../formats/results';
import type { ExportStamp } from '../firmware/exportStamp';
import { isUnedited, stamped } from '../firmware/exportStamp';
import { enoughArena } from '../firmwareRules/needs';
import { addCall } from '../firmwareRules/operators';
import type { FirmwareModel } from '../firmwareRules/rule';
import { operatorName } from '../model/model';
import { HumanError } from '../model/problem';
import type { Target } from '../runtimes/target';
import { resourceNames } from '../runtimes/tflm/resources';
import type { ExportStyle } from './exportStyles';
import type { ProgramParts } from './programText';
import { headerText, sourceText } from './programText';

/** A model that is to be run by firmware, analysed for its target. */
interface ExportedModel extends Pick<FirmwareModel, 'hash' | 'model' | 'target' | 'arenas'> {
  /** Its path from the folder that is written into, with `/` between folders. */
  readonly path: string;
  /** The TFLite file. */
  readonly bytes: Uint8Array;
  readonly report: Report;
}

/** A file to write, by its path in that folder. */
export interface ExportedFile {
  readonly path: string;
  readonly text: string;
}

/** Findings that are of the board's budget or of style: a model with one of them runs. */
const doesRun = new Set(['arena-over-region', 'flash-over', 'latency-over', 'power-over']);

/**
 * The sources that run a model: its array, exactly its operators, its arena, and a way to its inputs and outputs.
 * @throws HumanError where TFLM would not run it, or its arena is not known
 */
export function exportFirmware(exported: ExportedModel, style: ExportStyle): readonly ExportedFile[] {
  const name = exportName(exported.path);
  const parts = partsOf(exported, name, style);
  const folder = style.folder(name);
  const stamp = stampFor(exported, folder, style);
  const written = (file: string, text: string, comment: '//' | '#' = '//'): ExportedFile => ({
    path: folder === '' ? file : `${folder}/${file}`,
    text: stamped(text, stamp, comment),
  });
  const data = `${name}_data.${style.extension}`;
  // The name of the array is that of the file that it would have by itself.
  const array = resultContent(`${parts.array}.${style.extension}`, exported.bytes, { ...exported, path: '' });
  return [
    written(`${name}.h`, headerText(parts)),
    written(`${name}.${style.extension}`, sourceText(parts)),
    written(data, new TextDecoder().decode(array)),
    ...style.buildFiles(name).map((file) => written(file.name, file.text, '#')),
  ];
}

/** What files and namespace of a model are called: an identifier that is no word of C++. */
export function exportName(path: string): string {
  const stem = (path.split(/[\\/]/).at(-1) ?? path).replace(/\.[^.]*$/, '');
  const plain = stem.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  const named = /model$/i.test(plain) ? plain : `${plain === '' ? 'the' : plain}_model`;
  return /^\d/.test(named) ? `m_${named}` : named;
}

function partsOf({ model, target, report, arenas }: ExportedModel, name: string, style: ExportStyle): ProgramParts {
  const refused = report.findings.find(({ code, severity }) => severity === 'error' && !doesRun.has(code));
  if (refused !== undefined) {
    throw new HumanError('export-refused', `Firmware with this model would not run. ${refused.message}`);
  }
  const kinds = [...new Set(model.graphs.flatMap(({ operators }) => operators.map(operatorName)))];
  const adds = kinds.map((kind) => ({ kind, call: addCall(kind) }));
  const foreign = adds.filter(({ call }) => call === undefined).map(({ kind }) => kind);
  const need = enoughArena({ report, arenas });
  if (foreign.length > 0 || need === undefined || need.isLowerBound) {
    const cause = foreign.length > 0 ? `TFLM does not bring ${foreign.join(', ')}` : 'its arena is not known';
    throw new HumanError(
      'export-refused',
      `This model cannot be exported: ${cause}. Rewrite it with "milliwatt convert".`,
    );
  }
  const figures = { name, array: `g_${name}`, model, adds: adds.flatMap(({ call }) => call ?? []).sort() };
  const variables = target.resourceVariableSlots ?? resourceNames(model).length;
  return {
    ...figures,
    arenaBytes: need.bytes,
    arenaSays: arenaSays(target, need),
    variables,
    includes: style.includes,
  };
}

function arenaSays(
  target: Target,
  { leastBytes, bytes, isExact }: NonNullable<ReturnType<typeof enoughArena>>,
): readonly string[] {
  const where = targetText(target);
  if (!isExact) return [`Modelled for ${where}, with a margin.`];
  if (leastBytes < bytes) return [`Enough with every runtime that is known; ${where} may need less.`];
  return [`Exact for ${where}: 16 bytes less and Setup() fails.`];
}

function targetText({ board, runtime, tflmVersion }: Target): string {
  return [...(board === undefined ? [] : [board.id]), runtime, tflmVersion].join(' ');
}

function stampFor({ path, hash, target }: ExportedModel, folder: string, style: ExportStyle): ExportStamp {
  const up = folder === '' ? '' : folder.replace(/[^/]+\/?/g, '../');
  return { model: up + path, hash, target: targetText(target), style: style.id };
}

/** What writing files again would do. */
export interface WritePlan {
  /** Files that are not there, or are there as they were exported, and change. */
  readonly writes: readonly ExportedFile[];
  /** Files that are there and that somebody has written or changed since. */
  readonly edited: readonly ExportedFile[];
}

/** `present` gives the text of a file that is there already. */
export function writePlan(files: readonly ExportedFile[], present: (path: string) => string | undefined): WritePlan {
  const changed = files
    .map((file) => ({ file, before: present(file.path) }))
    .filter(({ file, before }) => before?.replaceAll('\r\n', '\n') !== file.text);
  const isOwn = (before: string | undefined): boolean => before === undefined || isUnedited(before);
  return {
    writes: changed.filter(({ before }) => isOwn(before)).map(({ file }) => file),
    edited: changed.filter(({ before }) => !isOwn(before)).map(({ file }) => file),
  };
}
