import type { PyExpression } from '../../syntax/tree';
import type { Context, PythonMachine } from '../machine';
import type { PythonValue } from '../values';

/** What the kinds of expressions are evaluated with. */
export interface ExpressionWork {
  readonly machine: PythonMachine;
  readonly context: Context;
  /** The value of an expression within this one. */
  of(expression: PyExpression): PythonValue;
}
