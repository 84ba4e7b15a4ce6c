import { HumanError } from '../../model/problem';
import type { DataType } from '../../model/dataType';
import type { KerasArgument, KerasCall, KerasLayer, KerasModel, KerasTensor } from '../kerasModel';
import { weightShapesOf } from '../parameters';
import { workedOn } from '../callTensors';
import { noteMask } from './masks';
import { regularizations } from '../layers/regularization';
import { beyond, type LayerContext, type LoweredArgument, type LoweringOptions } from './context';
import { Draft, elements, floats, type DraftDimension, type DraftValue } from './draft';
import { operationLowerings } from './kinds/operations';
import { layerLowerings } from './lowerings';
import { scopeNames } from './scopes';
import { channelsFirst, isChannelsFirst } from './channelsFirst';
import { beyondLowering, unknownLayer } from './unknownLayer';

/** A model as operations, and for each origin of them the layer that it was. */
interface LoweredDraft {
  readonly draft: Draft;
  readonly origins: readonly LayerOrigin[];
}

export interface LayerOrigin {
  readonly layer: KerasLayer;
  readonly call: KerasCall;
}

/** What an input's batch is taken for where the model leaves it open. */
export type Batch = 'open' | 1;

/** Layers that do nothing when a model runs; AutoContrast stretches a picture then, too. */
const idle: ReadonlySet<string> = new Set([
  ...regularizations.map(({ className }) => className).filter((name) => name !== 'AutoContrast'),
  'Identity',
]);

/**
 * The operations of a model, layer by layer, before anything of them is joined.
 * @throws HumanError `keras-layer` for a layer of which nobody knows what it computes, `keras-shape` where a shape that
 * is needed is open.
 */
export function draftModel(model: KerasModel, options: LoweringOptions, batch: Batch): LoweredDraft {
  const draft = new Draft();
  const origins: LayerOrigin[] = [];
  const inputs = model.inputs.map(({ name, shape, dtype }): DraftValue => {
    if (shape === undefined) throw openShape(name);
    const closed = shape.map((length, axis): DraftDimension =>
      axis === 0 && (length ?? null) === null ? (batch === 1 ? 1 : null) : (length ?? null),
    );
    if (closed.some((length, axis) => axis > 0 && length === null)) throw openShape(name);
    return { name, shape: closed, type: dtypes.get(dtype) ?? 'float32' };
  });
  draft.inputs.push(...inputs);
  draft.outputs = [...lowerInto({ model, draft, origins, options, prefix: rootScope(model, options, batch) }, inputs)];
  return { draft, origins };
}

const dtypes: ReadonlyMap<string, DataType> = new Map([
  ['float32', 'float32'],
  ['int32', 'int32'],
  ['int64', 'int64'],
  ['uint8', 'uint8'],
  ['int8', 'int8'],
  ['bool', 'bool'],
]);

function rootScope(model: KerasModel, { flavour, manner }: LoweringOptions, batch: Batch): string {
  if (manner === 'ours') return model.name;
  if (flavour === 'keras2') return batch === 1 ? `model_1/${model.name}` : model.name;
  return batch === 1 ? `functional_1_1/${model.name}_1` : `${model.name}_1`;
}

interface ModelScope {
  readonly model: KerasModel;
  readonly draft: Draft;
  readonly origins: LayerOrigin[];
  readonly options: LoweringOptions;
  readonly prefix: string;
}

/** Adds a model's operations for `inputs`, and gives its outputs. */
function lowerInto(scope: ModelScope, inputs: readonly DraftValue[]): readonly DraftValue[] {
  const { model } = scope;
  const { flavour, manner } = scope.options;
  const names = scopeNames(model, manner === 'ours' ? 'keras2' : flavour);
  const values = new Map<string, DraftValue>();
  const inputOf = new Map(model.inputs.map(({ layer }, index) => [layer, index]));
  const valueOf = (tensor: KerasTensor): DraftValue | undefined =>
    'input' in tensor ? inputs[tensor.input] : values.get(`${tensor.layer} ${tensor.call} ${tensor.output}`);
  let pending = model.layers.flatMap((layer, index) =>
    layer.calls.map((call, place) => ({ layer, index, call, place })),
  );
  while (pending.length > 0) {
    const later: typeof pending = [];
    for (const each of pending) {
      const { layer, index, call, place } = each;
      const own = workedOn(call).map(valueOf);
      const known = own.filter((value) => value !== undefined);
      if (known.length < own.length || call.inputs.some((tensor) => valueOf(tensor) === undefined)) {
        later.push(each);
        continue;
      }
      const input = inputOf.get(index);
      const outputs =
        input === undefined
          ? lowerCall(scope, { layer, call, values: known, scope: names[index][place], valueOf })
          : [inputs[input]];
      outputs.forEach((value, output) => values.set(`${index} ${place} ${output}`, value));
    }
    if (later.length === pending.length) break;
    pending = later;
  }
  return model.outputs.map((tensor) => {
    const value = valueOf(tensor);
    if (value === undefined) throw unknownLayer('', model.name);
    return value;
  });
}

