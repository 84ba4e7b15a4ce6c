import { isList, isMap } from '../configValues';
import { mapDimension } from '../dimensions';
import type { KerasArgument, KerasDimension, KerasShape, KerasValue } from '../kerasModel';
import type { LayerKind } from './layerKind';

/** `x[key]`: indices, slices, `...` as the text `...`, and `None`. */
export const getItem: LayerKind = {
  className: 'GetItem',
  isOperation: true,
  inputs: ['x', 'key'],
  parameters: [],
  outputs: ({ inputs: [input], positional = [], named }) => [
    sliced(input, keysOf(positional.at(1) ?? named?.get('key'))),
  ],
};

type Key = KerasValue | undefined;

/** One key for each axis that is named; `undefined` where they are not all known. */
function keysOf(argument: KerasArgument): readonly Key[] | undefined {
  if (argument === undefined) return undefined;
  if (typeof argument === 'object' && argument !== null && 'tensor' in argument) return undefined;
  if (typeof argument === 'object' && argument !== null && 'list' in argument) return undefined;
  return isList(argument) ? argument : [argument];
}

function sliced(input: KerasShape, keys: readonly Key[] | undefined): KerasShape {
  if (input === undefined || keys === undefined) return undefined;
  const named = keys.filter((key) => key !== null && key !== '...').length;
  const result: KerasDimension[] = [];
  let axis = 0;
  for (const key of keys) {
    if (key === null) result.push(1);
    else if (key === '...') {
      const end = axis + input.length - named;
      while (axis < end) result.push(input[axis++]);
    } else if (isMap(key)) result.push(slicedLength(input[axis++], key));
    else if (typeof key === 'number') axis += 1;
    else return undefined;
  }
  return [...result, ...input.slice(axis)];
}

/** Length of Python's `start:stop:step`. */
function slicedLength(length: KerasDimension, slice: ReadonlyMap<string, KerasValue | undefined>): KerasDimension {
  const [start, stop, step] = ['start', 'stop', 'step'].map((name) => slice.get(name));
  if (start === undefined || stop === undefined || step === undefined) return undefined;
  if (start === null && stop === null && step === null) return length;
  return mapDimension(length, (known) => sliceRange(known, slice).count);
}

interface SliceRange {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** What Python's slice takes of `length` elements. */
function sliceRange(length: number, slice: ReadonlyMap<string, KerasValue | undefined>): SliceRange {
  const given = (name: string): number | undefined => {
    const value = slice.get(name);
    return typeof value === 'number' ? value : undefined;
  };
  const step = given('step') ?? 1;
  const [least, most] = step > 0 ? [0, length] : [-1, length - 1];
  const placed = (value: number | undefined, standard: number): number => {
    if (value === undefined) return standard;
    return Math.min(Math.max(value < 0 ? value + length : value, least), most);
  };
  const start = placed(given('start'), step > 0 ? least : most);
  const stop = placed(given('stop'), step > 0 ? most : least);
  return { start, step, count: Math.max(0, Math.ceil((stop - start) / step)) };
}
