import type { KerasFlavour, KerasModel } from '../kerasModel';
import type { Draft, DraftNode, DraftValue } from './draft';
import { constantNames, madeName } from './constantNames';
import { weightedNames } from './weightedNames';

/** Names in the official converter's file: they take much of the flash of a small model. */
export interface OfficialNames {
  readonly tensors: ReadonlyMap<DraftValue, string>;
  /** What the signature calls the inputs. */
  readonly inputs: readonly string[];
}

interface Naming {
  readonly model: KerasModel;
  readonly flavour: KerasFlavour;
  /** The model was called on an input with a batch of 1, by which its own input has no name that the source gives. */
  readonly isWrapped: boolean;
  /** Class of the layer that an operation is of. */
  readonly classOf: (node: DraftNode) => string;
}

/**
 * Each tensor's name as the official converter makes it: of all operations that were joined, with `;` between. The
 * number behind `keras_tensor` counts what a process has built, so two digits stand for it.
 */
export function officialNames(draft: Draft, { model, flavour, isWrapped, classOf }: Naming): OfficialNames {
  const isCounted = flavour === 'keras3' && (isWrapped || model.kind === 'sequential');
  const inputs = draft.inputs.map(({ name }, index) =>
    isCounted ? `keras_tensor_${10 + index}` : flavour === 'keras2' && isWrapped ? `input_${1 + index}` : name,
  );
  const called = flavour === 'keras2' ? 'StatefulPartitionedCall' : 'StatefulPartitionedCall_1';
  const tensors = new Map<DraftValue, string>();
  const distinct = distinctNames();
  const name = (value: DraftValue | undefined, text: string): void => {
    if (value !== undefined && !tensors.has(value)) tensors.set(value, distinct(text));
  };
  draft.inputs.forEach((value, index) => name(value, `serving_default_${inputs[index]}:0`));
  draft.outputs.forEach((value, index) => name(value, `${called}:${index}`));
  for (const { value, text } of edgeNames(draft, tensors)) name(value, text);
  const repeated = repeatedPlain(draft);
  for (const graph of draft.all()) {
    if (graph !== draft) graph.inputs.forEach((value) => name(value, value.name));
    graph.unread.forEach((value) => name(value, repeated.has(plainKey(value)) ? madeName : value.name));
    nameGraph(graph, { flavour, classOf, name, repeated });
  }
  return { tensors, inputs };
}

interface GraphNaming extends Pick<Naming, 'flavour' | 'classOf'> {
  readonly name: (value: DraftValue | undefined, text: string) => void;
  /** Keys of constants of loops that several of them have. */
  readonly repeated: ReadonlySet<string>;
}

/** Numbers of steps, and zeros that loops begin with: those that are equal are one constant. */
function repeatedPlain({ nodes, unread }: Draft): ReadonlySet<string> {
  const zeros = nodes.filter(({ kind }) => kind === 'WHILE').flatMap(({ inputs }) => inputs.slice(2));
  const [once, repeated] = [new Set<string>(), new Set<string>()];
  for (const value of [...zeros, ...unread]) {
    if (value?.constant === undefined) continue;
    const key = plainKey(value);
    (once.has(key) ? repeated : once).add(key);
  }
  return repeated;
}

function plainKey({ type, shape, constant }: DraftValue): string {
  return `${type} ${shape.join('x')} ${type === 'int32' ? String(constant?.values?.join()) : ''}`;
}

function nameGraph(draft: Draft, { flavour, classOf, name, repeated }: GraphNaming): void {
  const shared = sharedConstants(draft);
  const behind = new Map<DraftValue, string>();
  for (const node of draft.nodes) {
    if (node.outputs.length === 0) continue;
    const weighted = weightedNames(node, { flavour, className: classOf(node) });
    if (weighted?.squeezed !== undefined) behind.set(node.outputs[0], weighted.squeezed);
    weighted?.inputs.forEach((text, place) => name(node.inputs[place], text));
    constantNames(node, flavour).forEach((text, place) => {
      const input = node.inputs[place];
      if (input?.constant === undefined) return;
      const isShared = shared.has(constantKey(input)) || (node.kind === 'WHILE' && repeated.has(plainKey(input)));
      name(input, (node.kind === 'LESS' ? repeated.has(plainKey(input)) : isShared) ? madeName : text);
    });
    for (const value of node.intermediates ?? []) name(value, value.name);
    for (const value of node.inputs) if (value?.isVariable === true) name(value, value.name);
    const [input] = node.inputs;
    const isSqueeze = node.kind === 'RESHAPE' && node.outputs[0].name.endsWith('/Squeeze');
    const squeezed = isSqueeze && input !== undefined ? behind.get(input) : undefined;
    for (const output of node.outputs) name(output, squeezed ?? weighted?.output ?? outputName(node, output, flavour));
  }
}

