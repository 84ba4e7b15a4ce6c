import type { SyntaxNode } from '@lezer/common';
import { childrenOf, textOf } from './expressions';
import type { FunctionFact, Parameter, Scope } from './syntax';

/** A function with a body; absent for what only looks like one. */
export function functionAt(
  node: SyntaxNode,
  { text, className, templateParameters = [] }: Scope,
): FunctionFact | undefined {
  const body = node.getChild('CompoundStatement');
  const declarator = descend(node, 'FunctionDeclarator');
  const list = declarator?.getChild('ParameterList');
  const named = declarator?.firstChild;
  if (body === null || declarator === undefined || !list || !named) return undefined;
  const parts = textOf(named, { text, shift: 0 })
    .replace(/\s+|<[^<>]*>/g, '')
    .split('::');
  return {
    name: parts.at(-1) ?? '',
    className: parts.length > 1 ? parts.at(-2) : className,
    parameters: parametersOf(list, text),
    nameExtent: { start: named.from, end: named.to },
    templateParameters,
    start: node.from,
    end: node.to,
  };
}

function parametersOf(list: SyntaxNode, text: string): readonly Parameter[] {
  return childrenOf(list)
    .filter(({ name }) => /ParameterDeclaration$/.test(name))
    .map((node) => {
      const written = text.slice(node.from, node.to).replace(/=.*$/s, '');
      const name = /(\w+)\s*(?:\[[^\]]*\]\s*)*$/.exec(written)?.[1] ?? '';
      return { name, type: written.replace(/(\w+)\s*(?:\[[^\]]*\]\s*)*$/, '').trim(), start: node.from, end: node.to };
    });
}

/** The first node of a kind through declarators of pointers and references. */
function descend(node: SyntaxNode, kind: string): SyntaxNode | undefined {
  for (const child of childrenOf(node)) {
    if (child.name === kind) return child;
    if (/Declarator$/.test(child.name)) {
      const found = descend(child, kind);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
