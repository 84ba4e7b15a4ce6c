import type { SyntaxNode } from '@lezer/common';
import type { Expression, Expressions, WrittenType } from './expression';
import { childrenOf, expressionOfText, textOf } from './expressions';
import type { AliasFact, ClassFact, NamedType, Scope, TemplateParameter } from './syntax';

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
    .map(({ from, to }) => templateArgument(text.slice(from, to), from));
}

/** A type, or what is not understood, keeps its place among the others. */
function templateArgument(text: string, start: number): Expression {
  return expressionOfText(text, start) ?? { kind: 'other', start, end: start + text.length };
}

/** `using Name = Type;` and `typedef Type Name;`. */
export function readAlias(node: SyntaxNode, { text }: Scope): readonly AliasFact[] {
  const parts = childrenOf(node).filter(({ name }) => !/^(?:using|typedef|=|;)$/.test(name));
  const [named, typed] = node.name === 'AliasDeclaration' ? parts : [...parts].reverse();
  if (named?.name !== 'TypeIdentifier' || typed === undefined) return [];
  const type = typed.name === 'TypeDescriptor' ? (childrenOf(typed).at(0) ?? typed) : typed;
  return [{ name: textOf(named, { text, shift: 0 }), ...namedType(type, text), start: node.from, end: node.to }];
}

/** What a type that stands in an expression names: `tflite::MicroMutableOpResolver<5>`. */
export function writtenType({ text, start }: WrittenType): NamedType {
  const open = text.indexOf('<');
  const close = text.lastIndexOf('>');
  const head = open < 0 ? text : text.slice(0, open);
  const typeName = /(\w+)\s*$/.exec(head)?.[1] ?? '';
  if (open < 0 || close < open) return { typeName, templateArguments: [] };
  const given: Expression[] = [];
  let from = open + 1;
  let depth = 0;
  for (let at = from; at <= close; at += 1) {
    if ('(<['.includes(text[at])) depth += 1;
    const ends = at === close || (text[at] === ',' && depth === 0);
    if (')>]'.includes(text[at])) depth -= 1;
    if (!ends) continue;
    given.push(templateArgument(text.slice(from, at), start + from));
    from = at + 1;
  }
  return { typeName, templateArguments: given };
}

/** A class with a body; absent where it is only declared or has no name. */
export function readClass(node: SyntaxNode, { text, templateParameters = [] }: Scope): readonly ClassFact[] {
  const parts = childrenOf(node);
  const named = parts.find(({ name }) => /^(?:TypeIdentifier|TemplateType)$/.test(name));
  if (named === undefined || node.getChild('FieldDeclarationList') === null) return [];
  const bases = node.getChild('BaseClassClause');
  const types = bases === null ? [] : childrenOf(bases).filter(({ name }) => /Type(?:Identifier)?$/.test(name));
  return [
    {
      name: namedType(named, text).typeName,
      bases: types.map((type) => namedType(type, text)),
      templateParameters,
      start: node.from,
      end: node.to,
    },
  ];
}

/** `template <int N, size_t Bytes = 1024>`. */
export function templateParametersOf(node: SyntaxNode, text: string): readonly TemplateParameter[] {
  const list = node.getChild('TemplateParameterList');
  return (list === null ? [] : childrenOf(list))
    .filter(({ name }) => /Declaration$/.test(name))
    .map((parameter) => {
      const parts = childrenOf(parameter);
      const name = [...parts].reverse().find(({ name: kind }) => /Identifier$/.test(kind));
      const value = parts.at(-1);
      const hasFallback = value !== undefined && value !== name && parameter.name.startsWith('Optional');
      return {
        name: name === undefined ? '' : text.slice(name.from, name.to),
        fallback: hasFallback ? expressionOfText(text.slice(value.from, value.to), value.from) : undefined,
      };
    });
}
