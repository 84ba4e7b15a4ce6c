import type { Operator, Tensor } from '../model/model';
import type { Origin } from '../model/origin';

interface NamedGraph {
  readonly tensors: readonly Tensor[];
  readonly operators: readonly Operator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/**
 * Tensors with the name of the node whose operator makes them, which is what other programs that show the file call it;
 * inputs and outputs keep their own, and so does what bears the name of an output of the file, which may be turned
 * behind it. `origins`: of each operator.
 */
export function namedAfterNodes(
  { tensors, operators, inputs, outputs }: NamedGraph,
  origins: readonly (Origin | undefined)[],
  outputNames: readonly string[],
): readonly Tensor[] {
  const edges = new Set([...inputs, ...outputs]);
  const kept = new Set(outputNames);
  const names = new Map<number, string>();
  const counts = new Map<string, number>();
  operators.forEach((operator, index) => {
    const name = nodeName(origins[index]);
    const [made] = operator.outputs;
    if (name === undefined || made === undefined || edges.has(made)) return;
    if (kept.has(tensors[made].name)) return;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    names.set(made, count === 1 ? name : `${name};${count}`);
  });
  return tensors.map((tensor) => {
    const name = names.get(tensor.index);
    return name === undefined ? tensor : { ...tensor, name };
  });
}

/** `/features/0` for the node `/features/0/Conv`: the module where there is one, as programs name their layers. */
function nodeName(origin: Origin | undefined): string | undefined {
  const { layer = '', layerKind = '' } = origin ?? {};
  const parts = layer.split('/').filter((part) => part !== '');
  const [last, before] = [parts.at(-1), parts.at(-2)];
  if (last === undefined) return undefined;
  const isKind =
    last === layerKind || (last.startsWith(`${layerKind}_`) && /^_\d+$/.test(last.slice(layerKind.length)));
  if (before === undefined || !isKind) return layer;
  const module = layer.slice(0, layer.lastIndexOf('/'));
  // A number alone says little.
  return /^\d+$/.test(before) ? `${module}.${last}` : module;
}
