import type { PythonMachine } from '../evaluate/machine';
import { bool, none } from '../evaluate/plainValues';
import { PythonScope, type PythonValue } from '../evaluate/values';
import { parseText } from '../syntax/readSyntax';

/** The value that a text writes, as Python or as JSON; undefined where it is more than literals. */
export function literalOf(text: string, machine: PythonMachine): PythonValue | undefined {
  if (text.length > 100_000) return undefined;
  const { body, error } = parseText(`${text.trim()}\n`).syntax;
  const [statement] = body;
  if (error !== undefined || body.length !== 1 || statement.kind !== 'expression') return undefined;
  const scope = new PythonScope(undefined, 'module');
  for (const [name, value] of [
    ['null', none],
    ['true', bool(true)],
    ['false', bool(false)],
  ] as const) {
    scope.names.set(name, value);
  }
  const unit = { file: '<text>', text: `${text.trim()}\n` };
  const value = machine.evaluate(statement.value, { scope, unit });
  return value.kind === 'unknown' ? undefined : value;
}
