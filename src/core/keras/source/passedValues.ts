import { holdsTooMuch } from '../../python/evaluate/sizes';
import { endsInSteps } from '../../python/evaluate/failure';
import { written } from '../../python/evaluate/format';
import type { Call, ClassValue, FunctionValue, PythonValue } from '../../python/evaluate/values';
import { PythonProgram, type SyntaxStore } from '../../python/program';
import type { KerasFlavour } from '../kerasModel';
import { KerasLibrary } from './library';
import type { Lines } from './lines';
import type { PassedValue, PassedValues } from './sourceModel';
import { runTemplates } from './templates';

interface Called {
  /** The file that defines what others call. */
  readonly entry: string;
  readonly flavour: KerasFlavour;
  readonly lines: Lines;
}

/** A call of another program, with its arguments by parameter. */
interface HeardCall {
  readonly name: string;
  readonly call: Call;
  /** As Python writes them; `undefined` where they are not known, or more than literals. */
  readonly values: ReadonlyMap<string, string | undefined>;
}

/** Programs that are followed for their calls, and steps of all of them together. */
const mostCallers = 6;
const callerSteps = 300_000;
/** Characters of a value that is shown. */
const longestValue = 2000;

const nothing: PassedValues = new Map();

/**
 * What programs pass to functions and classes that `entry` defines. All values of one function are those of one call:
 * the first in the order of the programs all of whose arguments are known, else the first with any.
 */
export function passedValues(store: SyntaxStore, callers: readonly string[], called: Called): PassedValues {
  if (callers.length === 0) return nothing;
  const { entry, lines } = called;
  const text = (store.units(entry) ?? []).map(({ unit }) => unit.text).join('\n');
  const names = [...text.matchAll(/^(?:def|class)[ \t]+(\w+)/gm)].map(([, name]) => name);
  const isNamed = (caller: string): boolean =>
    (store.units(caller) ?? []).some(({ unit }) => names.some((name) => unit.text.includes(name)));
  const budget = { steps: callerSteps };
  const heard = callers
    .filter((caller) => caller !== entry && isNamed(caller))
    .slice(0, mostCallers)
    .flatMap((caller) => callsIn(store, caller, called, budget));
  const passed = new Map<string, PassedValue>();
  for (const name of new Set(heard.map((each) => each.name))) {
    const calls = heard.filter((each) => each.name === name);
    const known = ({ values }: HeardCall): readonly string[] =>
      [...values.values()].filter((value) => value !== undefined);
    const chosen =
      calls.find((each) => each.values.size > 0 && known(each).length === each.values.size) ??
      calls.find((each) => known(each).length > 0);
    if (chosen === undefined) continue;
    const place = lines.place(chosen.call.at);
    for (const [parameter, value] of chosen.values) {
      if (value === undefined) continue;
      const others = new Map<string, PassedValue['others'][number]>();
      for (const { call, values } of calls) {
        const other = values.get(parameter);
        if (other === undefined || other === value || others.has(other)) continue;
        others.set(other, { value: other, place: lines.place(call.at) });
      }
      passed.set(`${name}.${parameter}`, { value, place, others: [...others.values()] });
    }
  }
  return passed;
}

/** The calls that a program makes to what `entry` defines, in functions that nobody calls, too. */
function callsIn(
  store: SyntaxStore,
  caller: string,
  { entry, flavour, lines }: Called,
  budget: { steps: number },
): readonly HeardCall[] {
  const heard: HeardCall[] = [];
  let library: KerasLibrary | undefined;
  const program = new PythonProgram(store, caller, {
    library: (machine) => (library = new KerasLibrary(machine, flavour)),
    steps: budget.steps,
    decisions: new Map(),
    given: new Map(),
    heard: (callee, call) => {
      if (callee.place.unit.file !== entry || call.at.unit.file === entry || isMethod(callee)) return;
      heard.push({ name: callee.name, call, values: argumentsOf(callee, call) });
    },
  });
  const isWhole = endsInSteps(() => program.run());
  const session = library?.session;
  if (isWhole && session !== undefined) {
    const run = { scope: program.scope, entry: caller, lines, passed: nothing, take: () => undefined };
    endsInSteps(() => runTemplates(program, session, run));
  }
  budget.steps = Math.max(0, program.machine.stepsLeft);
  return heard;
}

function isMethod(callee: FunctionValue | ClassValue): boolean {
  return callee.kind === 'function' && callee.owner !== undefined;
}

function argumentsOf(callee: FunctionValue | ClassValue, call: Call): HeardCall['values'] {
  const initialiser = callee.kind === 'class' ? callee.attributes.get('__init__') : callee;
  const all = initialiser?.kind === 'function' ? initialiser.parameters : [];
  const parameters = callee.kind === 'class' ? all.slice(1) : all;
  const values = new Map<string, string | undefined>();
  parameters.forEach(({ name, kind }, index) => {
    if (kind === 'rest' || kind === 'keywords') return;
    const value = kind === 'plain' && index < call.positional.length ? call.positional[index] : call.named.get(name);
    if (value === undefined) return;
    const text = literalText(value, call);
    values.set(name, text !== undefined && text.length <= longestValue ? text : undefined);
  });
  return values;
}

/** A value as a literal of Python; `undefined` where it is not known, or something else than literals. */
function literalText(value: PythonValue, call: Call, depth = 0): string | undefined {
  if (depth > 10 || (depth === 0 && holdsTooMuch(value))) return undefined;
  const inner = (each: PythonValue): string | undefined => literalText(each, call, depth + 1);
  switch (value.kind) {
    case 'none':
    case 'bool':
    case 'number': {
      const text = written(value, call.at);
      return typeof text === 'string' && !/^-?(?:inf|nan)$/.test(text) ? text : undefined;
    }
    case 'string':
      return JSON.stringify(value.value);
    case 'list':
    case 'tuple': {
      const items = value.items.map(inner);
      if (items.includes(undefined)) return undefined;
      if (value.kind === 'list') return `[${items.join(', ')}]`;
      return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
    }
    case 'dict': {
      const entries = [...value.entries.values()].map(([key, each]) => [inner(key), inner(each)]);
      if (value.open !== undefined || entries.flat().includes(undefined)) return undefined;
      return `{${entries.map(([key, each]) => `${key}: ${each}`).join(', ')}}`;
    }
    default:
      return undefined;
  }
}
