import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/cpp';
import type { Expression, Expressions, Extent, WrittenType } from './expression';

/** Text in which a tree's nodes lie; `shift` is added to their offsets. */
interface NodeText {
  readonly text: string;
  readonly shift: number;
}

/** Depth of nested expressions beyond which they are not understood. */
const mostDepth = 200;

/** Reads a text that is one expression, such as the body of a macro; `start` is where it stands in its file. */
export function expressionOfText(text: string, start: number): Expression | undefined {
  const prefix = 'x=(';
  const whole = `${prefix}${text}\n);`;
  const assigned = parser.parse(whole).topNode.firstChild?.firstChild;
  const enclosed = assigned?.name === 'AssignmentExpression' ? assigned.lastChild : undefined;
  if (enclosed?.name !== 'ParenthesizedExpression' || enclosed.to !== whole.length - 1) return undefined;
  const parts = childrenOf(enclosed);
  return parts.length === 3 ? expressionOf(parts[1], { text: whole, shift: start - prefix.length }) : undefined;
}

/** The text of a node. */
export function textOf({ from, to }: SyntaxNode, { text }: NodeText): string {
  return text.slice(from, to);
}

/** Named children of a node but comments and errors. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!child.type.isError && !/Comment$/.test(child.name)) children.push(child);
  }
  return children;
}

/** The expressions between the brackets of an argument list or an initializer list. */
export function listed(node: SyntaxNode, source: NodeText, depth = 0): Expressions {
  return childrenOf(node)
    .filter(({ name }) => !/^[(){}[\],]$/.test(name))
    .map((child) => expressionOf(child, source, depth));
}

/** What a node of a tree says as an expression. */
export function expressionOf(node: SyntaxNode, source: NodeText, depth = 0): Expression {
  const extent = { start: node.from + source.shift, end: node.to + source.shift };
  const convert = converters.get(node.name);
  if (convert === undefined || depth > mostDepth) return { kind: 'other', ...extent };
  const parts = childrenOf(node);
  return convert({ node, parts, extent, source, read: (part) => expressionOf(part, source, depth + 1) });
}

interface Conversion {
  readonly node: SyntaxNode;
  readonly parts: readonly SyntaxNode[];
  readonly extent: Extent;
  readonly source: NodeText;
  readonly read: (part: SyntaxNode) => Expression;
}

type Converter = (conversion: Conversion) => Expression;

function nameOf({ node, extent, source }: Conversion): Expression {
  const path = textOf(node, source).replace(/\s+/g, '');
  return { kind: 'name', name: path.split('::').at(-1) ?? path, path, ...extent };
}

function callOf({ parts, extent, source, read }: Conversion): Expression {
  const [called, list] = parts;
  const template = called.name === 'TemplateFunction' ? childrenOf(called) : undefined;
  const type = template?.[1] && bracketed(template[1], source);
  const callee = read(template?.[0] ?? called);
  const given = list === undefined ? [] : listed(list, source);
  if (callee.kind === 'name' && /^(?:static|reinterpret|const)_cast$/.test(callee.name) && given.length === 1) {
    return { kind: 'cast', type: type?.text ?? '', operand: given[0], ...extent };
  }
  return { kind: 'call', callee, type, arguments: given, ...extent };
}

/** What stands between the brackets of a template. */
function bracketed({ from, to }: SyntaxNode, { text, shift }: NodeText): WrittenType {
  const inner = text.slice(from + 1, to - 1);
  return { text: inner.trim(), start: from + 1 + inner.length - inner.trimStart().length + shift };
}

/** Operators by how strongly they bind, the strongest first. */
const precedence: readonly (readonly string[])[] = [
  ['*', '/', '%'],
  ['+', '-'],
  ['<<', '>>'],
  ['<=>'],
  ['<', '>', '<=', '>='],
  ['==', '!='],
  ['&'],
  ['^'],
  ['|'],
  ['&&'],
  ['||'],
];

/** A chain of operations without parentheses, put together anew: to the parser, `>` may end a template. */
function operationOf(conversion: Conversion): Expression {
  const { node, extent, read, source } = conversion;
  const operands: Expression[] = [];
  const operators: string[] = [];
  flatten(node, operators, (part) => operands.push(read(part)), source);
  if (operands.length !== operators.length + 1) return { kind: 'other', ...extent };
  for (const level of precedence) {
    for (let at = 0; at < operators.length;) {
      if (!level.includes(operators[at])) {
        at += 1;
        continue;
      }
      const [left, right] = operands.slice(at, at + 2);
      const operator = operators[at];
      operands.splice(at, 2, { kind: 'binary', operator, left, right, start: left.start, end: right.end });
      operators.splice(at, 1);
    }
  }
  return operands.length === 1 ? operands[0] : { kind: 'other', ...extent };
}

/** A chain of more operations is not understood. */
const longestChain = 2_000;

/** Operands and operators from left to right; the left side of a chain is its longer one. */
function flatten(node: SyntaxNode, operators: string[], operand: (part: SyntaxNode) => void, source: NodeText): void {
  const open: (SyntaxNode | string)[] = [node];
  for (let next = open.pop(); next !== undefined && operators.length < longestChain; next = open.pop()) {
    if (typeof next === 'string') {
      operators.push(next);
      continue;
    }
    const parts = childrenOf(next);
    if (next.name !== 'BinaryExpression' || parts.length !== 3) operand(next);
    else open.push(parts[2], textOf(parts[1], source), parts[0]);
  }
}

