import { dimensionsIn, isList, isMap, textOf } from '../configValues';
import type { KerasConfig, KerasShape, KerasValue } from '../kerasModel';

/** Which output of which call of which layer, as files name it. */
export interface FileHistory {
  readonly layer: string;
  readonly call: number;
  readonly output: number;
}

interface FileTensor extends FileHistory {
  /** As the file notes it, of Keras 3. */
  readonly shape?: KerasShape;
}

/** One use of a layer as a file has it. */
export interface FileCall {
  readonly tensors: readonly FileTensor[];
  readonly positional: readonly FileArgument[];
  readonly named: ReadonlyMap<string, FileArgument>;
}

export type FileArgument =
  KerasValue | { readonly history: FileTensor } | { readonly arguments: readonly FileArgument[] } | undefined;

/** The uses of a layer: Keras 3 writes arguments, Keras 2 lists of `[layer, call, output, named arguments]`. */
export function readNodes(value: KerasValue | undefined): readonly FileCall[] {
  if (!isList(value)) return [];
  return value.map((node) => (isMap(node) ? argumentsNode(node) : listNode(node)));
}

function argumentsNode(node: KerasConfig): FileCall {
  const tensors: FileTensor[] = [];
  const [positional, named] = [node.get('args'), node.get('kwargs')];
  return {
    tensors,
    positional: isList(positional) ? positional.map((each) => argumentOf(each, tensors)) : [],
    named: new Map(isMap(named) ? [...named].map(([name, each]) => [name, argumentOf(each, tensors)]) : []),
  };
}

/** An argument of Keras 3: tensors and slices are objects of classes of their own. */
function argumentOf(value: KerasValue | undefined, tensors: FileTensor[]): FileArgument {
  if (isMap(value)) {
    const config = value.get('config');
    if (!isMap(config)) return value;
    if (value.get('class_name') === '__slice__') return config;
    if (value.get('class_name') === '__ellipsis__') return '...';
    if (value.get('class_name') === '__keras_tensor__') {
      const tensor = historyOf(config.get('keras_history'), dimensionsIn(config.get('shape')));
      if (tensor === undefined) return undefined;
      tensors.push(tensor);
      return { history: tensor };
    }
    return value;
  }
  return listOrValue(value, (each) => argumentOf(each, tensors));
}

/** Lists that hold tensors stay lists of arguments; others are values. */
function listOrValue(
  value: KerasValue | undefined,
  convert: (value: KerasValue | undefined) => FileArgument,
): FileArgument {
  if (!isList(value)) return value;
  const parts = value.map(convert);
  const isPlain = parts.every(
    (part) => typeof part !== 'object' || part === null || !('history' in part || 'arguments' in part),
  );
  return isPlain ? (parts as readonly (KerasValue | undefined)[]) : { arguments: parts };
}

function historyOf(value: KerasValue | undefined, shape?: KerasShape): FileTensor | undefined {
  if (!isList(value)) return undefined;
  const [layer, call, output] = value;
  if (typeof layer !== 'string' || typeof call !== 'number' || typeof output !== 'number') return undefined;
  return { layer, call, output, shape };
}

/** Name in the place of a layer where an argument is a constant. */
const constantName = '_CONSTANT_VALUE';

function listNode(node: KerasValue | undefined): FileCall {
  const entries = isList(node) ? (typeof node[0] === 'string' ? [node] : node) : [];
  const tensors: FileTensor[] = [];
  const named = new Map<string, FileArgument>();
  const positional = entries.flatMap((entry): FileArgument[] => {
    if (!isList(entry)) return [];
    const own = entry.at(3);
    if (isMap(own)) for (const [name, each] of own) named.set(name, each);
    if (entry[0] === constantName) return [entry.at(2)];
    const tensor = historyOf(entry);
    if (tensor === undefined) return [];
    tensors.push(tensor);
    return [{ history: tensor }];
  });
  for (const [name, value] of named) named.set(name, namedArgument(value as KerasValue, tensors));
  const isSeveral = positional.length > 1;
  return { tensors, positional: isSeveral ? [{ arguments: positional }] : positional, named };
}

/** A named argument of Keras 2: `[layer, call, output]` in it is a tensor. */
function namedArgument(value: KerasValue | undefined, tensors: FileTensor[]): FileArgument {
  if (isList(value) && value.length === 3) {
    const tensor = historyOf(value);
    if (tensor !== undefined && value[0] !== constantName) {
      tensors.push(tensor);
      return { history: tensor };
    }
    if (value[0] === constantName) return value[2];
  }
  if (isMap(value) && textOf(value, 'class_name') === '__slice__') return value.get('config');
  return listOrValue(value, (each) => namedArgument(each, tensors));
}
