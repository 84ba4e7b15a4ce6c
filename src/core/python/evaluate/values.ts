import type { ClassDefinition, PyExpression, FunctionDefinition, Parameters } from '../syntax/tree';

/** A text that is read: a file, or one cell of a notebook. */
export interface Unit {
  /** As the caller names it. */
  readonly file: string;
  readonly cell?: number;
  readonly text: string;
}

/** A stretch of a unit. */
export interface PythonPlace {
  readonly unit: Unit;
  readonly from: number;
  readonly to: number;
}

/** What an expression of Python gives, as far as it can be known without running it. */
export type PythonValue =
  | NoneValue
  | { readonly kind: 'ellipsis' }
  | BoolValue
  | NumberValue
  | StringValue
  | ListValue
  | TupleValue
  | DictValue
  | SetValue
  | SliceValue
  | FunctionValue
  | MethodValue
  | ClassValue
  | InstanceValue
  | ModuleValue
  | ForeignValue
  | BuiltinValue
  | HostValue
  | PropertyValue
  | SuperValue
  | UnknownValue;

interface NoneValue {
  readonly kind: 'none';
  /** It stands for what a function is usually called with: used as anything else, it is that. */
  readonly open?: UnknownValue;
}
export interface BoolValue {
  readonly kind: 'bool';
  readonly value: boolean;
}
export interface NumberValue {
  readonly kind: 'number';
  readonly value: number;
  readonly isFloat: boolean;
}
export interface StringValue {
  readonly kind: 'string';
  readonly value: string;
}
export interface ListValue {
  readonly kind: 'list';
  readonly items: PythonValue[];
}
export interface TupleValue {
  readonly kind: 'tuple';
  readonly items: readonly PythonValue[];
  /** Of a named tuple. */
  readonly names?: readonly string[];
}
export interface DictValue {
  readonly kind: 'dict';
  readonly entries: Map<unknown, readonly [PythonValue, PythonValue]>;
  /** Something is in it that is not known. */
  open?: UnknownValue;
  /** Makes values for missing keys, of a `defaultdict`. */
  readonly missing?: PythonValue;
}
export interface SetValue {
  readonly kind: 'set';
  readonly entries: Map<unknown, PythonValue>;
}
export interface SliceValue {
  readonly kind: 'slice';
  readonly start: PythonValue;
  readonly stop: PythonValue;
  readonly step: PythonValue;
}
export interface FunctionValue {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: Parameters;
  /** Evaluated where the function was defined. */
  readonly initials: ReadonlyMap<string, PythonValue>;
  readonly body: FunctionDefinition['body'] | PyExpression;
  readonly scope: PythonScope;
  readonly unit: Unit;
  readonly definition?: FunctionDefinition;
  readonly place: PythonPlace;
  /** The class in whose body it stands, for `super()`. */
  owner?: ClassValue;
}
interface MethodValue {
  readonly kind: 'method';
  readonly self: PythonValue;
  readonly callee: PythonValue;
}
export interface ClassValue {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly PythonValue[];
  readonly attributes: Map<string, PythonValue>;
  readonly definition: ClassDefinition;
  readonly place: PythonPlace;
  /** Fields in order, of a data class. */
  fields?: readonly DataField[];
}
export interface DataField {
  readonly name: string;
  readonly initial?: PythonValue;
  /** Makes the initial value. */
  readonly factory?: PythonValue;
}
export interface InstanceValue {
  readonly kind: 'instance';
  readonly class: ClassValue;
  readonly attributes: Map<string, PythonValue>;
  /** What a library keeps of an instance of a class that derives from one of its own. */
  host?: unknown;
}
interface ModuleValue {
  readonly kind: 'module';
  readonly name: string;
  readonly scope: PythonScope;
}
/** Something of a library, by its dotted path; what the library does with it is the library's to say. */
interface ForeignValue {
  readonly kind: 'foreign';
  readonly path: string;
}
export interface BuiltinValue {
  readonly kind: 'builtin';
  readonly name: string;
  readonly call: (call: Call) => PythonValue;
  /** Values that belong to it, such as `dict.fromkeys`. */
  readonly members?: ReadonlyMap<string, PythonValue>;
}
interface PropertyValue {
  readonly kind: 'property';
  readonly wraps: 'property' | 'static' | 'class';
  readonly callee: PythonValue;
}
/** `super()`: what the classes after `owner` have for `self`. */
export interface SuperValue {
  readonly kind: 'super';
  readonly owner: ClassValue;
  readonly self: PythonValue;
}

