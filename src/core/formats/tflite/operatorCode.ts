import { builtinOperators } from './schema/builtinOperators';
import type { TableView } from './flatbuffer/tableView';

/** What an operator of a file is: an entry of its operator code table. */
export interface OperatorCode {
  readonly kind: string;
  readonly customCode?: string;
  readonly version: number;
}

const customNumber = builtinOperators.indexOf('CUSTOM');

/**
 * An entry of the operator code table. Older files hold the number in one byte, newer ones in four and the smaller of
 * it and 127 in the byte, so the larger of the two counts. Source: comment at OperatorCode in TFLite's schema, version
 * 3a.
 */
export function readOperatorCode(table: TableView): OperatorCode {
  const code = Math.max(table.number('deprecatedBuiltinCode'), table.number('builtinCode'));
  const version = table.number('version');
  if (code === customNumber) return { kind: 'CUSTOM', customCode: table.text('customCode') ?? '', version };
  return { kind: builtinOperators[code] ?? `UNKNOWN_${code}`, version };
}

/** The number of an operator's kind in files, or `undefined` for a kind that is no builtin operator. */
export function operatorNumber(kind: string): number | undefined {
  const known = builtinOperators.indexOf(kind);
  if (known >= 0) return known;
  const unknown = /^UNKNOWN_(-?\d+)$/.exec(kind);
  return unknown === null ? undefined : Number(unknown[1]);
}
