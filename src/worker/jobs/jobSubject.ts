import type { Subject } from '../../core/analysis/subject';
import { subjectOf } from '../../core/analysis/subject';
import { readModel } from '../../core/formats/formats';
import type { OfModel } from '../../protocol/jobs';
import { BesideModel } from '../besideModel';
import type { JobContext } from './context';

/** What a job is about, its model read with the files beside it. @throws ModelError when there is no model. */
export async function jobSubject(
  { model: bytes, request, beside }: Pick<OfModel, 'model' | 'request' | 'beside'>,
  context: Pick<JobContext, 'beside'>,
): Promise<Subject> {
  const { path, programChoice } = request;
  const files = new BesideModel(beside, context.beside);
  const read = await files.read((siblings) => readModel({ path, bytes, siblings, programChoice }));
  return subjectOf({ ...request, bytes, read });
}
