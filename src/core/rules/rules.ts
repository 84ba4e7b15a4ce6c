import type { Problem, Severity } from '../model/problem';
import type { RuleChoice, RuleException } from './choice';
import { arenaOverRegion } from './arenaOverRegion';
import { arenaRegion } from './arenaRegion';
import { arenaUnknown } from './arenaUnknown';
import { flashOver } from './flashOver';
import { floatModel } from './floatModel';
import { graphCircle } from './graphCircle';
import { kernelFault } from './kernelFault';
import { latencyOver } from './latencyOver';
import { operatorNotYet } from './operatorNotYet';
import { operatorOrder } from './operatorOrder';
import { perChannelDense } from './perChannelDense';
import { powerOver } from './powerOver';
import type { RuleHit, Rule, RuleContext } from './rule';
import { shapeContradiction } from './shapeContradiction';
import { supportRules } from './unsupported';
import { weightsInFlash } from './weightsInFlash';
import { weightsRegion } from './weightsRegion';

/** All rules. A new one is a file beside these and a line here. */
export const rules: readonly Rule[] = [
  arenaOverRegion,
  arenaRegion,
  weightsRegion,
  arenaUnknown,
  flashOver,
  latencyOver,
  powerOver,
  ...supportRules,
  operatorNotYet,
  operatorOrder,
  graphCircle,
  shapeContradiction,
  kernelFault,
  perChannelDense,
  floatModel,
  weightsInFlash,
];

/** The rule with this code. */
export function ruleByCode(code: string): Rule | undefined {
  return rules.find((rule) => rule.code === code);
}

/** All findings about a model, the user's severities and exceptions applied. */
export function findProblems(context: RuleContext, choice: RuleChoice): readonly Problem[] {
  return rules.flatMap((rule) => {
    const { severity, except = [] } = decision(rule, choice);
    if (severity === 'off') return [];
    return rule
      .find(context)
      .filter(({ layer }) => layer === undefined || !except.includes(context.estimate.report.layers[layer].name))
      .map((found) => problemOf(rule, severity ?? found.severity ?? rule.severity, found, context));
  });
}

function decision(rule: Rule, choice: RuleChoice): RuleException {
  const chosen = choice[rule.code];
  return typeof chosen === 'string' ? { severity: chosen } : (chosen ?? {});
}

function problemOf(
  rule: Rule,
  severity: Severity,
  { layer, message, fixes, setting }: RuleHit,
  { estimate }: RuleContext,
): Problem {
  const placed = layer === undefined ? undefined : estimate.placed[layer];
  const place = { graph: placed?.graph.index, operator: placed?.operator.index };
  return { code: rule.code, severity, message, ...place, isRule: true, fixes, setting };
}
