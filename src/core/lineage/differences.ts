import type { StepPair } from './align';
import type { Likeness } from './likeness';
import type { OwnValues } from './ownValues';
import type { ModelPrint, Step } from './print';

/** Differences of which the first are told. */
const mostTold = 3;

/** Keras's names of what operators come from. */
const layerNames: ReadonlyMap<string, string> = new Map([
  ['FULLY_CONNECTED', 'Dense'],
  ['CONV_2D', 'Conv2D'],
  ['DEPTHWISE_CONV_2D', 'DepthwiseConv2D'],
  ['TRANSPOSE_CONV', 'Conv2DTranspose'],
  ['AVERAGE_POOL_2D', 'AveragePooling2D'],
  ['MAX_POOL_2D', 'MaxPooling2D'],
  ['MEAN', 'GlobalAveragePooling2D'],
  ['CONCATENATION', 'Concatenate'],
  ['ADD', 'Add'],
  ['MUL', 'Multiply'],
  ['PAD', 'ZeroPadding2D'],
  ['RECURRENT', 'recurrent layer'],
]);

/** What holds a model that a source may have made. */
type Holder = 'firmware' | 'file';

/**
 * In which a model that a source builds differs from the one that a firmware, or a file, holds, the first ones, as
 * parts of a sentence: `Dense "dense" has 20 units in the source, 12 in the firmware`.
 */
export function differencesOf(
  source: ModelPrint,
  held: ModelPrint,
  { isSame, pairs, hasSameEnds }: Likeness,
  holder: Holder = 'firmware',
): readonly string[] {
  if (isSame) return [];
  const ends = (what: string, left: readonly string[], right: readonly string[]): string =>
    `the ${what} is ${left.join(' and ')} in the source, ${right.join(' and ')} in the ${holder}`;
  const ofSteps = stepDifferences(pairs, holder);
  const all = [
    ...(hasSameEnds.inputs ? [] : [ends('input', source.inputs, held.inputs)]),
    ...ofSteps,
    ...(hasSameEnds.outputs || ofSteps.length > 0 ? [] : [ends('output', source.outputs, held.outputs)]),
  ];
  if (all.length === 0) return ['shapes between the layers differ'];
  const left = all.length - mostTold;
  return left <= 0 ? all : [...all.slice(0, mostTold), `and ${left} more`];
}

function stepDifferences(pairs: readonly StepPair[], holder: Holder): readonly string[] {
  const told = pairs.flatMap((pair, index) => {
    const { source, held } = pair;
    if (source !== undefined && held !== undefined) return valueDifferences(source, held, holder);
    const exchanged = exchangedActivation(pairs, index, holder);
    if (exchanged !== undefined) return exchanged;
    if (source !== undefined) return [`${nameOf(source)} is in the source alone`];
    return held === undefined ? [] : [`${nameOf(held)} is in the ${holder} alone`];
  });
  // One layer may be several operators.
  return [...new Set(told)];
}

/** An activation function in place of another is one difference. */
function exchangedActivation(pairs: readonly StepPair[], index: number, holder: Holder): readonly string[] | undefined {
  const [before, here, after] = [pairs.at(index - 1), pairs[index], pairs.at(index + 1)];
  if (activationOf(here) === undefined) return undefined;
  if (index > 0 && isExchange(before, here)) return [];
  if (!isExchange(here, after)) return undefined;
  const [source, held] = [here.source ?? after?.source, here.held ?? after?.held];
  return source && held && [`${ownText(source.own)} in the source, ${ownText(held.own)} in the ${holder}`];
}

function isExchange(one: StepPair | undefined, other: StepPair | undefined): boolean {
  if (activationOf(one) === undefined || activationOf(other) === undefined) return false;
  return (one?.source === undefined) !== (other?.source === undefined);
}

/** The activation function that is in one of the two models alone. */
function activationOf(pair: StepPair | undefined): Step | undefined {
  if (pair === undefined || (pair.source !== undefined && pair.held !== undefined)) return undefined;
  const step = pair.source ?? pair.held;
  return step?.kind === 'ACTIVATION' ? step : undefined;
}

function valueDifferences(source: Step, held: Step, holder: Holder): readonly string[] {
  const other = new Map(held.own);
  const values = source.own.filter(([name, value]) => other.has(name) && other.get(name) !== value);
  if (values.length === 0) return [];
  if (source.kind === 'ACTIVATION') {
    return [`${values[0][1]} in the source, ${other.get('activation') ?? ''} in the ${holder}`];
  }
  const texts = (of: OwnValues): string => of.map(valueText).join(' and ');
  const theirs = values.map(([name]) => [name, other.get(name) ?? ''] as const);
  return [
    `${source.label ?? `a ${layerName(source)}`} has ${texts(values)} in the source, ${texts(theirs)} in the ${holder}`,
  ];
}

/** `20 units`, `kernel 3x3`. */
function valueText([name, value]: readonly [name: string, value: string]): string {
  const isCount = /s$/.test(name) && name !== 'strides';
  if (!isCount) return `${name} ${value}`;
  return `${value} ${value === '1' ? name.slice(0, -1) : name}`;
}

function ownText(own: OwnValues): string {
  return own.map(([, value]) => value).join(' ');
}

function nameOf({ kind, own, label }: Step): string {
  if (label !== undefined) return label;
  if (kind === 'ACTIVATION') return ownText(own);
  const name = layerName({ kind });
  const size = own.find(([what]) => what === 'units' || what === 'filters');
  return size === undefined ? `a ${name}` : `a ${name} of ${valueText(size)}`;
}

function layerName({ kind }: Pick<Step, 'kind'>): string {
  return layerNames.get(kind) ?? kind;
}
