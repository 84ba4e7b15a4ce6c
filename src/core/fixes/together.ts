import type { FileFix, TextEdit } from '../model/problem';

/**
 * The edits of fixes that are done at once: of each finding its preferred one, as a whole or not at all. One that
 * touches what an earlier one changes waits for the next time.
 */
export function editsTogether(findings: readonly { readonly fixes?: readonly FileFix[] }[]): readonly TextEdit[] {
  const taken: TextEdit[] = [];
  for (const { fixes = [] } of findings) {
    const edits = fixes.find(({ isPreferred }) => isPreferred === true)?.edits ?? [];
    const areFree = edits.every((edit) => !taken.some((other) => overlap(edit, other)));
    if (areFree) taken.push(...edits);
  }
  return taken;
}

/** Two insertions at one place count: their order would be chance. */
function overlap(left: TextEdit, right: TextEdit): boolean {
  if (left.file !== right.file) return false;
  return !isBefore(left, right) && !isBefore(right, left);
}

function isBefore({ span: first }: TextEdit, { span: second }: TextEdit): boolean {
  const lines = first.endLine - second.line;
  const columns = first.endColumn - second.column;
  if (lines !== 0) return lines < 0;
  const areBothEmpty = isEmpty(first) && isEmpty(second);
  return areBothEmpty ? columns < 0 : columns <= 0;
}

function isEmpty({ line, column, endLine, endColumn }: TextEdit['span']): boolean {
  return line === endLine && column === endColumn;
}
