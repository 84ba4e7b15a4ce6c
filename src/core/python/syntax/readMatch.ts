import type { SyntaxNode } from '@lezer/common';
import type { BlockReader, Unfinished } from './blockReader';
import { childrenOf } from './nodes';
import type { PyExpression, PyExpressions } from './tree';

type Nodes = readonly SyntaxNode[];

export function readMatch(reader: BlockReader, parts: Nodes, node: SyntaxNode): Unfinished {
  const body = parts.find(({ name }) => name === 'MatchBody');
  const cases = (body === undefined ? [] : childrenOf(body))
    .filter(({ name }) => name === 'MatchClause')
    .map((clause) => {
      const inner = childrenOf(clause);
      const guard = inner.find(({ name }) => name === 'Guard');
      const condition = guard === undefined ? undefined : childrenOf(guard).at(1);
      return {
        ...patternOf(reader, inner.at(1)),
        ...(condition ? { guard: reader.expressions.read(condition) } : {}),
        body: reader.block(inner.find(({ name }) => name === 'Body')),
      };
    });
  return { kind: 'match', subject: reader.expressions.readAll(parts.slice(1, 2), node), cases };
}

function patternOf(
  reader: BlockReader,
  pattern: SyntaxNode | undefined,
): { readonly pattern: PyExpressions | 'anything' | 'unclear'; readonly name?: string } {
  if (pattern === undefined) return { pattern: 'unclear' };
  if (pattern.name === 'CapturePattern') {
    const name = reader.textOf(pattern);
    return name === '_' ? { pattern: 'anything' } : { pattern: 'anything', name };
  }
  const alternatives = pattern.name === 'OrPattern' ? childrenOf(pattern) : [pattern];
  const values: PyExpression[] = [];
  for (const alternative of alternatives) {
    if (alternative.name === 'LogicOp') continue;
    const inner = childrenOf(alternative).at(0);
    if (alternative.name !== 'LiteralPattern' || inner === undefined) return { pattern: 'unclear' };
    values.push(reader.expressions.read(inner));
  }
  return { pattern: values };
}
