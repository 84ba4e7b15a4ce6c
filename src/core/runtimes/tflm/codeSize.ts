import type { Graph, Model, Operator } from '../../model/model';
import { operatorName } from '../../model/model';
import { definitionOf } from '../../operators/operators';
import type { CodeSize } from '../runtime';
import type { Target } from '../target';
import { codeBuild } from './codeBuilds';
import type { BuildBytes } from './codeBuilds';
import { totalBytes } from './codeImages';

/**
 * Flash of the code that runs `model` on `target`: TFLM without operators, and the union of the linker sections that
 * the model's operators pull in, each counted once. Model data and the application are not in it. Source: images of
 * real TFLM that were linked with each operator, see `test/fit/flash.ts`.
 */
export function codeSize(model: Model, target: Target): CodeSize {
  const build = codeBuild(target);
  const registrations = registrationsOf(model, build.operators, target.int8Registrations === true);
  const set = new Set<number>();
  const marginal = new Map<Operator, number>();
  let last = build.bytes(set);
  for (const { operator, index } of registrations) {
    if (index === undefined || set.has(index)) continue;
    set.add(index);
    const next = build.bytes(set);
    marginal.set(operator, kernelBytes(next) - kernelBytes(last));
    last = next;
  }
  const unknown = [...new Set(registrations.filter(({ index }) => index === undefined).map(({ name }) => name))];
  return {
    runtimeBytes: Math.round(last.base),
    kernelBytes: kernelBytes(last),
    marginal,
    parts: Object.entries(last.byOrigin).map(([origin, bytes]) => ({ origin, bytes: Math.round(bytes) })),
    ...(unknown.length === 0 ? {} : { unknown }),
    basis: build.measured ? 'exact' : 'modelled',
    source: [build.source, ...unknownNote(unknown)].join(' '),
  };
}

function kernelBytes({ byOrigin }: BuildBytes): number {
  return Math.round(totalBytes(byOrigin));
}

function unknownNote(unknown: readonly string[]): readonly string[] {
  if (unknown.length === 0) return [];
  return [`The code of ${unknown.join(', ')} is not known and not in the sum, which is a lower bound.`];
}

interface Registration {
  readonly operator: Operator;
  readonly name: string;
  /** Index into the table's operators; absent where it has no row. */
  readonly index: number | undefined;
}

/**
 * The registration of every operator of all graphs in order, int8-only where that is wanted and all uses of its kind
 * allow it.
 */
function registrationsOf(model: Model, operators: readonly string[], int8: boolean): readonly Registration[] {
  const indices = new Map(operators.map((name, index) => [name, index]));
  const uses = model.graphs.flatMap((graph) => graph.operators.map((operator) => ({ operator, graph })));
  const narrow = int8 ? narrowRegistrations(uses, operators) : new Map<string, string>();
  return uses.map(({ operator }) => {
    const method = methodOf(operator);
    const registered = method === undefined ? undefined : (narrow.get(method) ?? method);
    return {
      operator,
      name: operatorName(operator),
      index: registered === undefined ? undefined : indices.get(registered),
    };
  });
}

/** `Conv2D` for the resolver's `AddConv2D`. */
function methodOf(operator: Operator): string | undefined {
  return definitionOf(operator)?.resolverMethod.replace(/^Add/, '');
}

/**
 * For each operator that has a registration for int8 alone: that registration, provided that all its uses in the model
 * are int8. `Softmax` has one with int8 and one with int16 output.
 */
function narrowRegistrations(
  uses: readonly { readonly operator: Operator; readonly graph: Graph }[],
  operators: readonly string[],
): ReadonlyMap<string, string> {
  const candidates = operators.filter((name) => name.includes('__'));
  const fitting = candidates.filter((name) => {
    const method = name.slice(0, name.indexOf('__'));
    const output = name.endsWith('_INT8_INT16') ? 'int16' : 'int8';
    return uses
      .filter(({ operator }) => methodOf(operator) === method)
      .every(({ operator, graph }) => isInt8(operator, graph, output));
  });
  return new Map(fitting.map((name) => [name.slice(0, name.indexOf('__')), name]));
}

/** Data and weights int8 (the first two inputs that are numbers of the model, not sizes), and `outputType` out. */
function isInt8(operator: Operator, graph: Graph, outputType: string): boolean {
  const types = operator.inputs.slice(0, 2).map((index) => graph.tensors[index]?.type);
  return types.every((type) => type === 'int8') && graph.tensors[operator.outputs[0] ?? -1]?.type === outputType;
}
