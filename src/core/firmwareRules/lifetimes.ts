import type { SourceFile } from '../firmware/firmware';
import type { CodePlace, Variable } from '../firmware/join/scopes';
import { lastName } from '../firmware/join/scopes';
import type { Extent } from '../firmware/syntax/expression';

/** A variable that ends with the function it is in. */
export function isOnStack({ variable }: Variable): boolean {
  return variable.inFunction !== undefined && variable.storage === 'none';
}

/** Whether a function comes to its end, so that what is on its stack goes: not `main`, and none that loops for ever. */
export function returns({ file, inFunction }: CodePlace): boolean {
  const home = inFunction === undefined ? undefined : file.syntax.functions[inFunction];
  if (home === undefined || home.name === 'main') return false;
  return !/\bwhile\s*\(\s*(?:1|true)\s*\)|\bfor\s*\(\s*;\s*;\s*\)/.test(file.text.slice(home.start, home.end));
}

/** Whether a value goes to a variable that outlives the function: what is assigned in it to none of its own. */
export function isKept(file: SourceFile, value: Extent, inFunction: number | undefined): boolean {
  return file.syntax.assignments.some(
    (each) =>
      each.inFunction === inFunction &&
      each.value.start <= value.start &&
      value.end <= each.value.end &&
      !isLocal(file, lastName(each.target), inFunction),
  );
}

function isLocal(file: SourceFile, name: string | undefined, inFunction: number | undefined): boolean {
  return file.syntax.variables.some(
    (variable) => variable.name === name && variable.inFunction === inFunction && variable.storage === 'none',
  );
}
