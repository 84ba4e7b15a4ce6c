import type { ArrayObject } from '../../python/libraries/arrayObject';
import { host, list, numberOf } from '../../python/evaluate/plainValues';
import type { PythonPlace, UnknownValue, PythonValue } from '../../python/evaluate/values';
import type { KerasArgument, KerasShape } from '../kerasModel';
import type { CallArgument, CallRecord, GraphLayer, GraphSession, TensorFacts } from './graph';
import { kerasValueOf } from './kerasValues';
import { TensorObject, tensorsIn } from './tensorObject';

interface Given {
  readonly positional: readonly PythonValue[];
  readonly named: ReadonlyMap<string, PythonValue>;
  readonly inputs: readonly TensorFacts[];
  readonly missing?: UnknownValue;
  readonly at: PythonPlace;
}

/** Notes a call, before what it gives is known. */
export function recordOf(
  layer: GraphLayer,
  { positional, named, inputs, missing, at }: Given,
): CallRecord & { outputs: TensorFacts[] } {
  return {
    layer,
    inputs,
    positional: positional.map((value) => argumentOf(value)),
    named: new Map([...named].map(([name, value]) => [name, argumentOf(value)])),
    outputs: [],
    ...(missing && { missing }),
    at,
  };
}

/** Ends a call: its outputs have shapes now. */
export function finished(
  session: GraphSession,
  record: CallRecord & { outputs: TensorFacts[] },
  { shapes, isList, dtype }: { shapes: readonly KerasShape[]; isList?: boolean; dtype?: string },
): PythonValue {
  const type = dtype ?? record.inputs.at(0)?.dtype ?? 'float32';
  const known = shapes.length === 0 ? [undefined] : shapes;
  known.forEach((shape, output) => record.outputs.push({ shape, dtype: type, from: { call: record, output } }));
  record.layer.calls.push(record);
  session.trace?.records.push(record);
  const values = record.outputs.map((facts) => host(new TensorObject(session, facts)));
  return values.length === 1 && isList !== true ? values[0] : list(values);
}

function argumentOf(value: PythonValue, depth = 0): CallArgument {
  if (value.kind === 'host' && value.object instanceof TensorObject) return { tensor: value.object.facts };
  if ((value.kind === 'list' || value.kind === 'tuple') && depth < 10 && tensorsIn(value).length > 0) {
    return { list: value.items.map((each) => argumentOf(each, depth + 1)) };
  }
  return { value: kerasValueOf(value, []) };
}

/** Shapes are asked for with what the call was given. */
export function kerasArgument(argument: CallArgument): KerasArgument {
  if ('tensor' in argument) return { tensor: { input: 0 } };
  return 'list' in argument ? { list: argument.list.map(kerasArgument) } : argument.value;
}

/** Data that a model is called with: its first axis is the batch, which stays open. */
export function shapeOfArray({ shape }: ArrayObject): KerasShape {
  return [null, ...shape.slice(1).map((each) => numberOf(each))];
}
