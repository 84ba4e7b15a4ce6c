import type { SourceFile } from '../firmware';
import type { Expression, Extent } from '../syntax/expression';
import { calledName } from '../syntax/expression';
import type { CallUse } from '../syntax/syntax';

/** A call that adds an operator to a resolver. */
export interface AddFact extends Extent {
  /** `AddConv2D`, `AddBuiltin`, `AddCustom`. */
  readonly method: string;
  /** Absent in a class that is derived from a resolver. */
  readonly receiver?: Expression;
  readonly given: readonly Expression[];
  readonly use: CallUse;
  readonly statement: Extent;
  readonly inFunction?: number;
}

/** Which kind of resolver a type is. */
export function resolverKind(typeName: string): 'mutable' | 'all' | undefined {
  if (/^Micro(?:Static)?MutableOpResolver$/.test(typeName)) return 'mutable';
  return /^AllOpsResolver$/.test(typeName) ? 'all' : undefined;
}

/** Calls of a file that add operators. */
export function addsIn(file: SourceFile): readonly AddFact[] {
  if (!/\bAdd[A-Z]/.test(file.text)) return [];
  return file.syntax.calls.flatMap(({ call, use, statement, inFunction }) => {
    const method = calledName(call) ?? '';
    const { callee, arguments: given, start, end } = call;
    if (!/^Add[A-Z]/.test(method)) return [];
    const receiver = callee.kind === 'member' && !isThis(callee.object) ? callee.object : undefined;
    if (receiver === undefined && callee.kind === 'name' && callee.path !== callee.name) return [];
    return [{ method, receiver, given, use, statement, inFunction, start, end }];
  });
}

function isThis(expression: Expression): boolean {
  return expression.kind === 'name' && expression.name === 'this';
}
