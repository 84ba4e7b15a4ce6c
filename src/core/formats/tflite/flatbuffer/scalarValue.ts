import type { OptionValue } from '../../../model/model';
import { ModelError } from '../../../model/problem';
import type { ScalarFieldType, ScalarType } from '../schema/notation';

/** Smallest and largest value of the integer types. */
const integerRanges: Readonly<Partial<Record<ScalarType, readonly [lowest: bigint, highest: bigint]>>> = {
  byte: [-128n, 127n],
  ubyte: [0n, 255n],
  short: [-32_768n, 32_767n],
  ushort: [0n, 65_535n],
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  uint: [0n, 2n ** 32n - 1n],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
  ulong: [0n, 2n ** 64n - 1n],
};

/**
 * The number that is stored for a value: a flag as 0 or 1, an enumeration's name as its number. Throws `ModelError` for
 * a value that the field cannot hold; `what` names the field.
 */
export function scalarValue(type: ScalarFieldType, value: OptionValue, what: string): number | bigint {
  const number = asNumber(type, value, what);
  if (type.scalar === 'bool') return number ? 1 : 0;
  const range = integerRanges[type.scalar];
  if (range === undefined) return number;
  const isWhole = typeof number === 'bigint' || Number.isInteger(number);
  if (isWhole && number >= range[0] && number <= range[1]) return number;
  throw new ModelError(
    'value-range',
    `${what} cannot hold ${number}: it takes whole numbers from ${range[0]} to ${range[1]}. Give it one of these.`,
  );
}

function asNumber(type: ScalarFieldType, value: OptionValue, what: string): number | bigint {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const position = typeof value === 'string' ? (type.names ?? []).indexOf(value) : -1;
  if (position >= 0) return position;
  const given = typeof value === 'string' ? `"${value}"` : `a value of type ${typeof value}`;
  const choices = type.names === undefined ? 'a number' : `one of ${type.names.join(', ')}`;
  throw new ModelError('value-type', `${what} cannot hold ${given}: it takes ${choices}. Correct the value.`);
}
