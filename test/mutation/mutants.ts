import ts from 'typescript';

/** One small change of a source file that a test should notice. */
export interface Mutant {
  /** Unique within its file, from 0. */
  readonly id: number;
  /** From 1. */
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

export interface Mutated {
  readonly mutants: readonly Mutant[];
  /** The file with all its mutants in it: `globalThis.mutant(id)` chooses the changed form while the program runs. */
  readonly text: string;
}

const swapped: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.PlusToken, '-'],
  [ts.SyntaxKind.MinusToken, '+'],
  [ts.SyntaxKind.AsteriskToken, '/'],
  [ts.SyntaxKind.SlashToken, '*'],
  [ts.SyntaxKind.PercentToken, '*'],
  [ts.SyntaxKind.LessThanToken, '<='],
  [ts.SyntaxKind.LessThanEqualsToken, '<'],
  [ts.SyntaxKind.GreaterThanToken, '>='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>'],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [ts.SyntaxKind.AmpersandAmpersandToken, '||'],
  [ts.SyntaxKind.BarBarToken, '&&'],
  [ts.SyntaxKind.LessThanLessThanToken, '>>'],
  [ts.SyntaxKind.GreaterThanGreaterThanToken, '<<'],
  [ts.SyntaxKind.AmpersandToken, '|'],
  [ts.SyntaxKind.BarToken, '&'],
]);

const swappedCalls: Readonly<Record<string, string>> = {
  'Math.max': 'Math.min',
  'Math.min': 'Math.max',
  'Math.floor': 'Math.ceil',
  'Math.ceil': 'Math.floor',
  'Math.round': 'Math.floor',
};

const swappedMethods: Readonly<Record<string, string>> = { some: 'every', every: 'some' };

/** Every change of a file, each in the place of the expression that it changes. */
export function mutate(text: string, fileName: string): Mutated {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.ES2022, true);
  const mutants: Mutant[] = [];

  function original(node: ts.Node): string {
    return node.getText(source);
  }

  /**
   * Changed forms in the original's own words: only one mutant lives at a time, so that none is needed inside another.
   */
  function variants(node: ts.Node): readonly string[] {
    if (ts.isBinaryExpression(node)) {
      const operator = swapped.get(node.operatorToken.kind);
      return operator === undefined ? [] : [`${original(node.left)} ${operator} ${original(node.right)}`];
    }
    if (ts.isNumericLiteral(node)) return [`${node.text} + 1`];
    if (node.kind === ts.SyntaxKind.TrueKeyword) return ['false'];
    if (node.kind === ts.SyntaxKind.FalseKeyword) return ['true'];
    if (ts.isConditionalExpression(node)) {
      return [`!(${original(node.condition)}) ? ${original(node.whenTrue)} : ${original(node.whenFalse)}`];
    }
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
      return [original(node.operand)];
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) return [original(node.operand)];
    return ts.isCallExpression(node) ? callVariants(node) : [];
  }

  function callVariants(node: ts.CallExpression): readonly string[] {
    const list = node.arguments.map(original).join(', ');
    const called = swappedCalls[node.expression.getText(source)];
    if (called !== undefined) return [`${called}(${list})`];
    if (!ts.isPropertyAccessExpression(node.expression)) return [];
    const { expression, name } = node.expression;
    const method = Object.hasOwn(swappedMethods, name.text) ? swappedMethods[name.text] : undefined;
    if (method !== undefined) return [`${original(expression)}.${method}(${list})`];
    return name.text === 'filter' && node.arguments.length === 1 ? [original(expression)] : [];
  }

  /** A condition that always or never holds. */
  function conditionVariants(node: ts.Node): readonly string[] {
    const { parent } = node;
    const isCondition = (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) && parent.expression === node;
    return isCondition && ts.isIfStatement(parent) ? ['true', 'false'] : [];
  }

  function isLeftAlone(node: ts.Node): boolean {
    return (
      ts.isTypeNode(node) ||
      ts.isImportDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isPropertyName(node) ||
      ts.isEnumDeclaration(node)
    );
  }

  function rendered(node: ts.Node): string {
    if (isLeftAlone(node) && !ts.isNumericLiteral(node)) return node.getText(source);
    const { parent } = node;
    if (ts.isNumericLiteral(node) && ts.isPropertyAssignment(parent) && parent.name === node)
      return node.getText(source);
    const whole = renderedChildren(node);
    const options = [...variants(node), ...conditionVariants(node)];
    if (options.length === 0) return whole;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    return options.reduce((inner, option) => {
      const id = mutants.length;
      mutants.push({ id, line: line + 1, before: node.getText(source), after: option });
      return `(globalThis.mutant(${id}) ? (${option}) : (${inner}))`;
    }, whole);
  }

  function renderedChildren(node: ts.Node): string {
    const children: ts.Node[] = [];
    node.forEachChild((child) => void children.push(child));
    let [result, at] = ['', node.getStart(source)];
    for (const child of children) {
      const start = child.getStart(source);
      result += text.slice(at, start) + rendered(child);
      at = child.getEnd();
    }
    return result + text.slice(at, node.getEnd());
  }

  const body = renderedChildren(source);
  return { mutants, text: text.slice(0, source.getStart(source)) + body };
}
