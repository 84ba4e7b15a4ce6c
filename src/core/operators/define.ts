import type { Graph, Operator } from '../model/model';
import { arityCheck, fixedShapes, ranksHeld, type Arity } from './checks';
import type { InputRole, OperatorDefinition } from './operator';
import { signature } from './signature';
import { typeCheck } from './typeCheck';
import { firstRefusal, viewOf, type Check, type OperatorView } from './view';

/** The facts about one kind of operator, from TFLM's kernels at 90b983c2 (2026-08-20); `define` makes a definition of them. */
export interface OperatorFacts {
  readonly kind: string;
  readonly resolverMethod: string;
  readonly summary: string;
  /** Roles of the inputs; the last one holds for all further inputs. */
  readonly roles: readonly InputRole[];
  readonly inputs: Arity;
  readonly outputs: Arity;
  /** Positions of inputs, besides a bias, that may be absent. */
  readonly optional?: readonly number[];
  /** Types that its kernels take together, one row each: see `signature`. */
  readonly accepts: readonly string[];
  /** Further reasons for which its kernels refuse, tried in this order. */
  readonly checks?: readonly Check[];
  /** A contradiction between shapes, as a whole sentence. */
  readonly shapeProblem?: (view: OperatorView) => string | undefined;
  /** True where the kernel itself resolves a dimension of -1. */
  readonly resolvesShape?: boolean;
  readonly macs?: (operator: Operator, graph: Graph) => number | undefined;
  readonly optionsText?: (operator: Operator, graph: Graph) => string;
}

/** A definition from facts: the checks that hold for every operator first, then types, then what is special to this one. */
export function define(facts: OperatorFacts): OperatorDefinition {
  const { kind, resolverMethod, summary, optionsText, shapeProblem } = facts;
  const role = (position: number): InputRole => facts.roles[position] ?? facts.roles.at(-1) ?? 'activation';
  const checks: readonly Check[] = [
    arityCheck(facts.inputs, facts.outputs, facts.optional ?? []),
    ...(facts.resolvesShape === true ? [] : [fixedShapes]),
    ranksHeld,
    typeCheck(facts.accepts.map(signature)),
    ...(facts.checks ?? []),
    ...(shapeProblem === undefined ? [] : [shapeCheck(shapeProblem)]),
  ];
  return {
    kind,
    resolverMethod,
    summary,
    role,
    macs: facts.macs ?? (() => 0),
    support: (operator, graph, library = 'reference') =>
      firstRefusal(viewOf(operator, graph, library, role), checks) ?? { supported: true },
    ...(optionsText === undefined ? {} : { optionsText }),
    ...(shapeProblem === undefined
      ? {}
      : {
          shapeProblem: (operator: Operator, graph: Graph) => shapeProblem(viewOf(operator, graph, 'reference', role)),
        }),
  };
}

function shapeCheck(problem: (view: OperatorView) => string | undefined): Check {
  return (view) => {
    const reason = problem(view);
    return reason === undefined ? undefined : { supported: false, code: 'shape-unsupported', reason };
  };
}
