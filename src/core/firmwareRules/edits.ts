import type { SourceFile } from '../firmware/firmware';
import type { Extent } from '../firmware/syntax/expression';
import type { TextEdit } from '../model/problem';
import { spanOf } from '../model/textEdit';

/** Text in the place of what stands there. */
export function replacing({ path, text }: SourceFile, { start, end }: Extent, replacement: string): TextEdit {
  return { file: path, span: spanOf(text, start, end - start), text: replacement };
}

/** Text put in before what begins at an offset. */
export function inserting(file: SourceFile, at: number, added: string): TextEdit {
  return replacing(file, { start: at, end: at }, added);
}

/** A statement taken out, with its line where nothing else stands on it. */
export function removing(file: SourceFile, { start, end }: Extent): TextEdit {
  const { text } = file;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  const isAlone =
    text.slice(lineStart, start).trim() === '' && lineEnd >= 0 && /^\s*(?:\/\/.*)?$/.test(text.slice(end, lineEnd));
  return replacing(file, isAlone ? { start: lineStart, end: lineEnd + 1 } : { start, end }, '');
}

/** The white space before the line that an offset stands in. */
export function indentAt({ text }: SourceFile, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? '';
}

/** The text of a stretch of a file. */
export function textAt({ text }: SourceFile, { start, end }: Extent): string {
  return text.slice(start, end);
}

/** Each edit once. */
export function distinct(edits: readonly TextEdit[]): readonly TextEdit[] {
  const seen = new Set<string>();
  return edits.filter(({ file, span, text }) => {
    const key = JSON.stringify([file, span, text]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
