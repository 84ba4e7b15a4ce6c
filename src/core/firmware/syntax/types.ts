import type { SyntaxNode } from '@lezer/common';
import type { Expressions } from './expression';
import { childrenOf, expressionOfText, textOf } from './expressions';
import type { AliasFact, Scope } from './syntax';

/** A type without its scopes and template, and what stands between its angle brackets. */
interface NamedType {
  readonly typeName: string;
  readonly templateArguments: Expressions;
}

/** What a type's node names. */
export function namedType(type: SyntaxNode, text: string): NamedType {
  const list = type.name === 'TemplateType' ? type.getChild('TemplateArgumentList') : null;
  const written = text.slice(type.from, list?.from ?? type.to).replace(/\s+/g, ' ');
  const templateArguments = list === null ? [] : templateArgumentsOf(list, text);
  return { typeName: written.split('::').at(-1)?.trim() ?? '', templateArguments };
}

function templateArgumentsOf(list: SyntaxNode, text: string): Expressions {
  return childrenOf(list)
    .filter(({ name }) => !/^[<>,]$/.test(name))
    .map((part) => expressionOfText(text.slice(part.from, part.to), part.from))
    .filter((part) => part !== undefined);
}

/** `using Name = Type;` and `typedef Type Name;`. */
export function readAlias(node: SyntaxNode, { text }: Scope): readonly AliasFact[] {
  const parts = childrenOf(node).filter(({ name }) => !/^(?:using|typedef|=|;)$/.test(name));
  const [named, typed] = node.name === 'AliasDeclaration' ? parts : [...parts].reverse();
  if (named?.name !== 'TypeIdentifier' || typed === undefined) return [];
  const type = typed.name === 'TypeDescriptor' ? (childrenOf(typed).at(0) ?? typed) : typed;
  return [{ name: textOf(named, { text, shift: 0 }), ...namedType(type, text), start: node.from, end: node.to }];
}
