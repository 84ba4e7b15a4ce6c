import type { Operator, OptionValue } from './model';

/** A numeric option of `operator`, or `otherwise` when the file has no such option. */
export function numberOption(operator: Operator, name: string, otherwise: number): number {
  const value = optionOf(operator, name);
  return typeof value === 'number' ? value : otherwise;
}

/** A boolean option of `operator`, or `otherwise` when the file has no such option. */
export function booleanOption(operator: Operator, name: string, otherwise: boolean): boolean {
  const value = optionOf(operator, name);
  return typeof value === 'boolean' ? value : otherwise;
}

/** The name of an enumeration's value (`SAME`, `RELU6`), or `otherwise` when the file has no such option. */
export function enumOption(operator: Operator, name: string, otherwise: string): string {
  const value = optionOf(operator, name);
  return typeof value === 'string' ? value : otherwise;
}

function optionOf(operator: Operator, name: string): OptionValue {
  return operator.options?.values[name] ?? operator.options2?.values[name];
}
