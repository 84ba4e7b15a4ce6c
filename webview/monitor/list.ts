import type { Extent, TabState } from '../../src/protocol/monitorState';
import type { Place } from './store';
import type { Geometry, RowWindow } from './virtual';
import { bottomPx, windowAt } from './virtual';

/** Rows that exist: from `first` (included) to `end` (excluded). */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/**
 * What a list draws: numbers of rows as in the protocol, the position in the content, and whether it stands at the end.
 */
export interface ListPlan extends RowWindow {
  readonly topPx: number;
  readonly rows: number;
  readonly isAtEnd: boolean;
}

/**
 * Plans the drawing of rows from a top row (a fraction is a row that is partly above the edge); `undefined` is the end.
 */
export function planList(range: RowRange, topRow: number | undefined, geometry: Geometry): ListPlan {
  const rows = Math.max(0, range.end - range.first);
  const list = { ...geometry, rows };
  const bottom = bottomPx(list);
  const topPx = topRow === undefined ? bottom : Math.min(Math.max(0, (topRow - range.first) * geometry.rowPx), bottom);
  const window = windowAt(list, topPx);
  return {
    first: window.first + range.first,
    end: window.end + range.first,
    offsetPx: window.offsetPx,
    topPx,
    rows,
    isAtEnd: topPx >= bottom - 1,
  };
}

/** Rows of the hex view; each holds 16 bytes. */
export function hexRange({ receivedBytes, firstHexByte }: Extent): RowRange {
  return { first: Math.floor(firstHexByte / 16), end: Math.ceil(receivedBytes / 16) };
}

/** True while the list moves with what arrives. */
export function isFollowing({ display }: TabState): boolean {
  return display.follow && (display.pausedAtRow === undefined || display.pausedAtRow === null);
}

/** The row that the keyboard is on when a key moves it; the row at the top where none was chosen. */
export function movedRow(key: string, { cursorRow }: Place, plan: ListPlan, range: RowRange): number | undefined {
  const page = Math.max(1, plan.end - plan.first - 2);
  const at = cursorRow ?? (plan.isAtEnd ? range.end : plan.first);
  const steps: Readonly<Record<string, number>> = {
    ArrowUp: at - 1,
    ArrowDown: at + 1,
    PageUp: at - page,
    PageDown: at + page,
    Home: range.first,
    End: range.end - 1,
  };
  const row = steps[key];
  if (row === undefined || range.end <= range.first) return undefined;
  return Math.min(Math.max(range.first, row), range.end - 1);
}
