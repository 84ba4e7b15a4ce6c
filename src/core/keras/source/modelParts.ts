import { host, list } from '../../python/evaluate/plainValues';
import type { PythonPlace, PythonValue } from '../../python/evaluate/values';
import type { KerasShape } from '../kerasModel';
import type { GraphSession, TensorFacts } from './graph';
import { LayerObject } from './layerObject';
import { TensorObject, shapeValue } from './tensorObject';

export function layerValue(layer: LayerObject): PythonValue {
  return layer.instance ?? host(layer);
}

/** Layers that an object holds, in the order of its attributes, in lists and dictionaries, too. */
export function attributeLayers(attributes: ReadonlyMap<string, PythonValue>): readonly LayerObject[] {
  const found = new Set<LayerObject>();
  const met = new Set<PythonValue>();
  const visit = (value: PythonValue, depth: number): void => {
    if (depth > 5 || met.has(value)) return;
    met.add(value);
    if (value.kind === 'host' && value.object instanceof LayerObject) found.add(value.object);
    else if (value.kind === 'instance' && value.host instanceof LayerObject) found.add(value.host);
    else if (value.kind === 'list' || value.kind === 'tuple') for (const each of value.items) visit(each, depth + 1);
    else if (value.kind === 'dict') for (const [, each] of value.entries.values()) visit(each, depth + 1);
  };
  for (const value of attributes.values()) visit(value, 0);
  return [...found];
}

export function sameBehindBatch(first: KerasShape, second: KerasShape): boolean {
  if (first === undefined || second === undefined) return first === second;
  return first.length === second.length && first.slice(1).every((each, place) => each === second[place + 1]);
}

/** What `modelFact` asks of a model. */
interface ModelView {
  readonly session: GraphSession;
  layerObjects(): readonly LayerObject[];
  inputFactsOf(): readonly TensorFacts[];
  outputFactsOf(): readonly TensorFacts[];
}

/** An attribute of a model that says what it is made of. */
export function modelFact(model: ModelView, name: string, at: PythonPlace): PythonValue | undefined {
  switch (name) {
    case 'layers':
    case '_layers':
      return list(model.layerObjects().map((layer) => layerValue(layer)));
    case 'inputs':
      return list(model.inputFactsOf().map((facts) => host(new TensorObject(model.session, facts))));
    case 'outputs':
      return list(model.outputFactsOf().map((facts) => host(new TensorObject(model.session, facts))));
    case 'input':
      return single(model.inputFactsOf(), model.session);
    case 'output':
      return single(model.outputFactsOf(), model.session);
    case 'input_shape':
      return shapeValue(model.inputFactsOf().at(0)?.shape, at);
    case 'output_shape':
      return shapeValue(model.outputFactsOf().at(0)?.shape, at);
    default:
      return undefined;
  }
}

function single(tensors: readonly TensorFacts[], session: GraphSession): PythonValue | undefined {
  const values = tensors.map((facts) => host(new TensorObject(session, facts)));
  return values.length === 1 ? values[0] : values.length === 0 ? undefined : list(values);
}
