import type { Graph, Model, Operator, Tensor } from '../../model/model';
import type { DraftConstant, DraftNode, DraftValue } from './draft';
import { constantNumber, type Draft } from './draft';
import type { OfficialNames } from './officialNames';
import { optionTables } from './optionTables';
import { versionOf } from './versions';

/** A model, and the origin of each of its operators as the draft numbers it, by graph. */
interface EmittedModel {
  readonly model: Model;
  readonly origins: readonly (readonly number[])[];
}

/** Constants of up to so many elements that are equal are one. */
const mostShared = 64;

/**
 * The graphs of a draft in their order, in each inputs, then constants, then what is computed. With `names` it is as
 * the official converter's file has it.
 */
export function emitModel(draft: Draft, format: string, names?: OfficialNames): EmittedModel {
  const drafts = draft.all();
  const versions = versionsOf(drafts.flatMap(({ nodes }) => nodes));
  const data = new Map<DraftConstant, Uint8Array>();
  const graphs = drafts.map((each, index) =>
    graphOf(each, { index, names, data, versions, placeOf: (graph) => drafts.indexOf(graph) }),
  );
  const [{ inputs, outputs }] = graphs;
  const signature = {
    key: 'serving_default',
    graph: 0,
    inputs: draft.inputs.map(({ name }, index) => ({ name: names?.inputs[index] ?? name, tensor: inputs[index] })),
    outputs: outputs.map((tensor, index) => ({ name: `output_${index}`, tensor })),
  };
  const model = {
    format,
    formatVersion: 3,
    fileBytes: 0,
    ...(names && { writtenBy: 'converter' as const }),
    graphs,
    metadata: [],
    signatures: [signature],
  };
  return { model, origins: drafts.map(({ nodes }) => nodes.map(({ origin }) => origin)) };
}

interface Emitting {
  readonly index: number;
  readonly names?: OfficialNames;
  readonly data: Map<DraftConstant, Uint8Array>;
  readonly versions: ReadonlyMap<string, number>;
  readonly placeOf: (graph: Draft) => number;
}

function graphOf(draft: Draft, { index, names, data, versions, placeOf }: Emitting): Graph {
  const tensors: Tensor[] = [];
  const places = new Map<DraftValue, number>();
  const shared = new Map<string, number>();
  const addValue = (value: DraftValue): void => {
    if (places.has(value)) return;
    const key = sharedKey(value) ?? declaredKey(value);
    const same = key === undefined ? undefined : shared.get(key);
    if (same !== undefined) {
      places.set(value, same);
      return;
    }
    if (key !== undefined) shared.set(key, tensors.length);
    places.set(value, tensors.length);
    const tensor = tensorOf(value, tensors.length, data);
    tensors.push(
      names === undefined ? tensor : { ...tensor, name: names.tensors.get(value) ?? value.name, hasRank: true },
    );
  };
  draft.inputs.forEach(addValue);
  for (const { inputs } of draft.nodes)
    for (const input of inputs) if (input?.constant !== undefined || input?.isVariable === true) addValue(input);
  draft.unread.forEach(addValue);
  for (const { outputs, intermediates = [] } of draft.nodes) [...intermediates, ...outputs].forEach(addValue);
  draft.outputs.forEach(addValue);
  const place = (value: DraftValue): number => places.get(value) ?? -1;
  const operators = draft.nodes.map((node, at): Operator => ({
    index: at,
    ...kindOf(node),
    version: versions.get(node.kind) ?? 1,
    inputs: node.inputs.map((input) => (input === undefined ? -1 : place(input))),
    outputs: node.outputs.map(place),
    intermediates: (node.intermediates ?? []).map(place),
    ...optionsOf(node, placeOf),
  }));
  const [inputs, outputs] = [draft.inputs.map(place), draft.outputs.map(place)];
  return { index, name: draft.name, tensors, inputs, outputs, operators };
}

/** `CUSTOM` and a name: what stands in for a layer that nobody knows. */
function kindOf({ kind }: DraftNode): Pick<Operator, 'kind' | 'customCode'> {
  return kind.startsWith('CUSTOM ') ? { kind: 'CUSTOM', customCode: kind.slice('CUSTOM '.length) } : { kind };
}

function optionsOf({ kind, options, graphs }: DraftNode, placeOf: Emitting['placeOf']): Pick<Operator, 'options'> {
  const table = optionTables.get(kind);
  if (table === undefined) return {};
  const names = kind === 'WHILE' ? ['condSubgraphIndex', 'bodySubgraphIndex'] : ['initSubgraphIndex'];
  const places = graphs?.map((graph, index) => [names[index], placeOf(graph)] as const);
  return { options: { table, values: { ...options, ...(places && Object.fromEntries(places)) } } };
}

/** The file has one version for each kind of operator: the highest that one of them needs. */
function versionsOf(nodes: readonly DraftNode[]): ReadonlyMap<string, number> {
  const versions = new Map<string, number>();
  const has16 = nodes.some(({ outputs }) => outputs.some(({ type }) => type === 'int16'));
  for (const node of nodes) versions.set(node.kind, Math.max(versions.get(node.kind) ?? 1, versionOf(node, has16)));
  return versions;
}

/** A large or unknown constant is equal to itself alone. */
function declaredKey(value: DraftValue): string | undefined {
  if (value.constant === undefined || value.isVariable === true) return undefined;
  return `${value.type} ${value.shape.join()} constant ${constantNumber(value)}`;
}

function sharedKey({ constant, shape, type }: DraftValue): string | undefined {
  const values = constant?.values;
  if (values === undefined || values.length > mostShared) return undefined;
  return `${type} ${shape.join(',')}: ${values.join(',')}`;
}

function tensorOf(
  { shape, type, name, constant, quantization, isVariable = false }: DraftValue,
  index: number,
  data: Map<DraftConstant, Uint8Array>,
): Tensor {
  const isOpen = shape.includes(null);
  return {
    index,
    name,
    type,
    shape: shape.map((length) => length ?? 1),
    ...(isOpen && { shapeSignature: shape.map((length) => length ?? -1) }),
    isVariable,
    ...(quantization && { quantization }),
    ...(constant !== undefined && contents(constant, data)),
  };
}

function contents(constant: DraftConstant, data: Map<DraftConstant, Uint8Array>): Pick<Tensor, 'data' | 'declared'> {
  const { values, label } = constant;
  if (values === undefined) return { declared: { name: label } };
  let bytes = data.get(constant);
  if (bytes === undefined) {
    bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    data.set(constant, bytes);
  }
  return { data: bytes };
}
