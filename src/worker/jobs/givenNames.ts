import type { GivenNames } from '../../core/compress/judge/classNames';
import { labelLines } from '../../core/formats/tflite/associatedFiles';
import { mostBytesOf } from '../../files/limits';
import type { LabelsChoice } from '../../protocol/jobs';
import type { JobContext } from './context';

/** The names of classes that a job was given; a file of them is read. */
export async function givenNames(
  labels: LabelsChoice | undefined,
  { files }: Pick<JobContext, 'files'>,
): Promise<GivenNames | undefined> {
  if (labels?.kind !== 'files') return labels;
  return { source: labels.name, names: labelLines(await files.read(labels, mostBytesOf.labels)) };
}
