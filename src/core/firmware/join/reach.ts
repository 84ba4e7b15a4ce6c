import { calledName } from '../syntax/expression';
import type { Firmware, SourceFile } from '../firmware';
import { functionsNamed } from './functionsByName';

/** Functions that one search looks into. */
const mostFunctions = 200;

/** Whether a function, or one that it calls, calls one of these names; as far as the firmware's own functions lead. */
export function reaches(firmware: Firmware, entry: string, from: SourceFile, goals: ReadonlySet<string>): boolean {
  return wayTo(firmware, entry, from, goals) !== undefined;
}

/** A function on the way from one to another. */
interface Step {
  readonly name: string;
  /** Of the file that defines it. */
  readonly path: string;
}

/**
 * The shortest way from a function to a call of one of these names, through the firmware's own functions: all of them
 * are on the stack at once then. Nothing where there is none.
 */
export function wayTo(
  firmware: Firmware,
  entry: string,
  from: SourceFile,
  goals: ReadonlySet<string>,
): readonly Step[] | undefined {
  const open: { name: string; from: SourceFile; way: readonly Step[] }[] = [{ name: entry, from, way: [] }];
  const seen = new Set<unknown>();
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    for (const { file, index, function: fact } of functionsNamed(firmware, next.name, next.from)) {
      if (seen.has(fact) || seen.size >= mostFunctions) continue;
      seen.add(fact);
      const way = [...next.way, { name: fact.name, path: file.path }];
      for (const { call, inFunction } of file.syntax.calls) {
        const name = inFunction === index ? calledName(call) : undefined;
        if (name === undefined) continue;
        if (goals.has(name)) return way;
        open.push({ name, from: file, way });
      }
    }
  }
  return undefined;
}

/** Functions that a framework calls. */
const entries = /^(?:main|setup|loop|app_main)$/;

/** Whether something in the firmware's sources may run a function: code that nothing names is linked nowhere. */
export function isNamedElsewhere(firmware: Firmware, { syntax }: SourceFile, inFunction: number | undefined): boolean {
  const own = inFunction === undefined ? undefined : syntax.functions[inFunction];
  if (own === undefined || entries.test(own.name) || own.name === own.className) return true;
  return firmware.naming(own.name).some((file) => {
    const called = file.syntax.calls.some(({ call }) => calledName(call) === own.name);
    // Its address is passed on.
    return called || handedOn(file.text, own.name);
  });
}

/** Whether a name stands where a value does: `= run;`, `(run,`, `&Class::run)`. */
function handedOn(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before, after] = [text.slice(Math.max(0, at - 80), at), text.slice(at + name.length, at + name.length + 80)];
    if (/[=(,&{:]\s*(?:\w+::)*$/.test(before) && /^\s*[,);}]/.test(after)) return true;
  }
  return false;
}
