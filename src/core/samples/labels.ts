import { isJsonObject, parsedJson } from '../text/json';
import Papa from 'papaparse';
import { HumanError } from '../model/problem';
import { readNumpyArray } from './formats/numpyArray';
import type { SampleFile } from './reading';
import { fileName } from './reading';
import type { Samples } from './samples';

/**
 * Samples with the labels of a file: a list of class numbers in the samples' order (JSON list, `{"labels": [...]}`,
 * `.npy`, or a CSV column "label"), or numbers by file name (a JSON object, or CSV columns "name" and "label").
 * @throws HumanError `samples-labels` when there are not as many as samples, or one is no whole number.
 */
export function readLabels(file: SampleFile, samples: Samples): Samples {
  const found = parseLabels(file);
  const labels =
    found instanceof Map ? byName(found as ReadonlyMap<string, number>, file, samples) : (found as readonly number[]);
  if (labels.length !== samples.count) {
    throw fail(file, `has ${labels.length} labels for ${samples.count} samples. Give as many, or labels by file name`);
  }
  checkLabels(labels, file.path);
  return { ...samples, labels };
}

/** @throws HumanError `samples-labels` where one is no whole number from 0. `source` is what the message calls them. */
export function checkLabels(labels: readonly number[], source: string): void {
  const wrong = labels.findIndex((label) => !Number.isInteger(label) || label < 0);
  if (wrong < 0) return;
  throw new HumanError(
    'samples-labels',
    `${source} has ${String(labels[wrong])} as label ${wrong + 1}. Give the number of the class, counted from 0.`,
  );
}

type Labels = readonly number[] | ReadonlyMap<string, number>;

function parseLabels(file: SampleFile): Labels {
  if (/\.npy$/i.test(file.path)) return [...readNumpyArray(file).values];
  const text = new TextDecoder().decode(file.bytes);
  return /\.json$/i.test(file.path) ? fromJson(file, text) : fromTable(text);
}

function fromJson(file: SampleFile, text: string): Labels {
  const content = parsedJson(text);
  const list = Array.isArray(content) ? content : isJsonObject(content) ? content.labels : undefined;
  if (Array.isArray(list)) return list.map(Number);
  if (isJsonObject(content)) return new Map(Object.entries(content).map(([name, label]) => [name, Number(label)]));
  throw fail(file, 'is no JSON list of labels. Write [0, 3, …] or {"name.png": 0, …}');
}

/** A header is needed only where there is more than one column. */
function fromTable(text: string): Labels {
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: 'greedy' });
  const header = (data[0] ?? []).map((cell) => cell.trim().toLowerCase());
  const hasHeader = header.some((cell) => cell !== '' && Number.isNaN(Number(cell)));
  const rows = hasHeader ? data.slice(1) : data;
  const labelColumn = Math.max(
    0,
    header.findIndex((cell) => /^(label|class|y)$/.test(cell)),
  );
  const nameColumn = header.findIndex((cell) => /^(name|file|path|filename)$/.test(cell));
  if (nameColumn < 0) return rows.map((cells) => Number(cells[labelColumn]));
  return new Map(rows.map((cells) => [fileName(cells[nameColumn]), Number(cells[labelColumn])]));
}

function byName(labels: ReadonlyMap<string, number>, file: SampleFile, { names, source }: Samples): readonly number[] {
  if (names === undefined)
    throw fail(file, `has labels by name, but the samples of ${source} have no names. Give a list in their order`);
  return names.map((name) => {
    const label = labels.get(name);
    if (label === undefined) throw fail(file, `has no label for ${name}. Add it, or remove the sample`);
    return label;
  });
}

function fail({ path }: SampleFile, reason: string): HumanError {
  return new HumanError('samples-labels', `${path} ${reason}.`);
}
