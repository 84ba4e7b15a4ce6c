import { readSource } from '../readSource';
import { HumanError } from '../../model/problem';
import { checkWorkable } from '../claims';
import { reportOf } from '../costs';
import { confirmEqual } from '../proofs/confirmEqual';
import { proofOf } from '../proofs/proofOf';
import { startWork, type WorkRequest } from '../proofs/work';
import { fileOf } from '../rewrite/fileOf';
import { checkPrunable } from './checks';
import { unitsText } from './cleanOffer';
import { cleanedSource } from './pruneWork';
import type { PruneResult, PruneTools } from './request';

/**
 * Removes what makes no difference to any output, and proves it. Pure: reads bytes, answers with bytes.
 * @throws HumanError when the model does not allow it, or where there is nothing to remove.
 */
export async function cleanModel(request: WorkRequest, tools: PruneTools): Promise<PruneResult> {
  const source = readSource(request);
  checkWorkable(source);
  checkPrunable(source);
  const work = startWork(request, tools, source);
  tools.progress?.({ stage: 'Removing what makes no difference', share: 0 });
  const result = fileOf(cleanedSource(work));
  if (work.decisions.length === 0) {
    throw new HumanError(
      'prune-nothing-dead',
      'Everything in this model makes a difference to its outputs: there is nothing to remove for free.',
    );
  }
  await confirmEqual(work, result.model);
  work.decisions.push(`In all units: ${unitsText(work.original, reportOf(result.model, work.place))}.`);
  const proof = await proofOf(work, { kind: 'clean', ...result });
  return { bytes: result.bytes, proof, curve: { points: [], guidedBy: 'cycles' } };
}