function prefixedOf({ node, parts, extent, source, read }: Conversion): Expression {
  const operand = parts.find(({ name }) => !/Op$|^!$/.test(name));
  if (operand === undefined) return { kind: 'other', ...extent };
  const operator = source.text.slice(node.from, operand.from).trim() || '++';
  return { kind: 'unary', operator, operand: read(operand), ...extent };
}

function newOf({ parts, extent, source, read }: Conversion): Expression {
  const rest = parts.filter(({ name }) => !/^(?:new|::)$/.test(name));
  const typeAt = rest.findIndex(({ name }) => !/List$/.test(name));
  if (typeAt < 0) return { kind: 'other', ...extent };
  const type = { text: textOf(rest[typeAt], source), start: rest[typeAt].from + source.shift };
  const after = rest.slice(typeAt + 1);
  const count = after.find(({ name }) => name === 'NewDeclarator');
  const number = count && childrenOf(count).find(({ name }) => !/^[[\]]$/.test(name));
  if (number !== undefined) return { kind: 'newArray', type: type.text, count: read(number), ...extent };
  const placed = rest.slice(0, typeAt).flatMap((list) => listed(list, source));
  return { kind: 'new', type, placed, arguments: after.flatMap((list) => listed(list, source)), ...extent };
}

function sizeOf({ parts, extent, source, read }: Conversion): Expression {
  const operand = parts.find(({ name }) => !/^(?:sizeof|[()])$/.test(name));
  if (operand === undefined) return { kind: 'other', ...extent };
  if (operand.name === 'TypeDescriptor') return { kind: 'sizeof', type: textOf(operand, source), ...extent };
  return { kind: 'sizeof', type: textOf(operand, source), operand: read(operand), ...extent };
}

function innerOf({ parts, extent, read }: Conversion): Expression {
  const inner = parts.find(({ name }) => !/^[()]$/.test(name));
  return inner === undefined ? { kind: 'other', ...extent } : { ...read(inner), ...extent };
}

const name: Converter = (conversion) => nameOf(conversion);

const converters: ReadonlyMap<string, Converter> = new Map<string, Converter>([
  ...['Identifier', 'ScopedIdentifier', 'FieldIdentifier', 'TypeIdentifier', 'ScopedTypeIdentifier'].map(
    (each) => [each, name] as const,
  ),
  ...['NULL', 'nullptr', 'this', 'True', 'False', 'PrimitiveType', 'TemplateFunction'].map(
    (each) => [each, name] as const,
  ),
  ['Number', ({ node, extent, source }) => ({ kind: 'number', text: textOf(node, source), ...extent })],
  ['String', ({ node, extent, source }) => ({ kind: 'string', text: textOf(node, source), ...extent })],
  ['ConcatenatedString', ({ node, extent, source }) => ({ kind: 'string', text: textOf(node, source), ...extent })],
  ['CallExpression', callOf],
  [
    'FieldExpression',
    ({ parts, extent, source, read }) =>
      parts.length < 2
        ? { kind: 'other', ...extent }
        : { kind: 'member', object: read(parts[0]), name: textOf(parts[parts.length - 1], source), ...extent },
  ],
  [
    'SubscriptExpression',
    ({ parts, extent, read }) =>
      parts.length < 3 || parts[2].name === ']'
        ? { kind: 'other', ...extent }
        : { kind: 'index', object: read(parts[0]), index: read(parts[2]), ...extent },
  ],
  ['BinaryExpression', operationOf],
  ['UnaryExpression', prefixedOf],
  ['PointerExpression', prefixedOf],
  ['UpdateExpression', prefixedOf],
  [
    'CastExpression',
    ({ parts, extent, source, read }) => {
      const type = parts.find(({ name: each }) => each === 'TypeDescriptor');
      const operand = parts[parts.length - 1];
      return type === undefined || operand === type
        ? { kind: 'other', ...extent }
        : { kind: 'cast', type: textOf(type, source), operand: read(operand), ...extent };
    },
  ],
  ['NewExpression', newOf],
  ['SizeofExpression', sizeOf],
  ['ParenthesizedExpression', innerOf],
  ['InitializerList', ({ node, extent, source }) => ({ kind: 'list', items: listed(node, source), ...extent })],
  [
    'InitializerPair',
    ({ parts, extent, source, read }) => {
      const [designator] = parts;
      const value = parts.at(-1);
      return designator?.name !== 'FieldDesignator' || value === undefined || value === designator
        ? { kind: 'other', ...extent }
        : { kind: 'field', name: textOf(designator, source).replace('.', '').trim(), value: read(value), ...extent };
    },
  ],
  [
    'ConditionalExpression',
    ({ parts, extent, read }) =>
      parts.length < 3
        ? { kind: 'other', ...extent }
        : { kind: 'choice', test: read(parts[0]), then: read(parts[1]), otherwise: read(parts[2]), ...extent },
  ],
]);
