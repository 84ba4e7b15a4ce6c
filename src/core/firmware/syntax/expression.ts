/** A stretch of a file's text. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/** An expression of C or C++, as far as facts need it; `other` is what is not understood. */
export type Expression = Extent &
  (
    | { readonly kind: 'name'; readonly name: string; readonly path: string }
    | { readonly kind: 'number'; readonly text: string }
    | { readonly kind: 'string'; readonly text: string }
    | {
        readonly kind: 'call';
        readonly callee: Expression;
        readonly type?: WrittenType;
        readonly arguments: Expressions;
      }
    | { readonly kind: 'member'; readonly object: Expression; readonly name: string }
    | { readonly kind: 'index'; readonly object: Expression; readonly index: Expression }
    | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
    | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
    | { readonly kind: 'cast'; readonly type: string; readonly operand: Expression }
    | {
        readonly kind: 'new';
        readonly type: WrittenType;
        readonly placed: Expressions;
        readonly arguments: Expressions;
      }
    | { readonly kind: 'newArray'; readonly type: string; readonly count: Expression }
    | { readonly kind: 'sizeof'; readonly type: string; readonly operand?: Expression }
    | { readonly kind: 'list'; readonly items: Expressions }
    /** `.name = value` of a list. */
    | { readonly kind: 'field'; readonly name: string; readonly value: Expression }
    | { readonly kind: 'choice'; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression }
    | { readonly kind: 'other' }
  );

export type Expressions = readonly Expression[];

/** A type as it is written, and where: that of `new Type(…)`, or between the brackets of `make<Type>(…)`. */
export interface WrittenType {
  readonly text: string;
  readonly start: number;
}

/** The last part of what a call names: `tflite::GetModel(x)` and `this->GetModel(x)` call `GetModel`. */
export function calledName(expression: Expression): string | undefined {
  if (expression.kind !== 'call') return undefined;
  const { callee } = expression;
  return callee.kind === 'name' || callee.kind === 'member' ? callee.name : undefined;
}
