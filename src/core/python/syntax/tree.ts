/** A stretch of a source, in UTF-16 units of its text. */
export interface TextExtent {
  readonly from: number;
  readonly to: number;
}

/** An expression of Python as model sources use it; `other` is what is not understood or half typed. */
export type PyExpression = TextExtent &
  (
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'number'; readonly value: number; readonly isFloat: boolean }
    | { readonly kind: 'string'; readonly text: string }
    | { readonly kind: 'constant'; readonly value: 'None' | 'True' | 'False' | 'Ellipsis' }
    /** Pieces of an f-string, in order. */
    | { readonly kind: 'format'; readonly parts: readonly (string | FormatReplacement)[] }
    | { readonly kind: 'list' | 'tuple' | 'set'; readonly items: PyExpressions }
    | { readonly kind: 'dict'; readonly entries: readonly DictEntry[] }
    | { readonly kind: 'member'; readonly object: PyExpression; readonly name: string }
    | { readonly kind: 'index'; readonly object: PyExpression; readonly index: PyExpression }
    | {
        readonly kind: 'slice';
        readonly start?: PyExpression;
        readonly stop?: PyExpression;
        readonly step?: PyExpression;
      }
    | { readonly kind: 'call'; readonly callee: PyExpression; readonly arguments: readonly Argument[] }
    | { readonly kind: 'unary'; readonly operator: string; readonly operand: PyExpression }
    | { readonly kind: 'binary'; readonly operator: string; readonly left: PyExpression; readonly right: PyExpression }
    | {
        readonly kind: 'logic';
        readonly operator: 'and' | 'or';
        readonly left: PyExpression;
        readonly right: PyExpression;
      }
    | { readonly kind: 'compare'; readonly first: PyExpression; readonly rest: readonly Comparison[] }
    | {
        readonly kind: 'choice';
        readonly test: PyExpression;
        readonly then: PyExpression;
        readonly otherwise: PyExpression;
      }
    | { readonly kind: 'lambda'; readonly parameters: Parameters; readonly body: PyExpression }
    | Comprehension
    | { readonly kind: 'star'; readonly operand: PyExpression }
    | { readonly kind: 'named'; readonly name: string; readonly value: PyExpression }
    | { readonly kind: 'yield'; readonly value?: PyExpression; readonly isFrom: boolean }
    | { readonly kind: 'other' }
  );

export type PyExpressions = readonly PyExpression[];

/** `{value!r:spec}` of an f-string; `label` is the text of `{value=}`. */
export interface FormatReplacement {
  readonly value: PyExpression;
  readonly conversion: string;
  readonly spec: string;
  readonly label?: string;
}

/** Without a key, the value is unpacked: `**value`. */
export interface DictEntry {
  readonly key?: PyExpression;
  readonly value: PyExpression;
}

export interface Argument {
  readonly unpacked?: '*' | '**';
  readonly name?: string;
  readonly value: PyExpression;
}

export interface Comparison {
  readonly operator: string;
  readonly right: PyExpression;
}

export interface Comprehension extends TextExtent {
  readonly kind: 'comprehension';
  readonly makes: 'list' | 'set' | 'dict' | 'generator';
  readonly key?: PyExpression;
  readonly element: PyExpression;
  readonly clauses: readonly Clause[];
}

export interface Clause {
  readonly target: PyExpression;
  readonly source: PyExpression;
  readonly conditions: PyExpressions;
}

export interface PyParameter extends TextExtent {
  readonly name: string;
  readonly kind: 'plain' | 'keyword' | 'rest' | 'keywords';
  readonly initial?: PyExpression;
  readonly annotation?: string;
}

export type Parameters = readonly PyParameter[];

/** A statement; what is not understood is left out, with the errors beside the tree. */
export type PyStatement = TextExtent &
  (
    | { readonly kind: 'expression'; readonly value: PyExpression }
    | {
        readonly kind: 'assign';
        readonly targets: PyExpressions;
        readonly value?: PyExpression;
        readonly annotation?: string;
      }
    | {
        readonly kind: 'update';
        readonly target: PyExpression;
        readonly operator: string;
        readonly value: PyExpression;
      }
    | { readonly kind: 'import'; readonly path: string; readonly alias?: string }
    | FromImport
    | FunctionDefinition
    | ClassDefinition
    | { readonly kind: 'return'; readonly value?: PyExpression }
    | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly otherwise: Block }
    | ({ readonly kind: 'for'; readonly target: PyExpression; readonly source: PyExpression } & Loop)
    | ({ readonly kind: 'while'; readonly test: PyExpression } & Loop)
    | TryStatement
    | { readonly kind: 'with'; readonly items: readonly WithItem[]; readonly body: Block }
    | { readonly kind: 'raise'; readonly value?: PyExpression }
    | { readonly kind: 'assert'; readonly test: PyExpression }
    | { readonly kind: 'delete'; readonly targets: PyExpressions }
    | { readonly kind: 'scope'; readonly names: readonly string[]; readonly isGlobal: boolean }
    | { readonly kind: 'match'; readonly subject: PyExpression; readonly cases: readonly MatchCase[] }
    | { readonly kind: 'pass' | 'break' | 'continue' }
  );

export type Block = readonly PyStatement[];

interface Loop {
  readonly body: Block;
  readonly otherwise: Block;
}

export interface FromImport extends TextExtent {
  readonly kind: 'from';
  readonly level: number;
  readonly path: string;
  /** Without names, everything is imported. */
  readonly names?: readonly { readonly name: string; readonly alias?: string }[];
}

export interface FunctionDefinition extends TextExtent {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: Parameters;
  readonly body: Block;
  readonly decorators: PyExpressions;
  readonly isGenerator: boolean;
  readonly documentation?: string;
}

export interface ClassDefinition extends TextExtent {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly Argument[];
  readonly body: Block;
  readonly decorators: PyExpressions;
}

export interface Branch {
  readonly test: PyExpression;
  readonly body: Block;
}

export interface TryStatement extends TextExtent {
  readonly kind: 'try';
  readonly body: Block;
  readonly handlers: readonly { readonly type?: PyExpression; readonly name?: string; readonly body: Block }[];
  readonly otherwise: Block;
  readonly last: Block;
}

export interface WithItem {
  readonly value: PyExpression;
  readonly target?: PyExpression;
}

/** `pattern`: values that match, undefined where anything does (`case _`), `unclear` where it is not understood. */
interface MatchCase {
  readonly pattern: PyExpressions | 'anything' | 'unclear';
  readonly name?: string;
  readonly guard?: PyExpression;
  readonly body: Block;
}