/** What is converted at the edges of a model is named by the edge. */
function edgeNames(
  { nodes, inputs, outputs }: Draft,
  tensors: ReadonlyMap<DraftValue, string>,
): readonly { readonly value: DraftValue; readonly text: string }[] {
  return nodes.flatMap(({ kind, inputs: [read], outputs: [made] }) => {
    if (read === undefined || (kind !== 'QUANTIZE' && kind !== 'DEQUANTIZE')) return [];
    if (inputs.includes(read) && read.type !== made.type) {
      const text = made.type === 'int16' ? `${tensors.get(read) ?? ''}_int16` : 'tfl.quantize';
      return [{ value: made, text }];
    }
    const outer = outputs.includes(made) ? tensors.get(made) : undefined;
    // Two names that are equal get a number.
    return outer === undefined ? [] : [{ value: read, text: read.type === 'int16' ? `${outer}_int16` : outer }];
  });
}

/** Integers that more than one operation reads: they are one constant, without a name of its own. */
function sharedConstants({ nodes }: Draft): ReadonlySet<unknown> {
  const [once, shared] = [new Set<unknown>(), new Set<unknown>()];
  for (const { inputs } of nodes) {
    const keys = new Set(inputs.map((input) => (input?.constant === undefined ? undefined : constantKey(input))));
    for (const key of keys) {
      if (key !== undefined && once.has(key)) shared.add(key);
      once.add(key);
    }
  }
  return shared;
}

function constantKey(value: DraftValue): unknown {
  const values = value.constant?.values;
  return values instanceof Int32Array ? `${value.shape.length}: ${values.join(',')}` : value;
}

/** A name that was given already gets a number behind. */
function distinctNames(): (text: string) => string {
  const counts = new Map<string, number>();
  return (text) => {
    const count = counts.get(text) ?? 0;
    counts.set(text, count + 1);
    return count === 0 ? text : `${text}${count}`;
  };
}

/** TensorFlow's names of operations that are called otherwise here. */
const operationNames: ReadonlyMap<string, string> = new Map([
  ['MEAN', 'Mean'],
  ['REDUCE_MAX', 'Max'],
]);

/** Operators that the converter makes of several operations. */
const joinedNames: ReadonlyMap<string, readonly string[]> = new Map([
  ['HARD_SWISH', ['mul', '', 'Relu6', 'add', 'truediv']],
  ['GELU', ['mul_2', 'mul/x', 'mul', 'Neg', 'Cast/x', 'mul_1', 'Erfc']],
  ['PRELU', ['add', 'Relu', 'Neg_1', 'Relu_1', 'mul']],
]);

function outputName({ kind, outputs }: DraftNode, { name }: DraftValue, flavour: KerasFlavour): string {
  if (kind === 'SPLIT' || kind === 'UNPACK') {
    const whole = name.replace(/:\d+$/, '');
    const isJoined = kind === 'SPLIT' && outputs[0].type !== 'float32';
    return isJoined ? outputs.map((_, index) => (index === 0 ? whole : `${whole}${index}`)).join(';') : whole;
  }
  const parts = joinedNames.get(kind);
  const scope = name.replace(/[^/]*$/, '');
  if (parts !== undefined) return parts.map((part) => (part === '' ? '' : `${scope}${part}`)).join(';');
  const own = operationNames.get(kind);
  if (own !== undefined) return name.replace(/\/Reduce$/, `/${own}`);
  return flavour === 'keras2' && kind === 'MAX_POOL_2D' ? name.replace(/\/MaxPool2d$/, '/MaxPool') : name;
}
