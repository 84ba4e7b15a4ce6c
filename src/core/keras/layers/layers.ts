import type { KerasLayer } from '../kerasModel';
import { activations } from './activation';
import { attentions } from './attention';
import { adaptivePoolings, categories } from './categories';
import { convolutions } from './convolution';
import { dense } from './dense';
import { einsumDense } from './einsumDense';
import { inputLayer } from './input';
import type { LayerKind } from './layerKind';
import { mergings } from './merging';
import { normalizations } from './normalization';
import { operations } from './operations';
import { others } from './others';
import { poolings } from './pooling';
import { recurrents } from './recurrent';
import { regularizations } from './regularization';
import { reshapings } from './reshaping';
import { wrappers } from './wrappers';

/** Every class of layers that is known. */
export const layerKinds: readonly LayerKind[] = [
  inputLayer,
  dense,
  einsumDense,
  ...convolutions,
  ...poolings,
  ...normalizations,
  ...activations,
  ...regularizations,
  ...reshapings,
  ...mergings,
  ...recurrents,
  ...attentions,
  ...categories,
  ...adaptivePoolings,
  ...others,
  ...wrappers(kindOf),
];

/** Every operation on tensors that is known. */
export const operationKinds: readonly LayerKind[] = operations;

const layersByName = byName(layerKinds);
const operationsByName = byName(operationKinds);

/** The class of layers of that name, or of that alias; `undefined` for one that is not Keras's. */
export function layerKindNamed(name: string): LayerKind | undefined {
  return layersByName.get(name);
}

/** The operation of that class, as Keras 3 saves it. */
export function operationKindNamed(className: string): LayerKind | undefined {
  return operationsByName.get(className);
}

export function kindOf({ className, kind }: Pick<KerasLayer, 'className' | 'kind'>): LayerKind | undefined {
  return kind === 'op' ? operationKindNamed(className) : layerKindNamed(className);
}

function byName(kinds: readonly LayerKind[]): ReadonlyMap<string, LayerKind> {
  return new Map(kinds.flatMap((kind) => [kind.className, ...(kind.aliases ?? [])].map((name) => [name, kind])));
}
