import { resultContent } from '../../core/formats/results';
import type { ResultContentMessage } from '../../protocol/jobs';
import { BesideModel } from '../besideModel';
import type { JobContext } from './context';

/** What is written for a result; the array of its source may take its numbers from a file beside it. */
export async function writtenContent(
  { path, bytes, source: { beside, ...source }, pattern }: ResultContentMessage,
  context: Pick<JobContext, 'beside'>,
): Promise<Uint8Array> {
  const files = new BesideModel(beside, context.beside);
  return files.read((siblings) => resultContent(path, bytes, { ...source, siblings }, pattern));
}
