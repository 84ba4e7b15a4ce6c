import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HumanError } from '../core/model/problem';
import type { Graph } from '../core/model/model';
import { readLabels } from '../core/samples/labels';
import { isSampleFile, readSamples } from '../core/samples/readSamples';
import type { ReadingOptions, SampleFile } from '../core/samples/reading';
import { takenIndices } from '../core/samples/reading';
import type { Samples } from '../core/samples/samples';

/** Where samples lie and how they are read. */
export interface DataChoice extends Omit<ReadingOptions, 'source'> {
  /** Files or folders; a folder is searched with all below it. */
  readonly paths: readonly string[];
  /** A file of labels; absent: those that the data bring themselves. */
  readonly labels?: string;
}

/** Bytes of sample files that are read together. */
const mostBytes = 2 ** 31;

/**
 * The samples for a graph's inputs in files and folders.
 * @throws HumanError in whole sentences when they cannot be read or do not fit.
 */
export function loadSamples(graph: Graph, { paths, labels, ...options }: DataChoice): Samples {
  const inputs = graph.inputs.map((index) => graph.tensors[index]);
  const files = someOf(paths.flatMap(filesAt), options);
  const samples = readSamples({ files: readAll(files), inputs, options: { ...options, source: paths.join(', ') } });
  return labels === undefined ? samples : readLabels(readAll([labels])[0], samples);
}

/** Of many files of one sample each no more are read than will be taken. */
function someOf(files: readonly string[], options: Omit<ReadingOptions, 'source'>): readonly string[] {
  const isOneEach = files.every((path) => /\.(png|jpe?g|bmp|wav)$/i.test(path));
  if (!isOneEach) return files;
  return takenIndices(files.length, { ...options, source: '' }).map((index) => files[index]);
}

function filesAt(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .map((name) => join(path, name))
      .filter((name) => isSampleFile(name))
      .sort();
  } catch {
    throw unreadable(path);
  }
}

function readAll(paths: readonly string[]): readonly SampleFile[] {
  let total = 0;
  return paths.map((path) => {
    try {
      total += statSync(path).size;
      if (total <= mostBytes) return { path, bytes: readFileSync(path) };
    } catch {
      throw unreadable(path);
    }
    throw new HumanError('file-too-large', `The data are larger than 2 GB. Give fewer files.`);
  });
}

function unreadable(path: string): HumanError {
  return new HumanError('file-unreadable', `${path} cannot be read. Check the path and its permissions.`);
}
