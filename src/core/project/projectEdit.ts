import { applyEdits, findNodeAtLocation, getNodeValue, modify, parseTree } from 'jsonc-parser';
import type { TextEdit } from '../model/problem';
import { HumanError } from '../model/problem';
import { spanOf } from '../model/textEdit';
import { isJsonObject } from '../text/json';
import { isTooDeep } from '../text/jsonNesting';
import { tooDeepSentence } from './nesting';

/** Where a value goes in `milliwatt.json`. */
export type JsonPath = readonly (string | number)[];

/** The project file that holds for a model, or the one that would be made for it. */
export interface ProjectText {
  /** Its name, as `TextEdit` has it. */
  readonly file: string;
  /** Its present text, unsaved changes included; absent where there is no file yet. */
  readonly text?: string;
}

const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };

/** A new `milliwatt.json`. */
const emptyProjectText = '{}\n';

/**
 * The edits that change the value at `path` by what it was, comments and layout of the rest untouched; `undefined`
 * takes it away. A file that is not there is made. @throws HumanError where the text is nested too deep to be read
 */
export function projectEdits(
  { file, text }: ProjectText,
  path: JsonPath,
  change: (before: unknown) => unknown,
): readonly TextEdit[] {
  if (text !== undefined && isTooDeep(text)) throw new HumanError('project-too-deep', tooDeepSentence);
  const value = change(valueAt(text ?? emptyProjectText, path));
  if (text === undefined) {
    return [{ file, span: spanOf('', 0, 0), text: textWith(emptyProjectText, path, value), creates: true }];
  }
  return modify(text, [...path], value, { formattingOptions }).map(({ offset, length, content }) => ({
    file,
    span: spanOf(text, offset, length),
    text: content,
  }));
}

/** The text with `value` at `path`, the rest untouched. */
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
  const before = isJsonObject(decision) ? decision : {};
  const except = Array.isArray(before.except) ? (before.except as unknown[]) : [];
  return { ...before, except: except.includes(layer) ? except : [...except, layer] };
}

/** What gives a rule another severity, its exceptions kept. */
export function withSeverity(decision: unknown, severity: string): unknown {
  return isJsonObject(decision) ? { ...decision, severity } : severity;
}
