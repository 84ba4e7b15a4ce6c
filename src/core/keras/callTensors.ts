import type { KerasArgument, KerasCall, KerasTensor } from './kerasModel';

/** The tensors that a layer works on: of its call's all but those that say which steps count. */
export function workedOn({ inputs, named }: Pick<KerasCall, 'inputs' | 'named'>): readonly KerasTensor[] {
  const masks = new Set([...named].flatMap(([name, argument]) => (name.endsWith('mask') ? tensorsIn(argument) : [])));
  return masks.size === 0 ? inputs : inputs.filter((tensor) => !masks.has(keyOf(tensor)));
}

function tensorsIn(argument: KerasArgument): readonly string[] {
  if (typeof argument !== 'object' || argument === null) return [];
  if ('tensor' in argument) return [keyOf(argument.tensor)];
  return 'list' in argument ? argument.list.flatMap(tensorsIn) : [];
}

function keyOf(tensor: KerasTensor): string {
  return 'input' in tensor ? `${tensor.input}` : `${tensor.layer} ${tensor.call} ${tensor.output}`;
}
