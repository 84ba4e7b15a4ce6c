import type { GivenNames } from '../../core/compress/judge/classNames';
import { labelLines } from '../../core/formats/tflite/associatedFiles';
import { HumanError } from '../../core/model/problem';
import { mostBytesOf } from '../../files/limits';
import type { LabelsChoice } from '../../protocol/jobs';
import type { JobContext } from './context';

/** The names of classes that a job was given; a file of them is read. */
export async function givenNames(
  labels: LabelsChoice | undefined,
  { files }: Pick<JobContext, 'files'>,
): Promise<GivenNames | undefined> {
  if (labels?.kind !== 'files') return labels;
  const bytes = await files.read(labels);
  if (bytes.length > mostBytesOf.labels) {
    throw new HumanError('file-too-large', `${labels.name} is too large for a list of labels. Name another file.`);
  }
  return { source: labels.name, names: labelLines(bytes) };
}
