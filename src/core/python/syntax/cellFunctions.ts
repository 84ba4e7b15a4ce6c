import type { PythonSyntax } from './readSyntax';
import type { Block, FunctionDefinition, PyExpression, PyStatement } from './tree';

/** A cell that is written as a function: it takes what other cells define, and gives what it defines. */
interface Cell {
  readonly uses: readonly string[];
  readonly defines: readonly string[];
  readonly body: Block;
}

/**
 * A notebook of marimo is a program whose cells are functions, `@app.cell`, that its application runs in the order in
 * which they depend on each other. Such cells stand for what is in them, in that order, behind everything else; other
 * programs stay as they are. Source: marimo's documentation of its file format and of how it runs cells.
 */
export function withCellsInLine(syntax: PythonSyntax): PythonSyntax {
  const { body } = syntax;
  const applications = new Set(body.flatMap(applicationNames));
  if (applications.size === 0) return syntax;
  const cells: Cell[] = [];
  const others: PyStatement[] = [];
  for (const statement of body) {
    const role =
      statement.kind === 'function' || statement.kind === 'class' ? roleOf(statement, applications) : undefined;
    if (role === 'cell' && statement.kind === 'function') cells.push(cellOf(statement));
    else others.push(role === undefined ? statement : ({ ...statement, decorators: [] } as PyStatement));
  }
  return { ...syntax, body: [...others, ...inOrderOfUse(cells).flatMap(({ body: own }) => own)] };
}

/** `app` of `app = marimo.App(…)`. */
function applicationNames(statement: PyStatement): readonly string[] {
  if (statement.kind !== 'assign' || statement.value?.kind !== 'call') return [];
  const { callee } = statement.value;
  if (callee.kind !== 'member' || callee.name !== 'App' || callee.object.kind !== 'name') return [];
  return statement.targets.flatMap(namesIn);
}

/** What an application makes of a definition: `cell`, or `function` and `class_definition`, which stay definitions. */
function roleOf(
  { decorators }: Pick<FunctionDefinition, 'decorators'>,
  applications: ReadonlySet<string>,
): string | undefined {
  for (const decorator of decorators) {
    const made = decorator.kind === 'call' ? decorator.callee : decorator;
    if (made.kind !== 'member' || made.object.kind !== 'name' || !applications.has(made.object.name)) continue;
    return made.name;
  }
  return undefined;
}

function cellOf({ parameters, body }: FunctionDefinition): Cell {
  const last = body.at(-1);
  const given = last?.kind === 'return' ? last : undefined;
  return {
    uses: parameters.map(({ name }) => name),
    defines: given?.value === undefined ? [] : namesIn(given.value),
    body: given === undefined ? body : body.slice(0, -1),
  };
}

function namesIn(expression: PyExpression): readonly string[] {
  if (expression.kind === 'name') return [expression.name];
  return expression.kind === 'tuple'
    ? expression.items.flatMap((item) => (item.kind === 'name' ? [item.name] : []))
    : [];
}

/** Each behind those whose names it uses, otherwise as they are written; of a circle the first one comes last. */
function inOrderOfUse(cells: readonly Cell[]): readonly Cell[] {
  const makers = new Map(cells.flatMap((cell) => cell.defines.map((name) => [name, cell] as const)));
  const ordered: Cell[] = [];
  const met = new Set<Cell>();
  for (const first of cells) {
    // Not by recursion: as many cells may hang on each other as a text has room for.
    const open = [{ cell: first, next: 0 }];
    if (met.has(first)) continue;
    met.add(first);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      if (top.next === top.cell.uses.length) {
        ordered.push(top.cell);
        open.pop();
        continue;
      }
      const maker = makers.get(top.cell.uses[top.next]);
      top.next += 1;
      if (maker === undefined || met.has(maker)) continue;
      met.add(maker);
      open.push({ cell: maker, next: 0 });
    }
  }
  return ordered;
}
