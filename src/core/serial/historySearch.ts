import { HumanError } from '../model/problem';
import { withoutAnsi } from './ansi';
import type { History } from './history';
import { lineText } from './lines';

/** What is searched for. Either a regular expression or plain text. */
export interface SearchPattern {
  readonly text: string;
  readonly kind: 'plain' | 'expression';
  readonly matchCase: boolean;
}

export interface SearchStep {
  /** First line to look at, and the first not to look at. */
  readonly from: number;
  readonly to: number;
  readonly direction: 'forward' | 'backward';
  /** Lines and matches after which to stop and say where to go on. */
  readonly maximumLines: number;
  readonly maximumMatches: number;
}

/** Columns count UTF-16 units of the line's text without colours. */
interface SearchMatch {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

interface SearchResult {
  readonly matches: readonly SearchMatch[];
  /** The range that is left; absent when all was searched. */
  readonly rest?: { readonly from: number; readonly to: number };
}

/** At most this many matches of one line are told: enough to mark them. */
const matchesPerLine = 64;
const longestPattern = 1000;

/** The regular expression of a pattern. Throws `HumanError` for one that is not valid, with the reason. */
export function searchExpression({ text, kind, matchCase }: SearchPattern): RegExp {
  if (text.length > longestPattern) {
    throw new HumanError(
      'pattern-too-long',
      `The search text has ${text.length} characters; at most ${longestPattern} are allowed.`,
    );
  }
  const source = kind === 'plain' ? text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : text;
  try {
    return new RegExp(source, matchCase ? 'gu' : 'giu');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HumanError(
      'pattern-invalid',
      `The regular expression cannot be used: ${reason}. Correct it, or search for plain text.`,
    );
  }
}

/**
 * One step of a search through the history: bounded by lines and matches, so that the caller can pause, show what was
 * found and stop. A pathological expression can still spend long on one line (lines are bounded): run it where it can
 * be stopped.
 */
export function searchHistory(history: History, expression: RegExp, step: SearchStep): SearchResult {
  const from = Math.max(step.from, history.firstLine);
  const to = Math.min(step.to, history.endLine);
  const count = Math.min(Math.max(0, to - from), Math.max(1, step.maximumLines));
  const isForward = step.direction === 'forward';
  const window = isForward ? history.lines(from, from + count) : [...history.lines(to - count, to)].reverse();
  const matches: SearchMatch[] = [];
  let looked = 0;
  for (const { number, bytes } of window) {
    if (matches.length >= step.maximumMatches) break;
    matches.push(...matchesOf(number, withoutAnsi(lineText(bytes)), expression));
    looked += 1;
  }
  const rest = isForward ? { from: from + looked, to } : { from, to: to - looked };
  return rest.from < rest.to ? { matches, rest } : { matches };
}

function matchesOf(line: number, text: string, expression: RegExp): readonly SearchMatch[] {
  const found: SearchMatch[] = [];
  expression.lastIndex = 0;
  for (const match of text.matchAll(expression)) {
    found.push({ line, column: match.index, length: match[0].length });
    if (found.length >= matchesPerLine) break;
  }
  return found;
}
