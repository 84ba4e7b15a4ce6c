import type { Estimate } from '../estimate/estimate';
import type { Limits } from '../estimate/budget';
import type { Graph, Model, Operator } from '../model/model';
import type { FileFix, Severity, HelpfulSetting } from '../model/problem';
import type { Support } from '../operators/operator';
import type { Target } from '../runtimes/target';

/** What a rule looks at. */
export interface RuleContext {
  readonly model: Model;
  readonly target: Target;
  readonly limits: Limits;
  readonly estimate: Estimate;
  /** Whether TFLM runs each operator, and why not. */
  readonly support: ReadonlyMap<Operator, Support>;
  /** No trained file: values are absent, and ranges are none that calibration gave. */
  readonly isUntrained?: boolean;
}

/** A finding before its severity is decided. Without `layer` it is about the model as a whole. */
export interface RuleHit {
  /** Complete sentences with the next step. */
  readonly message: string;
  /** Index into the report's layers. */
  readonly layer?: number;
  /** Where this finding weighs more or less than the rule usually does; the user's choice still decides. */
  readonly severity?: Severity;
  /** Edits that help, where the rule knows the files. */
  readonly fixes?: readonly FileFix[];
  /** A setting of the target that helps. */
  readonly setting?: HelpfulSetting;
}

/** One kind of finding. One file each, one line in `rules.ts`. */
export interface Rule {
  /** Stable, in kebab case: settings, fixes and tests join on it. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence that is also the user documentation. */
  readonly documentation: string;
  readonly find: (context: RuleContext) => readonly RuleHit[];
}

/** Which refusals a support rule reports: those with this code, of operators to which it applies. */
interface RefusalFilter {
  readonly code: string;
  readonly applies: (operator: Operator, graph: Graph) => boolean;
}

/**
 * A rule for one of the reasons for which TFLM refuses an operator: each finding carries that operator's own sentence.
 */
export function supportRule(
  code: string,
  documentation: string,
  filter: RefusalFilter = { code, applies: () => true },
): Rule {
  return {
    code,
    severity: 'error',
    documentation,
    find: ({ estimate, support }) =>
      estimate.placed.flatMap(({ operator, graph, layer }) => {
        const outcome = support.get(operator);
        if (outcome === undefined || outcome.supported || outcome.code !== filter.code) return [];
        return filter.applies(operator, graph) ? [{ layer, message: outcome.reason }] : [];
      }),
  };
}
