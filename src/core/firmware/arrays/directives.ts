import * as u from './units';

/** A line of the preprocessor. */
export interface DirectiveLine {
  /** Offset of its `#`. */
  readonly start: number;
  /** Empty at the end of the text. */
  readonly name: string;
  /** What follows the name, cut where it is very long. */
  readonly rest: string;
  /** Offset of the newline that ends it. */
  readonly end: number;
}

/** Longer lines are macros that hold data; nothing is read from them. */
const longestLine = 2000;

/** The line whose `#` is at `start`. A comment in it may go over several lines. */
export function directiveAt(units: Uint8Array, start: number): DirectiveLine {
  let end = start + 1;
  for (; end < units.length && units[end] !== u.newline; end++) {
    if (units[end] === u.slash) end = Math.max(end, u.commentEnd(units, end) - 1);
    else if (units[end] === u.backslash) end += units[end + 1] === u.carriageReturn ? 2 : 1;
    if (units[end] === u.newline && units[end - 1] === u.slash) break;
  }
  end = Math.min(end, units.length);
  const line = u.textOf(units, start, Math.min(end, start + longestLine));
  const text = line.replace(/\\\r?\n/g, ' ').replace(/\/\*[^]*?\*\/|\/\/.*$/g, ' ');
  const [, name = '', rest = ''] = /^#\s*(\w*)\s*([^]*)/.exec(text) ?? [];
  return { start, name, rest: rest.trimEnd(), end };
}

/** Whether the branch that a line opens counts, where that is a number or `#else`; `undefined` for all others. */
export function conditionOf({ name, rest }: DirectiveLine): boolean | undefined {
  if (name === 'else') return true;
  if (!/^(?:if|elif)$/.test(name) || !/^\d+$/.test(rest.trim())) return undefined;
  return Number(rest) !== 0;
}

/** True for `endif`, `else`, `elif` and its kin. */
export function isEndOfBranch(name: string): boolean {
  return /^(?:endif|else|elif|elifdef|elifndef)$/.test(name);
}

/**
 * The `#else`, `#elif` … or `#endif` that ends the branch in which `at` is; those of branches within are passed over.
 */
export function nextDirective(units: Uint8Array, at: number): DirectiveLine {
  let depth = 0;
  let isLineStart = false;
  for (let place = at; place < units.length; place++) {
    const unit = units[place];
    if (unit === u.newline) isLineStart = true;
    else if (unit === u.hash && isLineStart) {
      const found = directiveAt(units, place);
      if (/^if/.test(found.name)) depth++;
      else if (depth === 0 && isEndOfBranch(found.name)) return found;
      else if (found.name === 'endif') depth--;
      place = found.end - 1;
    } else if (u.unitClass[unit] !== u.space) isLineStart = false;
  }
  return { start: units.length, name: '', rest: '', end: units.length };
}
