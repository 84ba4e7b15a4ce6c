import { readSource } from '../readSource';
import type { Model } from '../../model/model';
import { goOnUnasked } from '../../model/budget';
import { HumanError } from '../../model/problem';
import type { CompressionInput } from '../compressionInput';
import type { CompressionResult, CompressionTools, CompressionWork } from '../kind';
import { confirmEqual } from '../proofs/confirmEqual';
import { proofOf } from '../proofs/proofOf';
import { startWork } from '../proofs/work';
import { checkRewritable } from '../rewrite/checkRewritable';
import type { ArenaComparison } from './compareArenas';
import { fitModel } from './fitModel';
import { fitOffers } from './fitOffers';
import type { FitOptions } from './request';
import type { FitStep } from './step';
import { fitSteps } from './steps';
import { whyNotMoved } from './whyNotMoved';

/** What the kind `fit` does. */
export const fitWork: CompressionWork<FitOptions> = { offers: fitOffers, check: checkFittable, run: fit };

/** @throws HumanError for a model that is not rewritten, or whose answers hang on what lies beside its tensors. */
function checkFittable(model: Model): void {
  checkRewritable(model, { code: 'fit', done: 'rewritten', verb: 'rewrite' });
  const misplaced = whyNotMoved(model);
  if (misplaced !== undefined) throw new HumanError('fit-wrong-shapes', misplaced);
}

async function fit(input: CompressionInput<FitOptions>, tools: CompressionTools): Promise<CompressionResult> {
  const source = readSource(input);
  const steps = chosenSteps(input.options);
  const work = startWork(input, tools, source);
  tools.progress?.({ stage: 'Searching', share: 0 });
  // The search has a best at any time.
  goOnUnasked();
  const fitted = fitModel(source, input.target, steps, () => tools.signal?.aborted === true);
  const { file: result } = fitted;
  if (result === undefined) throw nothingToSave(fitted.decisions);
  work.decisions.push(...fitted.decisions, elsewhereText(fitted.elsewhere));
  await confirmEqual(work, result.model);
  const proof = await proofOf(work, { kind: 'fit', ...result });
  return { bytes: result.bytes, proof };
}

function nothingToSave(reasons: readonly string[]): HumanError {
  return new HumanError(
    'fit-nothing',
    `The model takes as little memory as it can with the same weights and outputs; nothing was written. ${reasons.join(' ')}`,
  );
}

/** Combinations that are named; more would hide the rest. */
const mostNames = 6;

function elsewhereText({ helpsOn, sameOn }: ArenaComparison): string {
  const count = `${helpsOn.length} of ${helpsOn.length + sameOn.length}`;
  const smaller = `The arena is smaller with ${count} combinations of kernel library, version and core that are described`;
  if (sameOn.length === 0) return `${smaller}.`;
  const names = sameOn.length > mostNames ? 'the others' : sameOn.join('; ');
  return `${smaller}, larger with none, and as it was with ${names}.`;
}

/** @throws HumanError `fit-step-unknown` for a step that is not in the list. */
function chosenSteps({ only }: FitOptions): readonly FitStep[] {
  const unknown = only?.find((id) => fitSteps.every((step) => step.id !== id));
  if (unknown !== undefined) {
    const known = fitSteps.map(({ id }) => id).join(', ');
    throw new HumanError('fit-step-unknown', `There is no step "${unknown}". There are ${known}.`);
  }
  return only === undefined ? fitSteps : fitSteps.filter(({ id }) => only.includes(id));
}
