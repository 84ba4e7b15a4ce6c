import type { SyntaxNode, Tree } from '@lezer/common';
import type { Attribute } from '../source/maskedText';
import { readAssignment } from './assignments';
import { readCall } from './calls';
import { childrenOf, expressionOf } from './expressions';
import { functionAt } from './functions';
import type {
  AliasFact,
  AssignmentFact,
  CallFact,
  ClassFact,
  FunctionFact,
  NewFact,
  ReturnFact,
  Scope,
  Syntax,
  VariableFact,
} from './syntax';
import { readAlias, readClass, templateParametersOf } from './types';
import { pointerOfProduct, readEnumerators, variablesOf } from './variables';

interface Collected {
  readonly functions: FunctionFact[];
  readonly classes: ClassFact[];
  readonly variables: VariableFact[];
  readonly assignments: AssignmentFact[];
  readonly calls: CallFact[];
  readonly made: NewFact[];
  readonly returns: ReturnFact[];
  readonly aliases: AliasFact[];
}

/** Reads what a masked text declares and does from its tree. */
export function readSyntax(tree: Tree, text: string, attributes: readonly Attribute[]): Syntax {
  const found: Collected = {
    functions: [],
    classes: [],
    variables: [],
    assignments: [],
    calls: [],
    made: [],
    returns: [],
    aliases: [],
  };
  const open: { readonly node: SyntaxNode; readonly scope: Scope }[] = [
    { node: tree.topNode, scope: { text, attributes } },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const inner = visit(next.node, next.scope, found);
    for (let child = next.node.lastChild; child !== null; child = child.prevSibling) {
      if (!leaves.test(child.name)) open.push({ node: child, scope: inner });
    }
  }
  return found;
}

/** Nodes with nothing in them that is collected. */
const leaves =
  /^(?:[^A-Z⚠]|\w*Identifier$|Number$|String$|\w*Op$|PrimitiveType$|LineComment|BlockComment|Macro|Type(?!Definition))/;

/** Collects what a node says; the scope of what is in it. */
function visit(node: SyntaxNode, scope: Scope, found: Collected): Scope {
  const source = { text: scope.text, shift: 0 };
  const extent = { start: node.from, end: node.to };
  switch (node.name) {
    case 'FunctionDefinition': {
      const fact = functionAt(node, scope);
      // An attribute that is not known can make a variable look like a function without a body.
      if (fact === undefined) found.variables.push(...variablesOf(node, scope));
      else {
        const inFunction = found.functions.push(fact) - 1;
        return { ...scope, inFunction, className: fact.className, templateParameters: undefined };
      }
      return scope;
    }
    case 'TemplateDeclaration':
      return { ...scope, templateParameters: templateParametersOf(node, scope.text) };
    case 'ClassSpecifier':
    case 'StructSpecifier': {
      const [fact] = readClass(node, scope);
      if (fact !== undefined) found.classes.push(fact);
      return { ...scope, className: fact?.name, inFunction: undefined, templateParameters: undefined };
    }
    case 'Declaration':
    case 'FieldDeclaration':
      found.variables.push(...variablesOf(node, scope));
      return scope;
    case 'ExpressionStatement':
      found.variables.push(...pointerOfProduct(node, scope));
      return scope;
    case 'AliasDeclaration':
    case 'TypeDefinition':
      found.aliases.push(...readAlias(node, scope));
      return scope;
    case 'EnumeratorList':
      found.variables.push(...readEnumerators(node, scope));
      return scope;
    case 'AssignmentExpression':
    case 'FieldInitializer':
      found.assignments.push(...readAssignment(node, scope));
      return scope;
    case 'CallExpression':
      found.calls.push(...readCall(node, scope));
      return scope;
    case 'NewExpression': {
      const made = expressionOf(node, source);
      if (made.kind === 'new') found.made.push({ made, inFunction: scope.inFunction, ...extent });
      return scope;
    }
    case 'ReturnStatement': {
      const value = childrenOf(node).find(({ name }) => !/^(?:return|;)$/.test(name));
      if (value !== undefined)
        found.returns.push({ value: expressionOf(value, source), inFunction: scope.inFunction, ...extent });
      return scope;
    }
    default:
      return scope;
  }
}
