import { readSource } from '../readSource';
import type { Model } from '../../model/model';
import { goOnUnasked } from '../../model/budget';
import { HumanError } from '../../model/problem';
import type { CompressionInput } from '../compressionInput';
import type { WithGoal } from '../goals/goal';
import type { CompressionResult, CompressionTools, CompressionWork, LadderStep } from '../kind';
import { checkRewritable } from '../rewrite/checkRewritable';
import { climbLadder } from './climbLadder';
import { ladderOffers } from './ladderOffers';
import { wholeProof } from './wholeProof';

/** What the kind `makeItFit` does. */
export const ladderWork: CompressionWork<WithGoal> = { offers: ladderOffers, check, run };

function check(model: Model): void {
  checkRewritable(model, { code: 'make-fit', done: 'made to fit', verb: 'make smaller' });
}

/** The first rung that meets every limit, else the one that comes nearest, with all that were tried. */
async function run(input: CompressionInput<WithGoal>, tools: CompressionTools): Promise<CompressionResult> {
  const { options, bytes, layout, resultPath, path, target, limits } = input;
  const { progress, pause, signal, supply } = tools;
  const { goal } = options;
  if (supply === undefined) throw new HumanError('make-fit-supply', 'Steps that lose something need a float engine.');
  if (goal === undefined) throw new HumanError('make-fit-goal', 'Say what the model is to fit: RAM, flash or a time.');
  const subject = { path, target, limits, model: readSource(input) };
  const ports = { ...supply, progress, pause, signal };
  // Each rung asks for itself.
  goOnUnasked();
  const { steps, results, best, unreachable } = await climbLadder({ subject, bytes, layout, resultPath }, ports, goal);
  if (steps[0].fits) throw new HumanError('make-fit-nothing', 'The model meets every limit as it is.');
  const entries = steps.map((step, index) => {
    const result = results.at(index);
    return result === undefined
      ? { step }
      : { step, result: { bytes: result.bytes, proof: wholeProof(result.proofs) } };
  });
  const result = best === undefined ? undefined : entries.at(best)?.result;
  if (best === undefined || result === undefined) {
    throw new HumanError('make-fit-impossible', whyNothing(steps, unreachable));
  }
  return { ...result, ladder: { steps: entries, best, unreachable } };
}

/** Each sentence once: why the nearest model does not fit, and what each step says. */
function whyNothing(steps: readonly LadderStep[], unreachable = 'Nothing makes the model smaller.'): string {
  const reasons = steps.flatMap(({ title, reason }) => (reason === undefined ? [] : [`${title}: ${reason}`]));
  return [unreachable, ...reasons].join(' ');
}
