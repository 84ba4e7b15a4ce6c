import { calledName } from '../syntax/expression';
import type { Firmware, SourceFile } from '../firmware';
import { functionsNamed } from './functionsByName';

/** Functions that one search looks into. */
const mostFunctions = 200;

/** Whether a function, or one that it calls, calls one of these names; as far as the firmware's own functions lead. */
export function reaches(firmware: Firmware, entry: string, from: SourceFile, goals: ReadonlySet<string>): boolean {
  const open = [{ name: entry, from }];
  const seen = new Set<unknown>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { file, index, function: fact } of functionsNamed(firmware, next.name, next.from)) {
      if (seen.has(fact) || seen.size >= mostFunctions) continue;
      seen.add(fact);
      for (const { call, inFunction } of file.syntax.calls) {
        const name = inFunction === index ? calledName(call) : undefined;
        if (name === undefined) continue;
        if (goals.has(name)) return true;
        open.push({ name, from: file });
      }
    }
  }
  return false;
}