/** An object of a library. */
export interface HostValue {
  readonly kind: 'host';
  readonly object: HostObject;
}

/** What is not known, why, and where that comes from. */
export interface UnknownValue {
  readonly kind: 'unknown';
  readonly why: string;
  readonly place?: PythonPlace;
  /** The name under which a user can give it: the text of the last expression that gave it. */
  readonly name?: string;
  /** It went into a function under that name, whatever it is called in there. */
  readonly isNamed?: boolean;
  /** The name stands for the value itself, not for something that it was computed of. */
  readonly isItself?: boolean;
  /** The call that it went into, until that call gives it back. */
  readonly boundIn?: PythonScope;
  /** It stands for any number of values. */
  readonly isMany?: boolean;
  /** What a condition probably is. */
  readonly likely?: boolean;
}

/** What a library's object does; what it leaves out, it cannot do. */
export interface HostObject {
  readonly typeName: string;
  readonly isCallable?: boolean;
  /** Whether it is an instance of the library's class of that name. */
  isInstance?(name: string): boolean;
  attribute?(name: string, at: PythonPlace): PythonValue | undefined;
  setAttribute?(name: string, value: PythonValue): void;
  call?(call: Call): PythonValue;
  item?(index: PythonValue, at: PythonPlace): PythonValue;
  setItem?(index: PythonValue, value: PythonValue): void;
  items?(at: PythonPlace): readonly PythonValue[] | undefined;
  length?(): PythonValue;
  binary?(
    operator: string,
    other: PythonValue,
    how: { readonly isReflected: boolean; readonly at: PythonPlace },
  ): PythonValue | undefined;
  unary?(operator: string, at: PythonPlace): PythonValue | undefined;
  enter?(): PythonValue;
  /** What `str` makes of it. */
  text?(): string;
}

/** A call with its arguments. */
export interface Call {
  readonly positional: readonly PythonValue[];
  readonly named: ReadonlyMap<string, PythonValue>;
  /** Further arguments that are not known. */
  readonly open?: UnknownValue;
  readonly at: PythonPlace;
}

/** Names and what they stand for; of a function within a module, or of a module. */
export class PythonScope {
  readonly names = new Map<string, PythonValue>();
  /** Libraries all of whose names were imported. */
  readonly stars: ForeignValue[] = [];
  readonly #elsewhere = new Map<string, PythonScope>();
  /** What a generator has given so far. */
  yielded?: PythonValue[];
  /** Of a method's body: what `super()` means in it. */
  method?: { readonly owner: ClassValue; readonly self: PythonValue };

  constructor(
    /** Names are looked up there when they are not here. */
    readonly outer: PythonScope | undefined,
    readonly kind: 'module' | 'function' | 'class' | 'comprehension',
  ) {}

  get module(): PythonScope {
    return this.outer?.module ?? this;
  }

  /** `global` and `nonlocal`. */
  declare(name: string, isGlobal: boolean): void {
    let at = isGlobal ? this.module : this.outer;
    while (!isGlobal && at?.outer !== undefined && !at.names.has(name)) at = at.outer;
    if (at !== undefined && at !== this) this.#elsewhere.set(name, at);
  }

  set(name: string, value: PythonValue): void {
    (this.#elsewhere.get(name) ?? this).names.set(name, value);
  }

  delete(name: string): void {
    (this.#elsewhere.get(name) ?? this).names.delete(name);
  }

  get(name: string): PythonValue | undefined {
    const own = (this.#elsewhere.get(name) ?? this).names.get(name);
    if (own !== undefined) return own;
    for (let at = this.outer; at !== undefined; at = at.outer) {
      const found = at.kind === 'class' ? undefined : at.names.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
