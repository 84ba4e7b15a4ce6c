import type { PythonMachine } from '../evaluate/machine';
import { derived } from '../evaluate/operators';
import { float, int, numberOf } from '../evaluate/plainValues';
import { asUnknown } from '../evaluate/support';
import type { Call, PythonValue } from '../evaluate/values';
import type { LibraryWork } from './libraryWork';

const ofNumber =
  (work: (number: number, second: number) => PythonValue | undefined): LibraryWork =>
  ({ positional: [given, second], at }) => {
    if (given?.kind === 'unknown') return derived(given, at);
    const number = numberOf(given);
    return number === undefined ? undefined : work(number, numberOf(second) ?? Number.NaN);
  };

const whole = (number: number): PythonValue | undefined => (Number.isFinite(number) ? int(number) : undefined);

/** `math`, by dotted path. */
export const mathWorks: ReadonlyMap<string, LibraryWork> = new Map<string, LibraryWork>([
  ['math.sqrt', ofNumber((number) => (number < 0 ? undefined : float(Math.sqrt(number))))],
  ['math.floor', ofNumber((number) => whole(Math.floor(number)))],
  ['math.ceil', ofNumber((number) => whole(Math.ceil(number)))],
  ['math.trunc', ofNumber((number) => whole(Math.trunc(number)))],
  ['math.exp', ofNumber((number) => float(Math.exp(number)))],
  [
    'math.log',
    ofNumber((number, base) => float(Number.isNaN(base) ? Math.log(number) : Math.log(number) / Math.log(base))),
  ],
  ['math.log2', ofNumber((number) => float(Math.log2(number)))],
  ['math.log10', ofNumber((number) => float(Math.log10(number)))],
  ['math.pow', ofNumber((number, power) => float(number ** power))],
  ['math.sin', ofNumber((number) => float(Math.sin(number)))],
  ['math.cos', ofNumber((number) => float(Math.cos(number)))],
  ['math.fabs', ofNumber((number) => float(Math.abs(number)))],
  ['math.gcd', ofNumber((first, second) => int(divisor(Math.abs(first), Math.abs(second))))],
  ['math.prod', product],
]);

function divisor(first: number, second: number): number {
  return second === 0 ? first : divisor(second, first % second);
}

function product({ positional: [given], named, at }: Call, machine: PythonMachine): PythonValue | undefined {
  const items = given === undefined ? undefined : machine.iterate(given, at);
  if (items === undefined) return given && asUnknown(given, at);
  return items.reduce((all, item) => machine.binary('*', all, item, at), named.get('start') ?? int(1));
}
