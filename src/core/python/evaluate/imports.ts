import type { FromImport, PyStatement } from '../syntax/tree';
import type { Context, PythonMachine } from './machine';
import { placeOf } from './support';
import { PythonFailure } from './failure';
import type { PythonPlace, PythonValue } from './values';

type PathImport = Extract<PyStatement, { kind: 'import' }>;

/** `import a.b` and `import a.b as c`. */
export function importPath(machine: PythonMachine, statement: PathImport, context: Context): void {
  const { path, alias } = statement;
  const at = placeOf(statement, context);
  const found = moduleAt(machine, path, context);
  if (found !== undefined) {
    const [first] = path.split('.');
    const top = alias === undefined && first !== path ? moduleAt(machine, first, context) : undefined;
    context.scope.set(alias ?? first, top ?? found);
    return;
  }
  requireInstalled(machine, path, at);
  const [first] = path.split('.');
  context.scope.set(alias ?? first, foreign(machine, alias === undefined ? first : path));
}

/** `from a import b`. */
export function importFrom(machine: PythonMachine, statement: FromImport, context: Context): void {
  const { level, path, names } = statement;
  const at = placeOf(statement, context);
  const dotted = '.'.repeat(level) + path;
  const module = moduleAt(machine, dotted, context);
  if (module === undefined && level === 0) requireInstalled(machine, path, at);
  if (names === undefined) {
    if (module !== undefined) {
      for (const [name, value] of module.scope.names) if (!name.startsWith('_')) context.scope.set(name, value);
      context.scope.module.stars.push(...module.scope.stars);
    } else if (level === 0) context.scope.module.stars.push({ kind: 'foreign', path });
    return;
  }
  for (const { name, alias } of names) {
    const own = module?.scope.names.get(name) ?? starred(machine, module?.scope.stars ?? [], name);
    const inner = own ?? moduleAt(machine, dotted.endsWith('.') ? dotted + name : `${dotted}.${name}`, context);
    context.scope.set(alias ?? name, inner ?? foreign(machine, path === '' ? name : `${path}.${name}`));
  }
}

function starred(
  machine: PythonMachine,
  stars: readonly { readonly path: string }[],
  name: string,
): PythonValue | undefined {
  for (const { path } of stars) {
    const found = machine.library.member(`${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function moduleAt(
  machine: PythonMachine,
  path: string,
  { unit }: Context,
): Extract<PythonValue, { kind: 'module' }> | undefined {
  const scope = machine.importModule(path, unit);
  return scope && { kind: 'module', name: path, scope };
}

function foreign(machine: PythonMachine, path: string): PythonValue {
  return machine.library.member(path) ?? { kind: 'foreign', path };
}

/** Within `try`, a module that is not known to be installed is taken for one that is not. */
function requireInstalled(machine: PythonMachine, path: string, at: PythonPlace): void {
  if (!machine.isTrying || machine.library.hasModule(path)) return;
  if (machine.decide(at, true, 'missing')) throw new PythonFailure('ModuleNotFoundError', `There is no ${path}.`, at);
}
