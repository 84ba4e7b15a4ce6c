import type { Attribute } from '../source/maskedText';
import type { Expression, Expressions, Extent } from './expression';

/** A type without its scopes and template, and what stands between its angle brackets. */
export interface NamedType {
  readonly typeName: string;
  readonly templateArguments: Expressions;
}

/** A function that is defined; `start` and `end` are those of its body. */
export interface FunctionFact extends Extent {
  readonly name: string;
  /** The class it is a method of. */
  readonly className?: string;
  readonly parameters: readonly Parameter[];
  readonly nameExtent: Extent;
  readonly templateParameters: readonly TemplateParameter[];
}

/** A class or structure with a body. */
export interface ClassFact extends Extent {
  readonly name: string;
  readonly bases: readonly NamedType[];
  readonly templateParameters: readonly TemplateParameter[];
}

/** A value that a template is given, such as a size; of types only the name. */
export interface TemplateParameter {
  readonly name: string;
  readonly fallback?: Expression;
}

export interface Parameter extends Extent {
  readonly name: string;
  readonly type: string;
}

export type Storage = 'static' | 'extern' | 'none';

/** A declared variable, member or parameterless constant. `start` and `end` are its declaration's. */
export interface VariableFact extends Extent {
  readonly name: string;
  readonly nameExtent: Extent;
  /** As written, without the declarator: `const unsigned char`. */
  readonly type: string;
  /** Last part of the type's name without its template: `MicroMutableOpResolver`. */
  readonly typeName: string;
  readonly templateArguments: Expressions;
  /** Sizes of an array's dimensions, absent for `[]`; empty where it is no array. */
  readonly dimensions: readonly (Expression | undefined)[];
  /** How many `*` and `&` stand before the name. */
  readonly indirections: number;
  readonly isReference: boolean;
  readonly storage: Storage;
  readonly isConstant: boolean;
  /** What stands behind `=`, or a list in braces. */
  readonly initializer?: Expression;
  /** What stands in parentheses or braces behind the name. */
  readonly given?: Expressions;
  /** Index into the file's functions, where it is local to one. */
  readonly inFunction?: number;
  /** The class it is a member of. */
  readonly className?: string;
  readonly attributes: readonly Attribute[];
}

/** `target = value`, or a member's initializer `member(value)`. */
export interface AssignmentFact extends Extent {
  readonly target: Expression;
  readonly value: Expression;
  /** Of a constructor's initializer with several arguments, all. */
  readonly given?: Expressions;
  /** The loop `for (…; name < limit; …)` around it. */
  readonly loop?: { readonly name: string; readonly limit: Expression };
  readonly inFunction?: number;
}

/** How a call stands in its statement: what becomes of its value. */
export type CallUse = 'dropped' | 'used' | 'chained';

export interface CallFact extends Extent {
  readonly call: Expression & { readonly kind: 'call' };
  readonly use: CallUse;
  readonly inFunction?: number;
  /** The statement it stands in. */
  readonly statement: Extent;
}

export interface NewFact extends Extent {
  readonly made: Expression & { readonly kind: 'new' };
  readonly inFunction?: number;
}

export interface ReturnFact extends Extent {
  readonly value: Expression;
  readonly inFunction?: number;
}

/** Another name of a type: `using Resolver = tflite::MicroMutableOpResolver<5>;`. */
export interface AliasFact extends Extent {
  readonly name: string;
  /** As in `VariableFact`. */
  readonly typeName: string;
  readonly templateArguments: Expressions;
}

/** What the text of one file declares and does. Offsets are those of the file. */
export interface Syntax {
  readonly functions: readonly FunctionFact[];
  readonly classes: readonly ClassFact[];
  readonly variables: readonly VariableFact[];
  readonly assignments: readonly AssignmentFact[];
  readonly calls: readonly CallFact[];
  readonly made: readonly NewFact[];
  readonly returns: readonly ReturnFact[];
  readonly aliases: readonly AliasFact[];
}

/** Where a node stands while a tree is walked. */
export interface Scope {
  readonly text: string;
  readonly attributes: readonly Attribute[];
  readonly inFunction?: number;
  readonly className?: string;
  /** Of the template that it is the body of. */
  readonly templateParameters?: readonly TemplateParameter[];
}
