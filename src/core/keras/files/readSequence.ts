import { dimensionsIn, isList, isMap, textOf } from '../configValues';
import type { KerasConfig, KerasInput, KerasLayer, KerasModel, KerasShape, KerasTensor } from '../kerasModel';
import { outputShapes } from '../outputShapes';
import { withCalls, type DescribedModel } from './described';
import { unreadable } from './unreadable';

/** A sequential model: each layer is called with what the one before gives. */
export function readSequence(config: KerasConfig, { flavour, describe }: DescribedModel): KerasModel {
  const listed = config.get('layers');
  const described = (isList(listed) ? listed : []).map((layer) => describe(layer, flavour));
  const [first, ...rest] = described;
  if (first === undefined) throw unreadable('it has no layers');
  const hasInput = first.className === 'InputLayer';
  const input = inputOf(first.config, config);
  let [shape, place]: [KerasShape, KerasTensor] = [input.shape, { input: 0 }];
  const layers = (hasInput ? rest : described).map((layer, index): KerasLayer => {
    const outputs = outputShapes(layer, { inputs: [shape], flavour });
    const call = { inputs: [place], positional: [{ tensor: place }], named: new Map(), outputs };
    [shape, place] = [outputs.at(0), { layer: index, call: 0, output: 0 }];
    return withCalls(layer, [call]);
  });
  const name = textOf(config, 'name') ?? 'sequential';
  const named = hasInput ? first.name : `${first.name}_input`;
  return {
    name,
    flavour,
    kind: 'sequential',
    layers,
    inputs: [{ ...input, name: named }],
    outputs: [place],
  };
}

/** From the input layer, from the first layer's own configuration, or from the shape that the model was built for. */
function inputOf(first: KerasConfig, model: KerasConfig): Omit<KerasInput, 'name'> {
  const sources = [first.get('batch_shape'), first.get('batch_input_shape'), model.get('build_input_shape')];
  const shape = sources.map((source) => dimensionsIn(source)).find((each) => each !== undefined);
  const dtype = first.get('dtype');
  const policy = isMap(dtype) && isMap(dtype.get('config')) ? (dtype.get('config') as KerasConfig).get('name') : dtype;
  return { shape, dtype: typeof policy === 'string' ? policy : 'float32' };
}
