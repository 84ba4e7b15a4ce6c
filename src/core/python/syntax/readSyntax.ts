import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import { unclosedBrackets } from './closeBrackets';
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
  const topNode = parsed(text);
  const error = firstError(topNode);
  const directives = directivesOf(topNode, text);
  if (error === undefined) return { body: readStatements(topNode, text), directives };
  const insertions = unclosedBrackets(text, statementAt(topNode, error.from));
  if (insertions.length === 0) return { body: readStatements(topNode, text), directives, error };
  // Read again with the brackets closed; places are then those of the text as it is.
  const [first] = insertions;
  const closed = new ClosedText(text, insertions);
  const closedTop = parsed(closed.text);
  const body = closed.placed(readStatements(closedTop, closed.text));
  const places = directivesOf(closedTop, closed.text).map((directive) => closed.placed(directive));
  return { body, directives: places, error: { from: Math.max(0, first.at - 1), to: first.at } };
}

/** A number that ends in its point, `255.`, which the grammar does not know. */
const endingPoint = /(?<![\w.])(\d[\d_]*)\.(?=[eE][+-]?\d|[^\w.]|$)/gm;

/** The tree of a text, with its own places: where a number ends in its point, a digit stands for that. */
function parsed(text: string): SyntaxNode {
  return parser.parse(text.replace(endingPoint, '$10')).topNode;
}

/** A text with brackets put in. */
class ClosedText {
  readonly text: string;
  /** Of each insertion its place in the new text, and how much was put in up to its end. */
  readonly #shifts: readonly { readonly at: number; readonly by: number }[];

  constructor(text: string, insertions: readonly { readonly at: number; readonly closing: string }[]) {
    const parts: string[] = [];
    const shifts: { at: number; by: number }[] = [];
    let [from, by] = [0, 0];
    for (const { at, closing } of insertions) {
      parts.push(text.slice(from, at), closing);
      for (let place = 0; place < closing.length; place += 1) {
        shifts.push({ at: at + by, by: by + 1 });
        by += 1;
      }
      from = at;
    }
    this.text = parts.join('') + text.slice(from);
    this.#shifts = shifts;
  }

  /** A place of the new text in the text before. */
  #before(place: number): number {
    let by = 0;
    for (const shift of this.#shifts) {
      if (shift.at >= place) break;
      by = shift.by;
    }
    return place - by;
  }

  /** A part of the tree with its places in the text before. */
  placed<Part>(part: Part): Part {
    if (Array.isArray(part)) return part.map((each: unknown) => this.placed(each)) as Part;
    if (typeof part !== 'object' || part === null) return part;
    const moved = Object.entries(part).map(([name, value]: [string, unknown]) => [
      name,
      (name === 'from' || name === 'to') && typeof value === 'number' ? this.#before(value) : this.placed(value),
    ]);
    return Object.fromEntries(moved) as Part;
  }
}

/** Where the statement of the top begins that a place is in. */
function statementAt(top: SyntaxNode, place: number): number {
  let from = 0;
  for (let child = top.firstChild; child !== null && child.from <= place; child = child.nextSibling) {
    if (!child.type.isError) from = child.from;
  }
  return from;
}

function firstError(top: SyntaxNode): TextExtent | undefined {
  const cursor = top.cursor();
  do {
    if (cursor.type.isError) return { from: cursor.from, to: cursor.to };
  } while (cursor.next());
  return undefined;
}

function directivesOf(top: SyntaxNode, text: string): readonly CommentDirective[] {
  if (!text.includes('milliwatt:')) return [];
  const found: CommentDirective[] = [];
  const cursor = top.cursor();
  do {
    if (cursor.name !== 'Comment') continue;
    const { from, to } = cursor;
    const said = /^#\s*milliwatt:\s*(.*)$/.exec(text.slice(from, to));
    if (said) found.push({ text: said[1].trim(), from, to });
  } while (cursor.next());
  return found;
}
