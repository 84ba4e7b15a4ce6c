import type { Block, PyExpression } from '../syntax/tree';
import type {
  Call,
  InstanceValue,
  ListValue,
  PythonPlace,
  PythonScope,
  Unit,
  UnknownValue,
  PythonValue,
} from './values';

/** Where statements stand and which names they see. */
export interface Context {
  readonly scope: PythonScope;
  readonly unit: Unit;
}

/** How a block ends before its last statement. */
export type Flow =
  { readonly kind: 'return'; readonly value: PythonValue } | { readonly kind: 'break' | 'continue' } | undefined;

/** What the parts of the evaluator, and libraries, ask of it as a whole. */
export interface PythonMachine {
  readonly library: PythonLibrary;
  readonly builtins: ReadonlyMap<string, PythonValue>;
  /** Functions and classes of the source that were called. */
  readonly called: Set<PythonValue>;
  /** Variables of the system that the program has set. */
  readonly environment: Map<string, PythonValue>;
  /** Names that were not defined where they were asked for. */
  readonly undefinedNames: Set<string>;
  /** Whether what is done stands in a `try`. */
  readonly isTrying: boolean;
  evaluate(expression: PyExpression, context: Context): PythonValue;
  execute(block: Block, context: Context): Flow;
  call(callee: PythonValue, call: Call): PythonValue;
  /** An attribute; unknown where it cannot be had. */
  attribute(object: PythonValue, name: string, at: PythonPlace): PythonValue;
  attributeIfAny(object: PythonValue, name: string, at: PythonPlace): PythonValue | undefined;
  setAttribute(object: PythonValue, name: string, value: PythonValue): void;
  item(object: PythonValue, index: PythonValue, at: PythonPlace): PythonValue;
  setItem(object: PythonValue, index: PythonValue, value: PythonValue, at: PythonPlace): void;
  deleteItem(object: PythonValue, index: PythonValue): void;
  binary(operator: string, left: PythonValue, right: PythonValue, at: PythonPlace): PythonValue;
  length(value: PythonValue, at: PythonPlace): PythonValue;
  /** What a value gives one by one; undefined where that is not known. */
  iterate(value: PythonValue, at: PythonPlace): readonly PythonValue[] | undefined;
  /** Whether a value counts as true; unknown ones are decided, and the decision is kept. */
  truth(value: PythonValue, at: PythonPlace, otherwise?: boolean): boolean;
  /** Takes something that is not known for one thing or the other. */
  decide(at: PythonPlace, taken: boolean, kind?: Decision['kind']): boolean;
  /** What something that is not known is to be taken for, where that is given from outside. */
  chosen(at: PythonPlace): boolean | undefined;
  /** A value that is given from outside in place of one that is not known. */
  given(text: string, at: PythonPlace): PythonValue | undefined;
  importModule(path: string, from: Unit): PythonScope | undefined;
  /** Folders in which the program says that modules are looked for, too. */
  readonly searchPath: ListValue;
  /** The text of a file beside the program; undefined where there is none, or where it is not sure which is meant. */
  readText(path: string, from: Unit): string | undefined;
  /** Does what the program tries. */
  trying<Result>(work: () => Result): Result;
  /** Work was done. */
  step(count: number): void;
  /** Follows a loop; `isLong` says when it has taken more work than loops are given. */
  looping<Result>(work: (isLong: () => boolean) => Result): Result;
  /** Call sites of the functions under way, the nearest first, with the function's name. */
  stack(): readonly Frame[];
  /** Follows a call as if a function of the source had been called at that place. */
  within<Result>(frame: Frame, work: () => Result): Result;
}

export interface Frame {
  readonly at: PythonPlace;
  readonly name: string;
}

/** What a library says about its names. */
export interface PythonLibrary {
  /** How much of what is looked for was made so far: loops that make some are followed for longer. */
  readonly madeCount: number;
  /** Whether a module of that name is known to be installed. */
  hasModule(path: string): boolean;
  /** The value of a dotted path, undefined where the library does not know it. */
  member(path: string): PythonValue | undefined;
  call(path: string, call: Call): PythonValue;
  /** An instance of a class of the source that derives from a class of the library, before its `__init__`. */
  created(instance: InstanceValue, base: string, at: PythonPlace): void;
  /** `super().name` and what the class of the source does not have itself. */
  inherited(instance: InstanceValue, base: string, name: string): PythonValue | undefined;
  attributeSet(instance: InstanceValue, name: string, value: PythonValue): void;
}

/**
 * What is not known, and what was taken for it: whether a condition holds, whether a loop has more than one round,
 * whether a loop that was left for its length is left earlier, or whether a module is missing.
 */
export interface Decision {
  readonly kind: 'condition' | 'rounds' | 'cut' | 'missing';
  readonly place: PythonPlace;
  readonly taken: boolean;
}

export function unknown(why: string, place?: PythonPlace, more?: { readonly likely?: boolean }): UnknownValue {
  return { kind: 'unknown', why, ...(place && { place }), ...more };
}
