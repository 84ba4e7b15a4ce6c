import { unknown } from '../../python/evaluate/machine';
import { ArrayObject } from '../../python/libraries/arrayObject';
import { builtin, float, host, int, none, numberOf, sequenceOf } from '../../python/evaluate/plainValues';
import type { Call, PythonValue } from '../../python/evaluate/values';
import type { KerasValue } from '../kerasModel';
import { alikeOf } from './functions';
import { callOperation, unknownOperation } from './operations';
import type { LibraryPath } from './paths';
import type { GraphSession } from './graph';
import { shapeValue, tensorsIn } from './tensorObject';

/** Calls a function of TensorFlow: on tensors of a model it is an operation of the model. */
export function callTensorFlow(session: GraphSession, { rest, name }: LibraryPath, call: Call): PythonValue {
  const given = [...call.positional, ...call.named.values()];
  if (!given.some((value) => tensorsIn(value).length > 0)) return callPlain(session, { rest, name }, call);
  if (/^(?:shape|compat\.v1\.shape)$/.test(rest)) {
    return shapeValue(tensorsIn(given[0]).at(0)?.facts.shape, call.at);
  }
  const alike = alikeOf(name);
  if (alike === undefined) return unknownOperation(session, `tf.${rest}`, call);
  const fixed = new Map(call.named);
  for (const [parameter, value] of alike.defaults ?? []) {
    const place =
      (alike.table.inputs ?? ['x']).length + alike.table.parameters.findIndex((each) => each.name === parameter);
    if (!fixed.has(parameter) && call.positional.length <= place) fixed.set(parameter, plainValue(value));
  }
  return callOperation(session, alike.table, {
    call: { ...call, named: fixed },
    ...(alike.lengths !== undefined && { lengths: alike.lengths }),
    path: alike.path ?? `tf.${rest}`,
    ...(alike.names && { names: alike.names }),
  });
}

function plainValue(value: KerasValue): PythonValue {
  return typeof value === 'boolean' ? { kind: 'bool', value } : typeof value === 'number' ? int(value) : none;
}

/** A function of TensorFlow that is given no tensor of a model. */
function callPlain(
  session: GraphSession,
  { rest, name }: { readonly rest: string; readonly name: string },
  call: Call,
): PythonValue {
  const [first] = call.positional;
  switch (rest) {
    case 'zeros':
    case 'ones':
    case 'random.normal':
    case 'random.uniform': {
      const shape = first ?? call.named.get('shape');
      const items = shape?.kind === 'number' ? [shape] : sequenceOf(shape);
      return items === undefined ? (shape ?? none) : host(new ArrayObject(session.machine, items));
    }
    case 'constant':
    case 'convert_to_tensor':
      return first ?? none;
    case 'Variable': {
      const array = first?.kind === 'host' && first.object instanceof ArrayObject ? first.object.shape : undefined;
      const shape = array?.map((each) => numberOf(each)) ?? [];
      return session.variable({ name: 'variable', shape, at: call.at });
    }
    case 'TensorShape':
      return first ?? none;
    case 'TensorSpec':
      return unknown('A specification of tensors is not followed.', call.at);
    case 'cast':
    case 'identity':
      return first ?? none;
    case 'function':
    case 'autograph.experimental.do_not_convert':
      return first?.kind === 'function' || first?.kind === 'method'
        ? first
        : builtin('decorator', ({ positional: [decorated] }) => decorated);
    case 'shape':
      return first === undefined ? none : session.machine.attribute(first, 'shape', call.at);
  }
  const plain = numberOf(first);
  if (plain !== undefined && /(?:^|\.)(?:sqrt|exp|floor|ceil)$/.test(name)) {
    const by = new Map([
      ['sqrt', Math.sqrt],
      ['exp', Math.exp],
      ['floor', Math.floor],
      ['ceil', Math.ceil],
    ]).get(name);
    if (by !== undefined) return float(by(plain));
  }
  return unknown(`What tensorflow.${rest} gives is not known.`, call.at);
}
