import type { SearchPattern } from '../../../src/core/serial/historySearch';
import type { RowMatch } from '../../../src/protocol/monitorState';

/** The search in the rows that are shown. */
export interface FindState {
  readonly isOpen: boolean;
  readonly pattern: SearchPattern;
  /** The match that the user is at. */
  readonly current?: RowMatch;
  /** Of the whole history when it was last counted; `isMore` where counting stopped at its limit. */
  readonly count?: FindCount;
  /** A sentence: why the pattern cannot be used. */
  readonly problem?: string;
}

interface FindCount {
  /** In the order of rows. */
  readonly matches: readonly RowMatch[];
  readonly isMore: boolean;
  /** Rows before this one have been looked at. */
  readonly toRow: number;
}

export type FindEvent =
  | { readonly type: 'findOpened'; readonly isOpen: boolean }
  | { readonly type: 'findPattern'; readonly pattern: Partial<SearchPattern> }
  | { readonly type: 'findCounted'; readonly count: FindCount }
  | { readonly type: 'findFailed'; readonly problem: string };

const emptyPattern: SearchPattern = { text: '', kind: 'plain', matchCase: false };
export const initialFind: FindState = { isOpen: false, pattern: emptyPattern };

export function reduceFind(find: FindState, event: FindEvent): FindState {
  switch (event.type) {
    case 'findOpened':
      return { ...find, isOpen: event.isOpen };
    case 'findPattern':
      return { isOpen: find.isOpen, pattern: { ...find.pattern, ...event.pattern } };
    case 'findCounted':
      return { ...find, count: event.count, problem: undefined };
    case 'findFailed':
      return { ...find, count: undefined, current: undefined, problem: event.problem };
  }
}

/** `3 of 17`, `17 matches`, `more than 10,000 matches`: where the search stands. */
export function findText({ pattern, current, count, problem }: FindState): string {
  if (problem !== undefined) return problem;
  if (pattern.text === '' || count === undefined) return '';
  const total = count.matches.length;
  if (total === 0) return 'No match';
  const at = current === undefined ? -1 : count.matches.findIndex((match) => isSame(match, current));
  const totalText = count.isMore ? `more than ${total.toLocaleString('en')}` : total.toLocaleString('en');
  if (at >= 0) return `${(at + 1).toLocaleString('en')} of ${totalText}`;
  return total === 1 ? '1 match' : `${totalText} matches`;
}

/** The match to go to from `current`: the nearest beyond it. `matches` in any order. */
export function nextMatch(
  matches: readonly RowMatch[],
  current: RowMatch | undefined,
  direction: 'forward' | 'backward',
): RowMatch | undefined {
  const sign = direction === 'forward' ? 1 : -1;
  const beyond = current === undefined ? matches : matches.filter((match) => sign * order(match, current) > 0);
  return beyond.reduce<RowMatch | undefined>(
    (best, match) => (best === undefined || sign * order(match, best) < 0 ? match : best),
    undefined,
  );
}

/** The matches of each row. */
export function byRow(matches: readonly RowMatch[]): ReadonlyMap<number, readonly RowMatch[]> {
  const rows = new Map<number, RowMatch[]>();
  for (const match of matches) {
    const row = rows.get(match.row);
    if (row === undefined) rows.set(match.row, [match]);
    else row.push(match);
  }
  return rows;
}

function order(a: RowMatch, b: RowMatch): number {
  return a.row - b.row || a.column - b.column;
}

function isSame(a: RowMatch, b: RowMatch): boolean {
  return order(a, b) === 0;
}
