import type { Graph, Operator } from '../model/model';
import { arityCheck, filledOutputs, fixedShapes, ranksHeld, type Arity } from './checks';
import type { InputRole, OperatorDefinition } from './operator';
import type { ShapeFunction } from './outputShapes';
import { signature, type TypeSignature } from './signature';
import { typeCheck, typesAmong } from './typeCheck';
import { firstRefusal, refuse, viewOf, whileRunning, type Check, type OperatorView } from './view';

/**
 * The facts about one kind of operator, from TFLM's kernels at 90b983c2 (2026-08-20); `define` makes a definition of
 * them.
 */
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
  /**
   * Types that get through AllocateTensors(), where the kernel looks at them only when it runs; `accepts` when absent.
   */
  readonly allocates?: readonly string[];
  /** True where CMSIS-NN's kernel, unlike the reference one, lets only `accepts` through AllocateTensors(). */
  readonly cmsisNnIsStrict?: boolean;
  /** Further reasons for which its kernels refuse, tried in this order. */
  readonly checks?: readonly Check[];
  /** A contradiction between shapes, as a complete sentence. */
  readonly shapeProblem?: (view: OperatorView) => string | undefined;
  /** The shapes that it gives its outputs by the rules of TF Lite; absent where the file's own shapes count. */
  readonly outputShapes?: ShapeFunction;
  /** True where the kernel itself resolves a dimension of -1. */
  readonly resolvesShape?: boolean;
  readonly macs?: (operator: Operator, graph: Graph) => number | undefined;
  readonly optionsText?: (operator: Operator, graph: Graph) => string;
}

/**
 * A definition from facts: the checks that hold for every operator first, then types, then what is special to this one.
 */
export function define(facts: OperatorFacts): OperatorDefinition {
  const { kind, resolverMethod, summary, optionsText, shapeProblem, outputShapes } = facts;
  const role = (position: number): InputRole => facts.roles[position] ?? facts.roles.at(-1) ?? 'activation';
  const checks: readonly Check[] = [
    // Ranks first: whatever looks at shapes after this may take them to be short.
    ranksHeld,
    arityCheck(facts.inputs, facts.outputs, facts.optional ?? []),
    ...(facts.resolvesShape === true ? [] : [fixedShapes]),
    typesRefused(facts),
    ...(facts.checks ?? []),
    ...(shapeProblem === undefined ? [] : [shapeCheck(shapeProblem)]),
    filledOutputs,
  ];
  const complete = arityCheck(unlimited(facts.inputs), unlimited(facts.outputs), facts.optional ?? []);
  return {
    kind,
    resolverMethod,
    summary,
    role,
    isComplete: (operator, graph) => complete(viewOf(operator, graph, 'reference', role)) === undefined,
    macs: facts.macs ?? (() => 0),
    support: (operator, graph, library = 'reference') =>
      firstRefusal(viewOf(operator, graph, library, role), checks) ?? { supported: true },
    ...(optionsText === undefined ? {} : { optionsText }),
    ...(outputShapes === undefined ? {} : { outputShapes }),
    ...(shapeProblem === undefined
      ? {}
      : {
          shapeProblem: (operator: Operator, graph: Graph) => {
            const view = viewOf(operator, graph, 'reference', role);
            return ranksHeld(view)?.reason ?? shapeProblem(view);
          },
        }),
  };
}

/** More of them than a kernel takes are no reason to be careful. */
function unlimited(arity: Arity): Arity {
  return [typeof arity === 'number' ? arity : arity[0], Infinity];
}

function typesRefused(facts: OperatorFacts): Check {
  // Read when the first operator of the kind is met: a model has few of all kinds.
  let rows: { readonly check: Check; readonly allocates: readonly TypeSignature[] | undefined } | undefined;
  return (view) => {
    rows ??= { check: typeCheck(facts.accepts.map(signature)), allocates: facts.allocates?.map(signature) };
    const { check, allocates } = rows;
    if (allocates === undefined) return check(view);
    const strict = facts.cmsisNnIsStrict === true && view.library === 'cmsis_nn';
    return (!strict && typesAmong(view, allocates) ? whileRunning(check) : check)(view);
  };
}

function shapeCheck(problem: (view: OperatorView) => string | undefined): Check {
  return (view) => {
    const reason = problem(view);
    return reason === undefined ? undefined : refuse('shape-unsupported', reason);
  };
}
