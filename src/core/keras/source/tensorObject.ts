import { holdsTooMuch } from '../../python/evaluate/sizes';
import { unknown } from '../../python/evaluate/machine';
import { bool, builtin, host, int, none, numberOf, str, tuple } from '../../python/evaluate/plainValues';
import type { HostObject, PythonPlace, PythonValue } from '../../python/evaluate/values';
import type { KerasDimension, KerasShape } from '../kerasModel';
import type { GraphSession, TensorFacts } from './graph';
import { operatorClasses } from './operatorClasses';

/** A symbolic tensor of the program. */
export class TensorObject implements HostObject {
  readonly typeName = 'KerasTensor';

  constructor(
    readonly session: GraphSession,
    readonly facts: TensorFacts,
  ) {}

  isInstance(name: string): boolean {
    return name === 'Tensor' || name === 'KerasTensor';
  }

  attribute(name: string, at: PythonPlace): PythonValue | undefined {
    const { shape, dtype, from } = this.facts;
    switch (name) {
      case 'shape':
      case '_keras_shape':
        return shapeValue(shape, at);
      case 'get_shape':
        return builtin(name, () => shapeValue(shape, at));
      case 'dtype':
        return str(dtype);
      case 'name':
        return str(from?.call.layer.facts.name ?? 'input');
      case 'ndim':
      case 'rank':
        return shape === undefined ? unknown('The rank of this tensor is not known.', at) : int(shape.length);
      case 'set_shape':
        return builtin(name, () => none);
      case '_keras_history':
        return from && tuple([layerValue(from.call), int(0), int(from.output)]);
      case 'node':
        return undefined;
      default:
        return undefined;
    }
  }

  binary(
    operator: string,
    other: PythonValue,
    { isReflected, at }: { isReflected: boolean; at: PythonPlace },
  ): PythonValue | undefined {
    const className = operatorClasses.get(operator);
    if (className === undefined) return undefined;
    if (operator === '==' || operator === '!=') {
      return other.kind === 'host' && other.object instanceof TensorObject
        ? bool((other.object.facts === this.facts) === (operator === '=='))
        : bool(operator === '!=');
    }
    const self = host(this);
    return this.session.runOperation({ className, inputs: isReflected ? [other, self] : [self, other], at });
  }

  unary(operator: string, at: PythonPlace): PythonValue | undefined {
    return operator === '-'
      ? this.session.runOperation({ className: 'Negative', inputs: [host(this)], at })
      : undefined;
  }

  item(index: PythonValue, at: PythonPlace): PythonValue {
    return this.session.runOperation({ className: 'GetItem', inputs: [host(this), index], at });
  }

  items(at: PythonPlace): readonly PythonValue[] | undefined {
    const count = this.facts.shape?.at(0);
    if (typeof count !== 'number' || count > 1000) return undefined;
    return Array.from({ length: count }, (_, place) => this.item(int(place), at));
  }

  length(): PythonValue {
    const count = this.facts.shape?.at(0);
    return typeof count === 'number' ? int(count) : unknown('Its length is open.');
  }
}

function layerValue({ layer }: NonNullable<TensorFacts['from']>['call']): PythonValue {
  return host(layer);
}

/** A shape as the program sees it: a tuple, `None` for what is open. */
export function shapeValue(shape: KerasShape, at: PythonPlace): PythonValue {
  if (shape === undefined) return unknown('The shape of this tensor is not known.', at);
  return tuple(shape.map((dimension) => dimensionValue(dimension, at)));
}

function dimensionValue(dimension: KerasDimension, at: PythonPlace): PythonValue {
  if (dimension === null) return none;
  return dimension === undefined ? unknown('This length of the tensor is not known.', at) : int(dimension);
}

/** A dimension that the program gives. */
export function dimensionOf(value: PythonValue): KerasDimension {
  if (value.kind === 'none') return null;
  return numberOf(value);
}

/** Tensors of a value, within lists and dictionaries, too; none of one that holds more than is followed. */
export function tensorsIn(value: PythonValue): readonly TensorObject[] {
  return holdsTooMuch(value) ? [] : tensorsWithin(value, 0);
}

function tensorsWithin(value: PythonValue, depth: number): readonly TensorObject[] {
  if (depth > 10) return [];
  if (value.kind === 'host') return value.object instanceof TensorObject ? [value.object] : [];
  if (value.kind === 'list' || value.kind === 'tuple')
    return value.items.flatMap((each) => tensorsWithin(each, depth + 1));
  if (value.kind !== 'dict') return [];
  return [...value.entries.values()].flatMap(([, each]) => tensorsWithin(each, depth + 1));
}
