import { isList, isMap, numbersIn, textOf } from '../configValues';
import type { KerasFlavour, KerasValue } from '../kerasModel';
import { fillConfig } from '../layers/fillConfig';
import { getItem } from '../layers/getItem';
import type { LayerKind } from '../layers/layerKind';
import { alikeOf, cutsBetween } from '../source/functions';
import type { DescribedLayer } from './described';
import type { FileArgument, FileCall } from './readNodes';

/** A layer of a file with its uses. */
export interface UsedLayer {
  readonly layer: DescribedLayer;
  readonly calls: readonly FileCall[];
}

/** Classes of the layers that Keras 2 makes of functions of TensorFlow. */
const classNames: ReadonlySet<string> = new Set(['TFOpLambda', 'SlicingOpLambda']);

/** What those functions call their second tensor. */
const secondNames = ['y', 'b'];

/**
 * A function of TensorFlow that Keras 2 keeps as a layer, as the operation that it is. It stays as it is where a part
 * of it has no counterpart: it is then a layer of which nobody knows what it computes.
 */
export function asOperation(used: UsedLayer, flavour: KerasFlavour): UsedLayer {
  const { layer, calls } = used;
  const path = textOf(layer.config, 'function');
  if (!classNames.has(layer.className) || path === undefined || calls.length !== 1) return used;
  const found = operationAt(path);
  const call = found && asOperationCall(calls[0], found);
  if (call === undefined) return used;
  const { table } = found!;
  const config = fillConfig(table, call.parameters, flavour);
  return { layer: { ...layer, className: table.className, kind: 'op', config }, calls: [call.call] };
}

interface FoundOperation {
  readonly table: LayerKind;
  /** Parameters by TensorFlow's names of them, where those differ. */
  readonly names?: ReadonlyMap<string, string>;
  /** TensorFlow's own defaults, where they differ. */
  readonly defaults?: ReadonlyMap<string, KerasValue>;
  readonly lengths?: string;
}

function operationAt(path: string): FoundOperation | undefined {
  if (path === '__operators__.getitem') return { table: getItem };
  const name = path.slice(path.lastIndexOf('.') + 1);
  const alike = alikeOf(name);
  return alike;
}

interface OperationCall {
  readonly call: FileCall;
  readonly parameters: ReadonlyMap<string, KerasValue | undefined>;
}

function asOperationCall(
  { tensors, positional, named }: FileCall,
  { table, names, defaults, lengths }: FoundOperation,
): OperationCall | undefined {
  const parameters = new Map<string, KerasValue | undefined>(defaults);
  const operands = [...positional];
  const kept = new Map<string, FileArgument>();
  for (const [name, value] of named) {
    const own = names?.get(name) ?? name;
    if (table === getItem && name === 'slice_spec') kept.set('key', keyOf(value));
    else if (secondNames.includes(name) && table.inputs?.length === 2) operands.push(value);
    else if (table.parameters.some((each) => each.name === own)) {
      if (!isPlain(value)) return undefined;
      parameters.set(own, value);
    } else if (!changesNothing(name, value)) return undefined;
  }
  if (!operands.every(isOperand)) return undefined;
  const parts = lengths === undefined ? undefined : parameters.get(lengths);
  if (lengths !== undefined && isList(parts)) {
    const cuts = cutsBetween(numbersIn(parts) ?? []);
    if (cuts === undefined) return undefined;
    parameters.set(lengths, cuts);
  }
  return { call: { tensors, positional: operands, named: kept }, parameters };
}

function isPlain(value: FileArgument): value is KerasValue {
  if (value === undefined) return false;
  return typeof value !== 'object' || value === null || !('history' in value || 'arguments' in value);
}

/** A tensor, a constant, or a list of tensors alone: constants in such a list have no place among the inputs. */
function isOperand(value: FileArgument): boolean {
  if (typeof value !== 'object' || value === null || !('arguments' in value)) return true;
  return value.arguments.every((each) => !isPlain(each) && typeof each === 'object' && 'history' in each);
}

/** Names of what is made, and switches that are off. */
function changesNothing(name: string, value: FileArgument): boolean {
  return name === 'name' || value === null || value === false || value === 0;
}

/** `...` among the keys is an object in files of HDF5. */
function keyOf(value: FileArgument): FileArgument {
  if (!Array.isArray(value)) return value;
  const keys = value as readonly (KerasValue | undefined)[];
  return keys.map((key) => (isMap(key) && textOf(key, 'class_name') === '__ellipsis__' ? '...' : key));
}
