import { HumanError } from '../model/problem';
import { numpyArchive, numpyArrays } from './formats/numpy';
import { pictures } from './formats/pictures';
import { recording } from './formats/recording';
import { sounds } from './formats/sounds';
import { csvTable } from './formats/table';
import type { ReadingRequest, ReadSamples, SampleFormat } from './reading';
import { checkLabels } from './labels';
import { inputElements } from './reading';

/** Every kind of file that samples are read from: a new one is one line here. */
const sampleFormats: readonly SampleFormat[] = [pictures, sounds, numpyArrays, numpyArchive, csvTable, recording];

/** True for a file name that some format reads. */
export function isSampleFile(path: string): boolean {
  return sampleFormats.some(({ endings }) => endings.some((ending) => path.toLowerCase().endsWith(ending)));
}

/** The one format of files by their names. @throws HumanError for files of no kind or of several. */
export function sampleFormatOf(paths: readonly string[], source: string): SampleFormat {
  const found = sampleFormats.filter((format) => paths.some((path) => isOf(format, path)));
  if (found.length === 1) return found[0];
  const what =
    found.length === 0 ? 'nothing that samples can be read from' : found.map(({ name }) => name).join(' and ');
  throw new HumanError(
    'samples-format',
    `${source} holds ${what}. Give one kind of file: ${sampleFormats.flatMap(({ endings }) => endings).join(', ')}.`,
  );
}

/** Numbers that samples may hold together, 1 GB of them: a slip of a path must not take all memory. */
const mostElements = 2 ** 28;

/**
 * Samples for a model's inputs from files of one kind, in the order given.
 * @throws HumanError in whole sentences for files of no kind or of several, and for what is wrong within them.
 */
export function readSamples(request: ReadingRequest): ReadSamples {
  const { options, files, inputs } = request;
  const format = sampleFormatOf(
    files.map(({ path }) => path),
    options.source,
  );
  const elements = inputs.reduce((sum, input) => sum + inputElements(input), 0);
  const most = Math.max(1, Math.floor(mostElements / Math.max(1, elements)));
  const mostSamples = Math.min(options.mostSamples ?? 500, most);
  const samples = format.read({
    ...request,
    files: files.filter(({ path }) => isOf(format, path)),
    options: { ...options, mostSamples },
  });
  checkLabels(samples.labels ?? [], options.source);
  return samples;
}

function isOf({ endings }: SampleFormat, path: string): boolean {
  return endings.some((ending) => path.toLowerCase().endsWith(ending));
}
