import { PythonFailure } from '../failure';
import { inFormat, textOfValue, written } from '../format';
import { derived } from '../operators';
import { float, int, numberOf, str, stringOf, tuple } from '../plainValues';
import type { Call, PythonValue } from '../values';
import { ofNumbers, type BuiltinWork } from './work';

/** Builtin functions that give numbers and texts. */
export const numberBuiltins: ReadonlyMap<string, BuiltinWork> = new Map<string, BuiltinWork>([
  ['abs', ofNumbers(([number], isFloat) => ({ kind: 'number', value: Math.abs(number), isFloat }))],
  [
    'pow',
    ofNumbers(([base, exponent], isFloat) => ({
      kind: 'number',
      value: base ** exponent,
      isFloat: isFloat || exponent < 0,
    })),
  ],
  [
    'divmod',
    ofNumbers(([a, b], isFloat) => {
      if (b === 0) return undefined;
      const whole = Math.floor(a / b);
      return tuple([
        { kind: 'number', value: whole, isFloat },
        { kind: 'number', value: a - whole * b, isFloat },
      ]);
    }),
  ],
  [
    'round',
    ofNumbers(([number, digits]) => (digits === undefined ? int(roundedEven(number)) : float(rounded(number, digits)))),
  ],
  ['int', toInt],
  ['float', toFloat],
  [
    'str',
    ({ positional: [given], at }, machine) => {
      if (given === undefined) return str('');
      if (given.kind === 'instance') {
        const method = machine.attributeIfAny(given, '__str__', at) ?? machine.attributeIfAny(given, '__repr__', at);
        if (method !== undefined) return machine.call(method, { positional: [], named: new Map(), at });
      }
      return asValue(textOfValue(given, at));
    },
  ],
  ['repr', ({ positional: [given], at }) => (given === undefined ? undefined : asValue(written(given, at)))],
  [
    'format',
    ({ positional: [given, spec], at }) =>
      given === undefined ? undefined : asValue(inFormat(given, stringOf(spec) ?? '', at)),
  ],
  ['chr', ofNumbers(([code]) => (code >= 0 && code < 0x110000 ? str(String.fromCodePoint(code)) : undefined))],
  ['ord', ({ positional: [given] }) => (given?.kind === 'string' ? int(given.value.codePointAt(0) ?? 0) : undefined)],
]);

function asValue(made: string | PythonValue): PythonValue {
  return typeof made === 'string' ? str(made) : made;
}

function roundedEven(number: number): number {
  const down = Math.floor(number);
  const rest = number - down;
  if (rest !== 0.5) return Math.round(number);
  return down % 2 === 0 ? down : down + 1;
}

function rounded(number: number, digits: number): number {
  return Number(number.toFixed(Math.min(100, Math.max(0, digits))));
}

function toInt({ positional: [given, base], at }: Call): PythonValue | undefined {
  if (given === undefined) return int(0);
  if (given.kind === 'unknown') return derived(given, at);
  const number = numberOf(given);
  if (number !== undefined) return Number.isFinite(number) ? int(Math.trunc(number)) : undefined;
  if (given.kind !== 'string') return undefined;
  const text = given.value.trim().replace(/_/g, '');
  const radix = numberOf(base) ?? 10;
  const parsed = radix === 10 ? Number(/^[+-]?\d+$/.test(text) ? text : Number.NaN) : Number.parseInt(text, radix);
  if (Number.isNaN(parsed)) throw new PythonFailure('ValueError', 'The text is no whole number.', at);
  return int(parsed);
}

function toFloat({ positional: [given], at }: Call): PythonValue | undefined {
  if (given === undefined) return float(0);
  if (given.kind === 'unknown') return derived(given, at);
  const number = numberOf(given);
  if (number !== undefined) return float(number);
  const parsed = given.kind === 'string' ? Number(given.value) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : float(parsed);
}
