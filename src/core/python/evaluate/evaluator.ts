import { isMany } from './unknownRounds';
import type { Block, PyExpression } from '../syntax/tree';
import { attributeOf, setAttributeOf } from './attributes';
import { builtinNames } from './builtins';
import { callFunction, instantiate } from './calls';
import { evaluateExpression } from './expressions';
import { OutOfSteps } from './failure';
import { itemOf, slicePlaces } from './indexing';
import type { Context, Decision, Flow, Frame, PythonLibrary, PythonMachine } from './machine';
import { isTooLarge } from './sizes';
import { enumMembers, placeKey, placeOf, setItem, truthOf } from './support';
import { unknown } from './machine';
import { derived, kindName, operate } from './operators';
import { executeBlock } from './statements';
import { int, keyOf } from './plainValues';
import type {
  Call,
  ClassValue,
  FunctionValue,
  PythonPlace,
  PythonScope,
  ListValue,
  PythonValue,
  Unit,
  UnknownValue,
} from './values';

/** What an evaluation is given from outside. */
export interface EvaluationOptions {
  readonly library: (machine: Evaluator) => PythonLibrary;
  /** The module of a dotted path, relative to the unit that asks; undefined where there is none. */
  readonly importModule: (path: string, from: Unit) => PythonScope | undefined;
  /** The text of a file, by a path that the program says. */
  readonly readText: (path: string, from: Unit) => string | undefined;
  /** Steps it may take, some hundred nanoseconds each. */
  readonly steps: number;
  /** What conditions that are not known are taken for, by place. */
  readonly decisions: ReadonlyMap<string, boolean>;
  /** Values of expressions that are not known, by their text. */
  readonly given: ReadonlyMap<string, PythonValue>;
  /** Hears of functions and classes of the source as they are called. */
  readonly heard?: (callee: FunctionValue | ClassValue, call: Call) => void;
}

/** Calls within each other beyond which no function is followed. */
const mostDepth = 60;

/** Steps of an outermost loop with all in it: of one that only handles data, and of one that makes something. */
const mostDataSteps = 15_000;
const mostLoopSteps = 400_000;

/** Follows a program as far as its values can be known, without running anything of it. */
export class Evaluator implements PythonMachine {
  readonly called = new Set<PythonValue>();
  readonly decisions = new Map<string, Decision>();
  /** Values given from outside that were asked for, with the place where. */
  readonly used = new Map<string, PythonPlace>();
  readonly builtins: ReadonlyMap<string, PythonValue>;
  readonly library: PythonLibrary;
  /** Variables of the system that the program has set. */
  readonly environment = new Map<string, PythonValue>();
  readonly undefinedNames = new Set<string>();
  readonly searchPath: ListValue = { kind: 'list', items: [] };

  #frames: Frame[] = [];
  #steps: number;
  #tries = 0;
  /** Where the outermost loop under way began. */
  #loop: { readonly steps: number; readonly made: number } | undefined;

  constructor(readonly options: EvaluationOptions) {
    this.#steps = options.steps;
    this.builtins = builtinNames(this);
    this.library = options.library(this);
  }

  importModule(path: string, from: Unit): PythonScope | undefined {
    return this.options.importModule(path, from);
  }

  readText(path: string, from: Unit): string | undefined {
    return this.options.readText(path, from);
  }

