import { isList } from '../../configValues';
import type { KerasValue } from '../../kerasModel';
import type { LayerContext } from '../context';
import { sliceOf, type AxisSlice } from './reshaping';

/** What `x[...]` takes along each axis; `undefined` where that cannot be said, or is more than a slice. */
export function getItemKeys({
  arguments: { positional, named },
  inputs: [input],
}: LayerContext): readonly AxisSlice[] | undefined {
  const argument = positional.at(1) ?? named.get('key');
  if (argument === undefined || !('plain' in argument)) return undefined;
  const keys: readonly (KerasValue | undefined)[] = isList(argument.plain) ? argument.plain : [argument.plain];
  const rest = input.shape.length - keys.filter((key) => key !== '...').length;
  const axes: AxisSlice[] = [];
  for (const key of keys) {
    if (key === '...') {
      for (let axis = 0; axis < rest; axis++) axes.push({});
      continue;
    }
    const own = sliceOf(key);
    if (own === undefined) return undefined;
    axes.push(own);
  }
  while (axes.length < input.shape.length) axes.push({ isRest: true });
  return axes;
}
