import type { PyExpression } from '../syntax/tree';
import type { Context, PythonMachine } from './machine';
import { placeOf } from './support';
import type { PythonValue, UnknownValue } from './values';

/** Longer texts are no names under which people give something. */
const longestName = 100;
const longestCall = 60;

interface Written {
  readonly expression: PyExpression;
  readonly context: Context;
}

/**
 * What is not known, under the text of the expression that gave it, or what was given from outside for that. Inside of
 * a function it keeps the name that it had outside, for as long as it is that value or a part of it.
 */
export function named(machine: PythonMachine, value: UnknownValue, { expression, context }: Written): PythonValue {
  const isCounted = expression.kind === 'call' && expression.to - expression.from <= longestCall;
  if (expression.kind !== 'name' && expression.kind !== 'member' && expression.kind !== 'index' && !isCounted) {
    return value;
  }
  const text = plainText(context.unit.text.slice(expression.from, expression.to));
  if (isCounted && !isCount(text)) return value;
  const at = placeOf(expression, context);
  if (!value.isNamed) {
    return machine.given(text, at) ?? { ...value, name: text.slice(0, longestName), isItself: true };
  }
  if (expression.kind === 'name') return value;
  if (value.isItself && value.name !== undefined) return machine.given(value.name, at) ?? value;
  // A shape of what was computed in here: nobody outside knows it, and it can be said as a literal.
  if (!/\.shape\b/.test(text)) return value;
  return machine.given(text, at) ?? { ...value, name: text.slice(0, longestName), isItself: true };
}

/** Without the brackets that stand around it as a whole. */
function plainText(text: string): string {
  const inner = /^\(\s*([^()]*)\s*\)$/.exec(text);
  return inner === null ? text : inner[1];
}

/** Whether a call counts something or looks it up, so that its text says what is asked for. */
function isCount(text: string): boolean {
  return /^(?:len|[\w.]+\.(?:get|nunique|getint))\([^=;\n]*\)$/.test(text);
}

/** A part of what went into a function under a name is named by that and the way to it. */
export function partOf(object: PythonValue, way: string | undefined, part: PythonValue): PythonValue {
  if (object.kind !== 'unknown' || part.kind !== 'unknown' || way === undefined) return part;
  if (!object.isNamed || !object.isItself || object.name === undefined) return part;
  return { ...part, name: `${object.name}${way}`.slice(0, longestName), isItself: true };
}

/** How an index is written behind the name of what is indexed: a key, or a dimension of a shape. */
export function indexText(object: PythonValue, index: PythonValue): string | undefined {
  if (index.kind === 'string') return `[${JSON.stringify(index.value)}]`;
  if (object.kind !== 'unknown' || object.name?.endsWith('.shape') !== true) return undefined;
  if (index.kind === 'number') return `[${index.value}]`;
  if (index.kind !== 'slice') return undefined;
  const limit = (value: PythonValue): string | undefined =>
    value.kind === 'none' ? '' : value.kind === 'number' ? String(value.value) : undefined;
  const [start, stop] = [limit(index.start), limit(index.stop)];
  return start === undefined || stop === undefined || index.step.kind !== 'none' ? undefined : `[${start}:${stop}]`;
}
