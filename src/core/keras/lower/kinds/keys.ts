import { isList } from '../../configValues';
import type { KerasValue } from '../../kerasModel';
import type { LayerContext } from '../context';
import { sliceOf, type AxisSlice } from './reshaping';

interface Keys {
  /** One for each axis of what is taken from. */
  readonly axes: readonly AxisSlice[];
  /** Axes of length 1 in the result, from the front. */
  readonly added: readonly number[];
}

/** What `x[...]` takes along each axis; `undefined` where that cannot be said, or is more than a slice. */
export function getItemKeys({ arguments: { positional, named }, inputs: [input] }: LayerContext): Keys | undefined {
  const argument = positional.at(1) ?? named.get('key');
  if (argument === undefined || !('plain' in argument)) return undefined;
  const keys: readonly (KerasValue | undefined)[] = isList(argument.plain) ? argument.plain : [argument.plain];
  const rest = input.shape.length - keys.filter((key) => key !== '...' && key !== null).length;
  const axes: AxisSlice[] = [];
  const added: number[] = [];
  let place = 0;
  for (const key of keys) {
    if (key === '...') {
      for (let axis = 0; axis < rest; axis++) axes.push({});
      place += rest;
      continue;
    }
    if (key === null) {
      added.push(place++);
      continue;
    }
    const own = sliceOf(key);
    if (own === undefined) return undefined;
    axes.push(own);
    if (own.isIndex !== true) place += 1;
  }
  while (axes.length < input.shape.length) axes.push({ isRest: true });
  return { axes, added };
}