  step(count: number): void {
    this.#steps -= count;
    if (this.#steps < 0) throw new OutOfSteps();
  }

  get stepsLeft(): number {
    return this.#steps;
  }

  /** Gives what comes at the end so many steps, however many were taken before. */
  reserve(count: number): void {
    this.#steps = Math.max(this.#steps, count);
  }

  looping<Result>(work: (isLong: () => boolean) => Result): Result {
    const outermost = this.#loop === undefined;
    const { steps, made } = (this.#loop ??= { steps: this.#steps, made: this.library.madeCount });
    try {
      return work(() => steps - this.#steps > (this.library.madeCount === made ? mostDataSteps : mostLoopSteps));
    } finally {
      if (outermost) this.#loop = undefined;
    }
  }

  stack(): readonly Frame[] {
    return this.#frames;
  }

  within<Result>(frame: Frame, work: () => Result): Result {
    const before = this.#frames;
    this.#frames = [frame, ...before];
    try {
      return work();
    } finally {
      this.#frames = before;
    }
  }

  evaluate(expression: PyExpression, context: Context): PythonValue {
    const value = evaluateExpression(this, expression, context);
    return isTooLarge(value)
      ? unknown('This is larger than what is followed here.', placeOf(expression, context))
      : value;
  }

  execute(block: Block, context: Context): Flow {
    return executeBlock(this, block, context);
  }

  /** Takes a condition that is not known for true or false. */
  decide(at: PythonPlace, taken: boolean, kind: Decision['kind'] = 'condition'): boolean {
    const key = placeKey(at);
    const chosen = this.options.decisions.get(key) ?? this.decisions.get(key)?.taken ?? taken;
    this.decisions.set(key, { place: at, taken: chosen, kind });
    return chosen;
  }

  chosen(at: PythonPlace): boolean | undefined {
    return this.options.decisions.size === 0 ? undefined : this.options.decisions.get(placeKey(at));
  }

  /** Does what the program tries. */
  trying<Result>(work: () => Result): Result {
    this.#tries += 1;
    try {
      return work();
    } finally {
      this.#tries -= 1;
    }
  }

  get isTrying(): boolean {
    return this.#tries > 0;
  }

  truth(value: PythonValue, at: PythonPlace, otherwise = true): boolean {
    const known = truthOf(value);
    if (known !== undefined) return known;
    if (value.kind === 'instance') {
      const length = this.attributeIfAny(value, '__len__', at) ?? this.attributeIfAny(value, '__bool__', at);
      if (length === undefined) return true;
      const result = this.call(length, { positional: [], named: new Map(), at });
      return truthOf(result) ?? this.decide(at, otherwise);
    }
    return this.decide(at, value.kind === 'unknown' ? (value.likely ?? otherwise) : true);
  }

  call(callee: PythonValue, call: Call): PythonValue {
    this.step(5);
    if (callee.kind === 'function' || callee.kind === 'class') this.options.heard?.(callee, call);
    switch (callee.kind) {
      case 'function':
        if (this.#frames.length > mostDepth) return unknown('The calls are nested too deeply.', call.at);
        return callFunction(this, callee, call);
      case 'method':
        return this.call(callee.callee, { ...call, positional: [callee.self, ...call.positional] });
      case 'builtin':
        return this.#builtin(callee, call);
      case 'class':
        if (this.#frames.length > mostDepth) return unknown('The calls are nested too deeply.', call.at);
        return instantiate(this, callee, call);
      case 'foreign':
        return this.library.call(callee.path, call);
      case 'host':
        return callee.object.call?.(call) ?? unknown(`${kindName(callee)} cannot be called.`, call.at);
      case 'instance': {
        const method = this.attributeIfAny(callee, '__call__', call.at);
        return method === undefined
          ? unknown(`${kindName(callee)} cannot be called.`, call.at)
          : this.call(method, call);
      }
      case 'unknown':
        return derived(callee, call.at);
      default:
        return unknown(`${kindName(callee)} cannot be called.`, call.at);
    }
  }

  /** What Python would refuse for its arguments, half typed for instance, gives nothing that is known. */
  #builtin(callee: Extract<PythonValue, { kind: 'builtin' }>, call: Call): PythonValue {
    try {
      return callee.call(call);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return unknown(`${callee.name} is called with other arguments than it takes.`, call.at);
    }
  }

  attribute(object: PythonValue, name: string, at: PythonPlace): PythonValue {
    return this.attributeIfAny(object, name, at) ?? unknown(`${kindName(object)} has no ${name} that is known.`, at);
  }

  attributeIfAny(object: PythonValue, name: string, at: PythonPlace): PythonValue | undefined {
    return attributeOf(this, object, name, at);
  }

  setAttribute(object: PythonValue, name: string, value: PythonValue): void {
    setAttributeOf(this, object, name, value);
  }

  item(object: PythonValue, index: PythonValue, at: PythonPlace): PythonValue {
    if (object.kind === 'host') return object.object.item?.(index, at) ?? noIndex(object, at);
    if (object.kind === 'instance') {
      const method = this.attributeIfAny(object, '__getitem__', at);
      if (method === undefined) return noIndex(object, at);
      return this.call(method, { positional: [index], named: new Map(), at });
    }
    if (object.kind === 'dict' && object.missing !== undefined && index.kind !== 'unknown') {
      const found = object.entries.get(keyOf(index));
      if (found !== undefined) return found[1];
      const made = this.call(object.missing, { positional: [], named: new Map(), at });
      setItem(object, index, made);
      return made;
    }
    return itemOf(object, index, at);
  }

  setItem(object: PythonValue, index: PythonValue, value: PythonValue, at: PythonPlace): void {
    if (object.kind !== 'instance') {
      setItem(object, index, value);
      return;
    }
    const method = this.attributeIfAny(object, '__setitem__', at);
    if (method !== undefined) this.call(method, { positional: [index, value], named: new Map(), at });
  }

  deleteItem(object: PythonValue, index: PythonValue): void {
    if (object.kind === 'dict') object.entries.delete(keyOf(index));
    if (object.kind !== 'list') return;
    if (index.kind === 'number') object.items.splice(index.value, 1);
    if (index.kind !== 'slice') return;
    const gone = new Set(slicePlaces(index, object.items.length));
    object.items.splice(0, object.items.length, ...object.items.filter((_, place) => !gone.has(place)));
  }

  binary(operator: string, left: PythonValue, right: PythonValue, at: PythonPlace): PythonValue {
    if (left.kind === 'host') {
      const made = left.object.binary?.(operator, right, { isReflected: false, at });
      if (made !== undefined) return made;
    }
    if (right.kind === 'host') {
      const made = right.object.binary?.(operator, left, { isReflected: true, at });
      if (made !== undefined) return made;
    }
    for (const [object, other, names] of [
      [left, right, operatorMethods.get(operator)?.[0]],
      [right, left, operatorMethods.get(operator)?.[1]],
    ] as const) {
      if (object.kind !== 'instance' || names === undefined) continue;
      const method = this.attributeIfAny(object, names, at);
      if (method !== undefined) return this.call(method, { positional: [other], named: new Map(), at });
    }
    return operate(operator, left, right, at);
  }

  iterate(value: PythonValue, at: PythonPlace): readonly PythonValue[] | undefined {
    switch (value.kind) {
      case 'list':
      case 'tuple':
        return [...value.items];
      case 'string':
        return Array.from(value.value, (letter) => ({ kind: 'string', value: letter }));
      case 'set':
        return [...value.entries.values()];
      case 'dict':
        return value.open === undefined ? [...value.entries.values()].map(([key]) => key) : undefined;
      case 'host':
        return value.object.items?.(at);
      case 'class': {
        const members = enumMembers(value);
        return members.length > 0 ? members : undefined;
      }
      case 'instance': {
        const method = this.attributeIfAny(value, '__iter__', at);
        if (method === undefined) return undefined;
        const given = this.call(method, { positional: [], named: new Map(), at });
        return given.kind === 'instance' ? undefined : this.iterate(given, at);
      }
      default:
        return undefined;
    }
  }

  length(value: PythonValue, at: PythonPlace): PythonValue {
    if (value.kind === 'string') return int(Array.from(value.value).length);
    if (value.kind === 'host') return value.object.length?.() ?? unknown('Its length is not known.', at);
    if (value.kind === 'unknown') return derived(value, at);
    if (value.kind === 'instance') {
      const method = this.attributeIfAny(value, '__len__', at);
      if (method !== undefined) return this.call(method, { positional: [], named: new Map(), at });
    }
    const items = this.iterate(value, at);
    if (items === undefined) return unknown('Its length is not known.', at);
    const many = items.find(isMany);
    return many === undefined ? int(items.length) : { ...unknown(many.why, many.place ?? at) };
  }

  /** A value that is given from outside in place of one that is not known. */
  given(text: string, at: PythonPlace): PythonValue | undefined {
    // Looking a text up that was just cut out of the source costs more than evaluating most expressions.
    if (this.options.given.size === 0) return undefined;
    const value = this.options.given.get(text);
    if (value !== undefined) this.used.set(text, at);
    return value;
  }
}

/** Methods of operators, for what stands to the left and to the right. */
const operatorMethods: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['+', ['__add__', '__radd__']],
  ['-', ['__sub__', '__rsub__']],
  ['*', ['__mul__', '__rmul__']],
  ['/', ['__truediv__', '__rtruediv__']],
  ['//', ['__floordiv__', '__rfloordiv__']],
]);

function noIndex(object: PythonValue, at: PythonPlace): UnknownValue {
  return unknown(`What ${kindName(object)} has at an index is not known.`, at);
}
