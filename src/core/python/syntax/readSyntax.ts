import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import { readStatements } from './readStatements';
import type { Block, TextExtent } from './tree';

/** What a source says, and the first place that could not be parsed; the rest is read all the same. */
export interface PythonSyntax {
  readonly body: Block;
  readonly error?: TextExtent;
  /** `# milliwatt: name=value` comments. */
  readonly directives: readonly CommentDirective[];
}

interface CommentDirective extends TextExtent {
  readonly text: string;
}

export function readSyntax(text: string): PythonSyntax {
  const tree = parser.parse(text);
  const directives: CommentDirective[] = [];
  const comments = text.includes('milliwatt:');
  const error = firstError(tree.topNode, (comment) => {
    const said = comments ? /^#\s*milliwatt:\s*(.*)$/.exec(text.slice(comment.from, comment.to)) : null;
    if (said) directives.push({ text: said[1].trim(), from: comment.from, to: comment.to });
  });
  return { body: readStatements(tree.topNode, text), directives, ...(error && { error }) };
}

function firstError(top: SyntaxNode, comment: (node: TextExtent) => void): TextExtent | undefined {
  let error: TextExtent | undefined;
  const cursor = top.cursor();
  do {
    if (cursor.type.isError) error ??= { from: cursor.from, to: cursor.to };
    else if (cursor.name === 'Comment') comment({ from: cursor.from, to: cursor.to });
  } while (cursor.next());
  return error;
}
