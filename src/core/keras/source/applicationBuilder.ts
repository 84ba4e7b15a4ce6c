import { unknown } from '../../python/evaluate/machine';
import { bool, host, int, list, none, numberOf, str, stringOf, tuple } from '../../python/evaluate/plainValues';
import type { Call, PythonValue } from '../../python/evaluate/values';
import type { KerasFlavour } from '../kerasModel';
import { layerKindNamed } from '../layers/layers';
import type { GraphSession } from './graph';
import { inputFacts, makeInputLayer } from './inputs';
import { makeLayer, withBatch } from './makeLayer';
import { newModel, setEnds } from './models';
import { TensorObject } from './tensorObject';

/** Builds a network of `keras.applications`. */
export type Application = (session: GraphSession, flavour: KerasFlavour, call: Call) => PythonValue;

type Given = Readonly<Record<string, number | string | boolean | readonly (number | readonly number[])[]>>;

/** What the functions of `keras.applications` have in common: arguments, layers made at the place of the call. */
export class ApplicationBuilder {
  readonly #arguments: ReadonlyMap<string, PythonValue>;
  /** Name of a layer by that of the newest Keras. */
  nameOf: (name: string) => string = (name) => name;

  constructor(
    readonly session: GraphSession,
    readonly flavour: KerasFlavour,
    readonly call: Call,
    /** Names of the function's parameters, in order. */
    parameters: readonly string[],
  ) {
    const positional = call.positional.map((value, place) => [parameters[place] ?? '', value] as const);
    this.#arguments = new Map([...positional, ...call.named]);
  }

  /** A number among the arguments; undefined where it is not known. */
  number(name: string, otherwise: number): number | undefined {
    const given = this.#arguments.get(name);
    return given === undefined || given.kind === 'none' ? otherwise : numberOf(given);
  }

  text(name: string): string | undefined {
    return stringOf(this.#arguments.get(name));
  }

  /** A switch among the arguments; undefined where it is not known. */
  isOn(name: string, otherwise: boolean): boolean | undefined {
    const given = this.#arguments.get(name);
    if (given === undefined) return otherwise;
    return given.kind === 'bool' ? given.value : undefined;
  }

  /** The network's input: a tensor that was given, or one of the shape that was; open without `standard`. */
  input(standard?: readonly number[]): PythonValue {
    const tensor = this.#arguments.get('input_tensor');
    if (tensor !== undefined && tensor.kind !== 'none') return tensor;
    const given = this.#arguments.get('input_shape');
    const hasTop = this.isOn('include_top', true) !== false;
    const open = tuple([none, none, int(3)]);
    const shape =
      given === undefined || given.kind === 'none' ? (hasTop && standard ? tuple(standard.map(int)) : open) : given;
    const layer = makeInputLayer(this.session, this.flavour, { shape: withBatch(none, shape), call: this.call });
    return host(new TensorObject(this.session, inputFacts(layer)));
  }

  /** Makes a layer and calls it. */
  layer(className: string, input: PythonValue | readonly PythonValue[], given: Given = {}): PythonValue {
    const table = layerKindNamed(className);
    const at = this.call.at;
    if (table === undefined) return unknown(`${className} is not in the table of layers.`, at);
    const named = new Map(Object.entries(given).map(([name, value]) => [name, valueOf(value)]));
    if (typeof given.name === 'string') named.set('name', str(this.nameOf(given.name)));
    const layer = makeLayer(this.session, table, this.flavour, { positional: [], named, at });
    return layer.call({ positional: [isMany(input) ? list(input) : input], named: new Map(), at });
  }

  operation(className: string, inputs: readonly PythonValue[]): PythonValue {
    return this.session.runOperation({ className, inputs, at: this.call.at });
  }

  model(input: PythonValue, output: PythonValue, name: string): PythonValue {
    const made = newModel(this.session, 'functional', {
      className: 'Functional',
      flavour: this.flavour,
      name: this.text('name') ?? name,
      at: this.call.at,
    });
    setEnds(made, { inputs: input, outputs: output });
    return host(made);
  }

  /** Rows of the network's input, where they are known. */
  rows(input: PythonValue): number | undefined {
    return this.area(input)[0];
  }

  /** Rows and columns of a tensor, where they are known. */
  area(tensor: PythonValue): readonly (number | undefined)[] {
    const shape = tensor.kind === 'host' && tensor.object instanceof TensorObject ? tensor.object.facts.shape : [];
    return [1, 2].map((axis) => shape?.at(axis) ?? undefined);
  }

  channels(tensor: PythonValue): number | undefined {
    const last =
      tensor.kind === 'host' && tensor.object instanceof TensorObject ? tensor.object.facts.shape?.at(-1) : undefined;
    return typeof last === 'number' ? last : undefined;
  }

  notKnown(what: string): PythonValue {
    return unknown(`${what} of this network is not known.`, this.call.at);
  }

  /** The pooling that `pooling` asks for, without a top, named by it and a suffix where it has a name of its own. */
  pooled(tensor: PythonValue, suffix?: string): PythonValue {
    const pooling = this.text('pooling');
    const name: Given = suffix === undefined ? {} : { name: `${pooling}${suffix}` };
    if (pooling === 'avg') return this.layer('GlobalAveragePooling2D', tensor, name);
    return pooling === 'max' ? this.layer('GlobalMaxPooling2D', tensor, name) : tensor;
  }

  /** Whether it is made with the weights that Keras has of it, which is what happens where nothing is said. */
  isTrainedOnImageNet(): boolean {
    const given = this.#arguments.get('weights');
    return given === undefined || stringOf(given) === 'imagenet';
  }
}

function isMany(input: PythonValue | readonly PythonValue[]): input is readonly PythonValue[] {
  return Array.isArray(input);
}

function valueOf(value: number | string | boolean | readonly (number | readonly number[])[]): PythonValue {
  if (typeof value === 'number') return { kind: 'number', value, isFloat: !Number.isInteger(value) };
  if (typeof value === 'string') return str(value);
  if (typeof value === 'boolean') return bool(value);
  return tuple(value.map((each) => (typeof each === 'number' ? int(each) : tuple(each.map(int)))));
}

/** Channels rounded to a multiple of eight, never by more than a tenth downwards. Source: the papers on MobileNet. */
export function roundedChannels(channels: number, divisor = 8): number {
  const rounded = Math.max(divisor, Math.floor((channels + divisor / 2) / divisor) * divisor);
  return rounded < 0.9 * channels ? rounded + divisor : rounded;
}

/** Zeros around a convolution of stride 2, as Keras puts them: fewer in front of an axis of even or open length. */
export function strideMargins(
  lengths: readonly (number | undefined)[],
  kernel: number,
): readonly (readonly number[])[] {
  const half = Math.floor(kernel / 2);
  return lengths.map((length) => [length !== undefined && length % 2 === 1 ? half : half - 1, half]);
}