interface CallScope {
  readonly layer: KerasLayer;
  readonly call: KerasCall;
  readonly values: readonly DraftValue[];
  readonly scope: string;
  readonly valueOf: (tensor: KerasTensor) => DraftValue | undefined;
}

function lowerCall(scope: ModelScope, called: CallScope): readonly DraftValue[] {
  const { layer, call, values } = called;
  const name = `${scope.prefix}/${called.scope}`;
  if (layer.model !== undefined) return lowerInto({ ...scope, model: layer.model, prefix: name }, values);
  if (values.length < (leastInputs.get(layer.className) ?? 1)) throw misfit(layer);
  scope.origins.push({ layer, call });
  scope.draft.origin = scope.origins.length - 1;
  const context: LayerContext = {
    draft: scope.draft,
    options: scope.options,
    layer,
    config: layer.config,
    scope: name,
    inputs: values,
    outputs: call.outputs,
    arguments: {
      positional: call.positional.map((argument) => lowered(argument, called.valueOf)),
      named: new Map([...call.named].map(([key, argument]) => [key, lowered(argument, called.valueOf)])),
    },
    weight: weightsOf(scope.model, layer),
    inside: lowerLayer,
  };
  const before = scope.draft.nodes.length;
  const list = lowerLayer(context);
  noteMask(context, list);
  const made = scope.draft.nodes.slice(before).flatMap(({ outputs }) => outputs);
  if (made.some(({ shape }) => !shape.every(isLength))) throw misfit(layer);
  return list.length === 0 ? standIns(scope, called, name) : list;
}

/** Layers that work on more than one tensor. */
const leastInputs: ReadonlyMap<string, number> = new Map([
  ['Dot', 2],
  ['MultiHeadAttention', 2],
  ['Attention', 2],
  ['AdditiveAttention', 2],
]);

/** Of one variable: a gigabyte of float numbers. */
const mostWeights = 2 ** 28;

function isLength(length: DraftDimension): boolean {
  return length === null || (Number.isSafeInteger(length) && length >= 0);
}

function misfit({ name, className }: KerasLayer): HumanError {
  return new HumanError(
    'keras-layer',
    `The layer "${name}" (${className}) does not fit what it is called with, so the model is not converted. ` +
      'Save the model again, or correct the layer.',
  );
}

function lowerLayer(context: LayerContext): readonly DraftValue[] {
  const { layer, inputs } = context;
  context.draft.beyond = undefined;
  const option = beyondLowering(context);
  if (option !== undefined) return beyond(context, option);
  if (idle.has(layer.className)) return inputs.slice(0, 1);
  if (isChannelsFirst(context)) return channelsFirst(context, lowerLayer);
  const outputs = (layer.kind === 'op' ? operationLowerings : layerLowerings).get(layer.className)?.(context);
  if (outputs === undefined) return [];
  return 'shape' in outputs ? [outputs] : outputs;
}

/** What a layer gives, of which only the shape is known, as the result of an operator that TFLM does not have. */
function standIns(
  { draft, options }: ModelScope,
  { layer, call, values }: CallScope,
  name: string,
): readonly DraftValue[] {
  if (options.unknown === 'refuse' || call.outputs.length === 0) {
    throw unknownLayer(layer.className, layer.name, draft.beyond);
  }
  const outputs = call.outputs.map((shape, index): DraftValue => {
    const closed = shape?.map((length, axis) => (axis === 0 ? (length ?? null) : length));
    if (closed === undefined || closed.some((length, axis) => axis > 0 && (length ?? null) === null)) {
      throw openShape(layer.name);
    }
    return { name: `${name}:${index}`, shape: closed.map((length) => length ?? null), type: 'float32' };
  });
  draft.addNode(`CUSTOM ${layer.className}`, values, { outputs, name });
  return outputs;
}

function lowered(argument: KerasArgument, valueOf: CallScope['valueOf']): LoweredArgument {
  if (typeof argument === 'object' && argument !== null) {
    if ('tensor' in argument) return valueOf(argument.tensor) ?? { plain: undefined };
    if ('list' in argument) return { list: argument.list.map((each) => lowered(each, valueOf)) };
  }
  return { plain: argument };
}

/** One value for each variable of a layer, however often it is used. */
const weightValues = new WeakMap<KerasLayer, Map<string, DraftValue>>();

function weightsOf(model: KerasModel, layer: KerasLayer): LayerContext['weight'] {
  let values = weightValues.get(layer);
  if (values === undefined) {
    const shapes = weightShapesOf(model, layer) ?? [];
    if (shapes.some(({ shape }) => !shape.every(isLength) || elements(shape) > mostWeights)) throw misfit(layer);
    const trained = new Map(layer.weights?.map((weight) => [weight.name, weight.values]));
    values = new Map(
      shapes.map(({ name, shape }) => [name, floats(trained.get(name), shape, `${layer.name}/${name}`)]),
    );
    weightValues.set(layer, values);
  }
  const own = values;
  return (name) => {
    const value = own.get(name);
    if (value === undefined) throw openShape(layer.name);
    return value;
  };
}

function openShape(name: string): HumanError {
  return new HumanError(
    'keras-shape',
    `The shape of "${name}" is open, and a model for a microcontroller needs all of it but the batch. ` +
      'Give the whole shape where the model is built.',
  );
}
