import { applyEdits, findNodeAtLocation, getNodeValue, modify, parseTree } from 'jsonc-parser';

/** Where a value goes in `milliwatt.json`. */
export type JsonPath = readonly (string | number)[];

export interface TextChange {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };

/** A new `milliwatt.json`. */
export const emptyProjectText = '{}\n';

/** The changes that put `value` at `path`, comments and layout of the rest untouched; `undefined` takes it away. */
export function changesFor(text: string, path: JsonPath, value: unknown): readonly TextChange[] {
  return modify(text, [...path], value, { formattingOptions }).map(({ offset, length, content }) => ({
    offset,
    length,
    text: content,
  }));
}

/** The text after `changesFor`. */
export function textWith(text: string, path: JsonPath, value: unknown): string {
  return applyEdits(text, modify(text, [...path], value, { formattingOptions }));
}

/** The value at `path`, or `undefined`. */
export function valueAt(text: string, path: JsonPath): unknown {
  const root = parseTree(text);
  const node = root && findNodeAtLocation(root, [...path]);
  return node && (getNodeValue(node) as unknown);
}

/** What silences a rule for one layer, whatever was decided about the rule before. */
export function withException(decision: unknown, layer: string): unknown {
  if (typeof decision === 'string') return { severity: decision, except: [layer] };
  const before = isRecord(decision) ? decision : {};
  const except = Array.isArray(before.except) ? (before.except as unknown[]) : [];
  return { ...before, except: except.includes(layer) ? except : [...except, layer] };
}

/** What gives a rule another severity, its exceptions kept. */
export function withSeverity(decision: unknown, severity: string): unknown {
  return isRecord(decision) ? { ...decision, severity } : severity;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
