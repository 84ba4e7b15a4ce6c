import type { Subject } from '../../core/analysis/subject';
import { subjectOf } from '../../core/analysis/subject';
import { checkTrained, readTrained, untrainedAdvice } from '../../core/formats/trained';
import type { OfModel } from '../../protocol/jobs';
import { BesideModel } from '../besideModel';
import type { JobContext } from './context';

/**
 * What a job is about, its model read with the files beside it, a program as it was trained.
 * @throws HumanError when there is no model, or none that is trained
 */
export async function jobSubject(
  { model: bytes, request, beside }: Pick<OfModel, 'model' | 'request' | 'beside'>,
  context: Pick<JobContext, 'beside'>,
): Promise<Subject> {
  const { path, programChoice } = request;
  const files = new BesideModel(beside, context.beside);
  const read = await files.read((siblings) => readTrained({ path, bytes, siblings, programChoice }));
  const subject = subjectOf({ ...request, bytes, read });
  checkTrained(subject, untrainedAdvice);
  return subject;
}
