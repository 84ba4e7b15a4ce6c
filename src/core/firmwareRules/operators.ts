import type { AddedOperator, ResolverFacts } from '../firmware/join/resolvers';
import type { Firmware } from '../firmware/firmware';
import type { Operator } from '../model/model';
import { operatorDefinitions } from '../operators/operators';
import { codeSize } from '../runtimes/tflm/codeSize';
import { isSure } from './needs';
import type { FirmwareContext, FirmwareModel, ModelPairing } from './rule';

/** A resolver with the models that it serves. */
export interface ServingResolver {
  readonly firmware: Firmware;
  readonly resolver: ResolverFacts;
  readonly pairings: readonly ModelPairing[];
  /** Kinds that its models use; a custom operator by its code. */
  readonly needed: readonly string[];
  /** All its models, and all that is added to it, are known. */
  readonly isSure: boolean;
}

/** Resolvers of a firmware, each once. */
export function servingResolvers({ firmware, pairings }: FirmwareContext): readonly ServingResolver[] {
  const groups = new Map<ResolverFacts, { readonly resolver: ResolverFacts; readonly pairings: ModelPairing[] }>();
  for (const pairing of pairings) {
    for (const resolver of pairing.resolvers) {
      const group = groups.get(resolver) ?? { resolver, pairings: [] };
      group.pairings.push(pairing);
      groups.set(resolver, group);
    }
  }
  return [...groups.values()].map(({ resolver, pairings: served }) => ({
    firmware,
    resolver,
    pairings: served,
    needed: [...new Set(served.flatMap(({ models }) => models.flatMap(kindsOf)))],
    isSure:
      resolver.isComplete &&
      resolver.adds.every(({ kind, isUncertain }) => kind !== undefined && !isUncertain) &&
      served.every((pairing) => isSure(pairing) && pairing.isResolverSure),
  }));
}

/** Kinds that its models use and that are not added to it. */
export function missingKinds({ resolver, needed }: ServingResolver): readonly string[] {
  const added = addedKinds(resolver.adds);
  return needed.filter((kind) => !added.includes(kind));
}

/** Kinds of a model's operators, each once. */
export function kindsOf({ model }: FirmwareModel): readonly string[] {
  return [...new Set(model.graphs.flatMap(({ operators }) => operators.map(kindOf)))];
}

function kindOf({ kind, customCode }: Operator): string {
  return kind === 'CUSTOM' ? (customCode ?? kind) : kind;
}

/** The call that adds an operator: `AddConv2D()`; absent for one that TFLM does not bring along. */
export function addCall(kind: string): string | undefined {
  const method = operatorDefinitions.find((each) => each.kind === kind)?.resolverMethod;
  return method === undefined || method === '' ? undefined : `${method}()`;
}

/** What kernels take of flash. */
interface KernelFlash {
  readonly bytes: number;
  /** Kinds of which it is not known, and which `bytes` leaves out. */
  readonly unknown: readonly string[];
}

/**
 * What the kernels of these operators take of flash together, on the target of the models they serve; absent where no
 * model is known.
 */
export function kernelFlash(kinds: readonly string[], { pairings }: ServingResolver): KernelFlash | undefined {
  const target = pairings.flatMap(({ models }) => models).at(0)?.target;
  if (target === undefined) return undefined;
  const operators = kinds.map((kind, index): Operator => ({
    index,
    kind,
    version: 1,
    inputs: [],
    outputs: [],
    intermediates: [],
  }));
  const graph = { index: 0, name: '', inputs: [], outputs: [], tensors: [], operators };
  const { kernelBytes, unknown = [] } = codeSize(
    { format: 'tflite', formatVersion: 3, fileBytes: 0, metadata: [], signatures: [], graphs: [graph] },
    { ...target, int8Registrations: false },
  );
  return { bytes: kernelBytes, unknown };
}

/** Kinds that are added, each once. */
export function addedKinds(adds: readonly AddedOperator[]): readonly string[] {
  return [...new Set(adds.flatMap(({ kind }) => (kind === undefined ? [] : [kind])))];
}
