import type { Frame } from '../../python/evaluate/machine';
import type { PythonPlace, UnknownValue } from '../../python/evaluate/values';
import type { SourcePlace } from '../../model/origin';
import type { KerasArgument, KerasCall, KerasInput, KerasLayer, KerasModel, KerasTensor } from '../kerasModel';
import { asLayer, type LayerObject } from './layerObject';
import { KerasModelObject } from './modelObject';
import { attributeLayers } from './modelParts';
import type { CallArgument, CallRecord, TensorFacts } from './graph';
import type { Lines } from './lines';

/** What cannot be known of a model, and where. */
export interface OpenFact {
  readonly layer: string;
  readonly parameter: string;
  readonly value: UnknownValue;
}

interface Extracted {
  readonly model: KerasModel;
  readonly open: readonly OpenFact[];
}

/** A model of the program as data. */
export function extractModel(object: KerasModelObject, lines: Lines): Extracted {
  const open: OpenFact[] = [];
  const model = new Extraction(lines, open).model(object);
  return { model, open };
}

/** Models within models beyond which they are not looked into. */
const mostDepth = 8;

interface Graph {
  readonly layers: readonly LayerObject[];
  readonly records: readonly CallRecord[];
  readonly inputs: readonly TensorFacts[];
  readonly outputs: readonly TensorFacts[];
}

class Extraction {
  #depth = 0;

  constructor(
    readonly lines: Lines,
    readonly open: OpenFact[],
  ) {}

  model(object: KerasModelObject): KerasModel {
    const graph = graphOf(object);
    for (const value of object.missing) this.open.push({ layer: object.facts.name, parameter: 'layers', value });
    for (const { parameter, value } of object.openInput) {
      this.open.push({ layer: object.facts.name, parameter, value });
    }
    if (object.modelKind === 'sequential') this.#openOf(ownerOf(graph.inputs.at(0)));
    return this.#graph(object, graph, object.modelKind);
  }

  #graph(owner: LayerObject, graph: Graph, kind: KerasModel['kind']): KerasModel {
    const places = new Map(graph.layers.map((layer, place) => [layer, place]));
    const byLayer = new Map<LayerObject, CallRecord[]>();
    const numbers = new Map<CallRecord, number>();
    for (const record of graph.records) {
      const layer = asLayer(record.layer);
      const own = byLayer.get(layer) ?? [];
      byLayer.set(layer, own);
      numbers.set(record, own.length);
      own.push(record);
    }
    const tensorOf = (facts: TensorFacts): KerasTensor => {
      const input = graph.inputs.indexOf(facts);
      const from = facts.from;
      const layer = from && places.get(asLayer(from.call.layer));
      const call = from && numbers.get(from.call);
      if (from === undefined || layer === undefined || call === undefined) return { input: Math.max(0, input) };
      return { layer, call, output: from.output };
    };
    const layers = graph.layers.map((layer) => this.layer(layer, byLayer.get(layer) ?? [], tensorOf));
    return {
      name: owner.facts.name,
      flavour: owner.facts.flavour,
      kind,
      layers,
      inputs: graph.inputs.map((facts, place) => inputOf(facts, place, places)),
      outputs: graph.outputs.map(tensorOf),
      origin: this.#place(owner.facts.at),
    };
  }

  layer(
    object: LayerObject,
    records: readonly CallRecord[],
    tensorOf: (facts: TensorFacts) => KerasTensor,
  ): KerasLayer {
    const { className, name, kind, config, at, calledFrom } = object.facts;
    this.#openOf(object);
    for (const { missing } of records) {
      if (missing !== undefined) this.open.push({ layer: name, parameter: 'inputs', value: missing });
    }
    const inner = this.#inner(object);
    const weights = object.ownWeights;
    const known = weights.every(({ shape }) => shape.every((length) => length !== undefined));
    return {
      className,
      name,
      kind,
      config: object.isTrainable ? config : new Map([...config, ['trainable', false]]),
      calls: records.map((record) => this.#call(record, tensorOf)),
      ...(inner && { model: inner }),
      ...(object.wraps.length > 0 && { wraps: object.wraps.map((each) => this.layer(each, [], tensorOf)) }),
      ...(weights.length > 0 &&
        known && {
          weights: weights.map((weight) => ({ ...weight, shape: weight.shape.map((length) => length ?? 0) })),
        }),
      origin: this.#place(at),
      ...(calledFrom.length > 0 && { calledFrom: calledFrom.map((frame) => this.#frame(frame)) }),
    };
  }

  #openOf(object: LayerObject | undefined): void {
    for (const { parameter, value } of object?.facts.open ?? []) {
      this.open.push({ layer: object?.facts.name ?? '', parameter, value });
    }
  }

  /** The model that a layer is, or what its own `call` does. */
  #inner(object: LayerObject): KerasModel | undefined {
    if (this.#depth >= mostDepth) return undefined;
    this.#depth += 1;
    try {
      if (object instanceof KerasModelObject) return this.model(object);
      if (object.trace === undefined || (object.instance === undefined && object.lambda === undefined))
        return undefined;
      return this.#graph(object, tracedGraph(object), 'subclassed');
    } finally {
      this.#depth -= 1;
    }
  }

  #call(record: CallRecord, tensorOf: (facts: TensorFacts) => KerasTensor): KerasCall {
    const argument = (each: CallArgument): KerasArgument => {
      if ('tensor' in each) return { tensor: tensorOf(each.tensor) };
      return 'list' in each ? { list: each.list.map(argument) } : each.value;
    };
    return {
      inputs: record.inputs.map(tensorOf),
      positional: record.positional.map(argument),
      named: new Map([...record.named].map(([name, each]) => [name, argument(each)])),
      outputs: record.outputs.map(({ shape }) => shape),
      origin: this.#place(record.at),
    };
  }

  #place(place: PythonPlace): SourcePlace {
    return this.lines.place(place);
  }

  #frame({ at }: Frame): SourcePlace {
    return this.#place(at);
  }
}

function ownerOf(facts: TensorFacts | undefined): LayerObject | undefined {
  return facts?.from && asLayer(facts.from.call.layer);
}

function inputOf(facts: TensorFacts, place: number, places: ReadonlyMap<LayerObject, number>): KerasInput {
  const layer = ownerOf(facts);
  const index = layer && places.get(layer);
  return {
    name: layer?.facts.name ?? `args_${place}`,
    shape: facts.shape,
    dtype: facts.dtype,
    ...(index !== undefined && { layer: index }),
  };
}

function graphOf(object: KerasModelObject): Graph {
  if (object.modelKind === 'functional') {
    const { layers, records } = object.network();
    return { layers: layers.map(asLayer), records, inputs: object.inputs, outputs: object.outputs };
  }
  if (object.modelKind === 'subclassed') return tracedGraph(object);
  const { input, trace } = object.chain();
  return { layers: object.stack, records: trace.records, inputs: [input], outputs: trace.outputs };
}

/** Layers by attribute, then what the method called besides them. */
function tracedGraph(object: LayerObject): Graph {
  const { inputs, records, outputs } = object.trace ?? { inputs: [], records: [], outputs: [] };
  const held = object.instance === undefined ? [] : attributeLayers(object.instance.attributes);
  const layers = new Set(held);
  for (const { layer } of records) layers.add(asLayer(layer));
  return { layers: [...layers], records, inputs, outputs };
}
