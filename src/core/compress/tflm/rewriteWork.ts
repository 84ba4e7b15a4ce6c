import { kernelsInUse } from '../../faults/kernelsInUse';
import { wrongAnswers } from '../../faults/wrongAnswers';
import { readSource } from '../readSource';
import { foreignName, resultKind } from '../../formats/kinds';
import type { Model } from '../../model/model';
import { HumanError } from '../../model/problem';
import type { Target } from '../../runtimes/target';
import { checkWorkable } from '../claims';
import type { CompressionInput } from '../compressionInput';
import type { CompressionResult, CompressionTools, CompressionWork } from '../kind';
import { proofOf } from '../proofs/proofOf';
import { startWork } from '../proofs/work';
import { whyRefused } from '../refusal';
import { fileOf } from '../rewrite/fileOf';
import { checkRewritable } from '../rewrite/checkRewritable';
import { compareOutputs } from './compareOutputs';
import type { RewriteOptions } from './request';
import { rewriteModel } from './rewriteModel';
import { rewriteOffers } from './rewriteOffers';

/** What the kind `rewrite` does. */
export const rewriteWork: CompressionWork<RewriteOptions> = { offers: rewriteOffers, check, run: rewrite };

function check(model: Model): void {
  checkRewritable(model, { code: 'rewrite', done: 'rewritten', verb: 'rewrite' });
}

async function rewrite(input: CompressionInput<RewriteOptions>, tools: CompressionTools): Promise<CompressionResult> {
  const source = readSource(input);
  checkWorkable(source);
  check(source);
  const work = { ...startWork(measuring(input), tools, source), mayStayUnmeasured: true } as const;
  tools.progress?.({ stage: 'Rewriting', share: 0 });
  const rewritten = rewriteModel(source, kernelsInUse(input.target));
  const foreign = foreignName(source);
  if (rewritten.model === source && foreign === undefined) throw nothingToRewrite(source, input.target);
  if (foreign !== undefined)
    work.decisions.push(`Converted from ${foreign} to ${resultKind.name} (${resultKind.written}).`);
  work.decisions.push(...rewritten.decisions);
  const result = fileOf(rewritten.model);
  tools.progress?.({ stage: 'Comparing', share: 0.5 });
  const { compared, warning } = await compareOutputs(source, result.model, tools.pause);
  if (warning !== undefined) work.warnings.push(warning);
  const proof = await proofOf(work, { kind: 'rewrite', ...result });
  return { bytes: result.bytes, proof: { ...proof, ...(compared && { compared }) } };
}

/** Samples only tell how the result answers: nothing is learned from any. */
function measuring(input: CompressionInput<RewriteOptions>): CompressionInput<RewriteOptions> {
  const { samples } = input;
  return samples === undefined
    ? input
    : { ...input, samples: { ...samples, calibration: { ...samples.calibration, count: 0 } } };
}

function nothingToRewrite(model: Model, target: Target): HumanError {
  const reason = whyRefused(model, target) ?? wrongAnswers(model, kernelsInUse(target))[0]?.message;
  return reason === undefined
    ? new HumanError(
        'rewrite-nothing',
        'TFLite Micro takes the model as it is and answers as the file means: there is nothing to rewrite.',
      )
    : new HumanError('rewrite-unknown', `No rewrite is known that mends this model. ${reason}`);
}
