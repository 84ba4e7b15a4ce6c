import type { StepPair } from './align';
import { aligned, differingValues, weightOf } from './align';
import type { ModelPrint, Step } from './print';

/** How a model that a source builds and one that a firmware holds are alike. */
export interface Likeness {
  /** The same layers in the same order, with the same shapes and options. */
  readonly isSame: boolean;
  /** Both compute in the same numbers. */
  readonly hasSameNumbers: boolean;
  /** 1: the same steps; 0: nothing in common. */
  readonly similarity: number;
  /** The share of layers with weights that are wholly equal. */
  readonly agreement: number;
  readonly hasSameEnds: { readonly inputs: boolean; readonly outputs: boolean };
  readonly pairs: readonly StepPair[];
}

/** Nothing where they have so little in common that it is not worth the time. */
export function likenessOf(source: ModelPrint, held: ModelPrint): Likeness | undefined {
  const alignment = aligned(source.steps, held.steps);
  if (alignment === undefined || source.steps.length === 0 || held.steps.length === 0) return undefined;
  const { pairs, similarity } = alignment;
  const hasSameEnds = {
    inputs: areSameSizes(source.inputs, held.inputs),
    outputs: areSameSizes(source.outputs, held.outputs),
  };
  const isInOrder = pairs.every(({ source: left, held: right }) => isPair(left, right));
  const isSame = hasSameEnds.inputs && hasSameEnds.outputs && (isInOrder || haveSameSteps(source.steps, held.steps));
  return {
    isSame,
    hasSameNumbers: source.numbers === held.numbers,
    similarity: isSame ? 1 : similarity,
    agreement: isSame ? 1 : agreementOf(pairs),
    hasSameEnds,
    pairs: isSame ? [] : pairs,
  };
}

function isPair(source: Step | undefined, held: Step | undefined): boolean {
  return source !== undefined && held !== undefined && differingValues(source, held).length === 0;
}

/** A conversion may bring inputs, outputs and branches into another order. */
function areSameSizes(left: readonly string[], right: readonly string[]): boolean {
  return [...left].sort().join(' ') === [...right].sort().join(' ');
}

function haveSameSteps(left: readonly Step[], right: readonly Step[]): boolean {
  if (left.length !== right.length) return false;
  const keys = (steps: readonly Step[]): string => steps.map(keyOf).sort().join('\n');
  return keys(left) === keys(right);
}

function keyOf({ kind, own, given }: Step): string {
  return [kind, ...[...own, ...given].map(([name, value]) => `${name} ${value}`)].join(', ');
}

function agreementOf(pairs: readonly StepPair[]): number {
  const layers = pairs.filter(({ source, held }) => (source ?? held)?.hasWeights === true);
  const equal = layers.filter(({ source, held }) => isPair(source, held));
  const sum = (some: readonly StepPair[]): number =>
    some.reduce((total, { source, held }) => total + weightOf((source ?? held)!), 0);
  return layers.length === 0 ? 0 : sum(equal) / sum(layers);
}
