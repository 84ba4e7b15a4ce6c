import { canRewrite, resultKind } from '../../formats/kinds';
import type { Model } from '../../model/model';
import { HumanError } from '../../model/problem';
import { whyNotRedrawn } from './metadata';

/** What is to be done with a model, in words. */
interface RewriteWords {
  /** Before the codes of its errors: `prune`. */
  readonly code: string;
  /** "pruned". */
  readonly done: string;
  /** "prune". */
  readonly verb: string;
}

/** @throws HumanError where a model has a form that is not written anew, or nothing in it. */
export function checkRewritable(model: Model, { code, done, verb }: RewriteWords): void {
  if (!canRewrite(model)) {
    throw new HumanError(
      `${code}-format`,
      `Only ${resultKind.name} models are ${done}. Convert the model to ${resultKind.written} first.`,
    );
  }
  if (model.graphs.length === 0 || model.graphs[0].operators.length === 0) {
    throw new HumanError(`${code}-empty`, `The model has no operators: there is nothing to ${verb}.`);
  }
  const reason = whyNotRedrawn(model);
  if (reason !== undefined) throw new HumanError(`${code}-compressed`, reason);
}
