import { TreeFragment, type SyntaxNode, type Tree } from '@lezer/common';
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

/** What was parsed of a text, from which another one that is alike is parsed faster. */
export interface ParsedText {
  /** With the brackets closed that were open. */
  readonly text: string;
  readonly tree: Tree;
  /** What the tree is of, of the same length. */
  readonly plain: string;
  /** Of `text`, before they are placed in the text as it is. */
  readonly body: Block;
  readonly syntax: PythonSyntax;
}

/** Reads a text; what it has in common with `before` is taken over from there. */
export function parseText(text: string, before?: ParsedText): ParsedText {
  const { tree, plain } = parsedTree(text, before);
  const error = firstError(tree.topNode);
  const read = (of: Tree, its: string): Block => readStatements(of.topNode, its, before && unchanged(before, of, its));
  const insertions = error === undefined ? [] : unclosedBrackets(text, statementAt(tree.topNode, error.from));
  if (insertions.length === 0) {
    const body = read(tree, text);
    return {
      text,
      tree,
      plain,
      body,
      syntax: { body, directives: directivesOf(tree.topNode, text), ...(error && { error }) },
    };
  }
  // Read again with the brackets closed; places are then those of the text as it is.
  const [first] = insertions;
  const closed = new ClosedText(text, insertions);
  const { tree: closedTree, plain: closedPlain } = parsedTree(closed.text, before);
  const body = read(closedTree, closed.text);
  const directives = directivesOf(closedTree.topNode, closed.text).map((directive) => closed.placed(directive));
  const place = { from: Math.max(0, first.at - 1), to: first.at };
  const syntax = { body: closed.placed(body), directives, error: place };
  return { text: closed.text, tree: closedTree, plain: closedPlain, body, syntax };
}

/** The tree of a text, with its own places: where a number ends in its point, a digit stands for that. */
function parsedTree(text: string, before: ParsedText | undefined): Pick<ParsedText, 'tree' | 'plain'> {
  const plain = text.replace(endingPoint, '$10');
  if (before === undefined) return { plain, tree: parser.parse(plain) };
  const from = commonStart(before.plain, plain);
  const end = commonEnd(before.plain, plain, from);
  const change = { fromA: from, toA: before.plain.length - end, fromB: from, toB: plain.length - end };
  return { plain, tree: parser.parse(plain, TreeFragment.applyChanges(TreeFragment.addTree(before.tree), [change])) };
}

/** Statements of the top that end before the first line that is another one; none where what is before is in doubt. */
function unchanged(before: ParsedText, tree: Tree, text: string): Block {
  const from = text.lastIndexOf('\n', commonStart(before.text, text) - 1);
  const errors = [firstError(before.tree.topNode), firstError(tree.topNode)];
  if (errors.some((error) => error !== undefined && error.from <= from)) return [];
  return before.body.filter(({ to }) => to < from);
}

function commonStart(left: string, right: string): number {
  const most = Math.min(left.length, right.length);
  let at = 0;
  while (at < most && left.charCodeAt(at) === right.charCodeAt(at)) at += 1;
  return at;
}

function commonEnd(left: string, right: string, start: number): number {
  const most = Math.min(left.length, right.length) - start;
  let count = 0;
  while (count < most && left.charCodeAt(left.length - 1 - count) === right.charCodeAt(right.length - 1 - count))
    count += 1;
  return count;
}

/** A number that ends in its point, `255.`, which the grammar does not know. */
const endingPoint = /(?<![\w.])(\d[\d_]*)\.(?=[eE][+-]?\d|[^\w.]|$)/gm;

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
    // What lies before the first insertion stays as it is.
    if ('to' in part && typeof part.to === 'number' && part.to <= this.#shifts[0].at) return part;
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
