import type { DataType } from '../../../model/dataType';
import { isList, isMap, numbersIn } from '../../configValues';
import type { KerasValue } from '../../kerasModel';
import type { LayerContext, LoweredArgument } from '../context';
import { claimedFloats, floats, integers, real, type DraftValue } from '../draft';

/** A tensor or numbers among the arguments of an operation; numbers are of the type that they are computed with. */
export function operand(argument: LoweredArgument | undefined, type: DataType = 'float32'): DraftValue | undefined {
  if (argument === undefined) return undefined;
  if ('shape' in argument) return argument;
  if ('list' in argument) return undefined;
  return constantOf(argument.plain, type);
}

function constantOf(value: KerasValue | undefined, type: DataType): DraftValue | undefined {
  const plain = isMap(value) ? tensorValue(value) : value;
  if (typeof plain === 'boolean') return constantOf(plain ? 1 : 0, type);
  if (typeof plain === 'number') return type === 'int32' ? integers([plain], []) : real(plain);
  const shape = shapeOf(plain);
  const numbers = numbersIn(flat(plain));
  if (shape === undefined || numbers === undefined) return undefined;
  if (shape.reduce((product, length) => product * length, 1) !== numbers.length) return undefined;
  if (type === 'int32') return integers(numbers, shape);
  return floats(
    claimedFloats(numbers.length).map((_, index) => numbers[index]),
    shape,
    'const',
  );
}

/** A tensor that Keras 3 wrote into the configuration. */
function tensorValue(value: ReadonlyMap<string, KerasValue | undefined>): KerasValue | undefined {
  const config = value.get('config');
  const isTensor = value.get('class_name') === '__tensor__' || value.get('class_name') === '__numpy__';
  return isTensor && isMap(config) ? config.get('value') : undefined;
}

function shapeOf(value: KerasValue | undefined): readonly number[] | undefined {
  if (typeof value === 'number') return [];
  if (!isList(value)) return undefined;
  const inside = shapeOf(value[0]);
  return inside && [value.length, ...inside];
}

function flat(value: KerasValue | undefined): KerasValue | undefined {
  return isList(value) ? value.flatMap((each) => (isList(each) ? (flat(each) as KerasValue[]) : [each])) : value;
}

/** What an operation of several tensors works on, by the names of its arguments: numbers become constants. */
export function operandsOf(
  { arguments: { positional, named } }: LayerContext,
  names: readonly string[] = ['x1', 'x2'],
): readonly (DraftValue | undefined)[] {
  const given = names.map((name, place) => positional.at(place) ?? named.get(name));
  const first = given.find((argument) => argument !== undefined && 'shape' in argument && argument.type !== 'bool');
  const type = first !== undefined && 'shape' in first && first.type === 'int32' ? 'int32' : 'float32';
  return given.map((argument) => operand(argument, type));
}
