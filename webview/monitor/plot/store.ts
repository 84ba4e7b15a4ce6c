import type { PlotSeries } from './model';
import { Series, spanOf } from './series';
import type { Span } from './series';

/** How the plot is looked at. */
export interface PlotView {
  readonly mode: 'time' | 'xy';
  /** Milliseconds up to the newest point that are shown; absent: all. */
  readonly recentMs?: number;
  /** A stretch that was zoomed to: stays where it is while points arrive. */
  readonly zoom?: Span;
  /** Nothing moves; points are collected nevertheless. */
  readonly isFrozen: boolean;
  /** Whose clock the axis shows. Absent: that of the points, where all have the same. */
  readonly clock?: Clock;
  /** The series across, when two series over time are drawn against each other. */
  readonly across?: string;
  /** What the user turned on or off. */
  readonly shown: Readonly<Record<string, boolean | undefined>>;
  /** Where the cursor stands on the axis. */
  readonly cursor?: number;
}

export type Clock = 'received' | 'board';

export type PlotEvent =
  | { readonly type: 'mode'; readonly mode: PlotView['mode'] }
  | { readonly type: 'recent'; readonly recentMs?: number }
  | { readonly type: 'zoom'; readonly zoom?: Span }
  /** `span` is what is shown now. */
  | { readonly type: 'frozen'; readonly isFrozen: boolean; readonly span?: Span }
  | { readonly type: 'clock'; readonly clock: Clock }
  | { readonly type: 'across'; readonly across?: string }
  | { readonly type: 'shown'; readonly name: string; readonly isShown: boolean }
  | { readonly type: 'cursor'; readonly cursor?: number };

export const initialPlotView: PlotView = { mode: 'time', isFrozen: false, shown: {} };

export function reducePlot(view: PlotView, event: PlotEvent): PlotView {
  switch (event.type) {
    case 'mode':
      return { ...view, mode: event.mode, zoom: undefined, cursor: undefined };
    case 'recent':
      return { ...view, recentMs: event.recentMs, zoom: undefined, isFrozen: false };
    case 'zoom':
      return { ...view, zoom: event.zoom, isFrozen: event.zoom === undefined ? false : view.isFrozen };
    case 'frozen':
      return event.isFrozen
        ? { ...view, isFrozen: true, zoom: view.zoom ?? event.span }
        : { ...view, isFrozen: false, zoom: undefined };
    case 'clock':
      return { ...view, clock: event.clock, zoom: undefined, cursor: undefined };
    case 'across':
      return { ...view, across: event.across };
    case 'shown':
      return { ...view, shown: { ...view.shown, [event.name]: event.isShown } };
    case 'cursor':
      return { ...view, cursor: event.cursor };
  }
}

export function isShown(view: PlotView, { name, isHidden }: PlotSeries): boolean {
  return view.shown[name] ?? !isHidden;
}

/** The clock in use: the chosen one, or that of the first series. */
export function clockOf(view: PlotView, series: readonly PlotSeries[]): Clock {
  if (view.clock !== undefined) return view.clock;
  return series.find(({ kind }) => kind === 'time')?.isBoardTime === true ? 'board' : 'received';
}

/** True where some series carry the board's time and others the computer's: they share no axis. */
export function hasBothClocks(series: readonly PlotSeries[]): boolean {
  const timed = series.filter(({ kind }) => kind === 'time');
  return timed.some(({ isBoardTime }) => isBoardTime) && timed.some(({ isBoardTime }) => !isBoardTime);
}

/** The series that are lines over time on the axis in use. */
export function timeLines(view: PlotView, series: readonly PlotSeries[]): readonly PlotSeries[] {
  const isBoardTime = clockOf(view, series) === 'board';
  return series.filter((each) => each.kind === 'time' && each.isBoardTime === isBoardTime && isShown(view, each));
}

/** The stretch of time to draw: the zoom, the most recent part, or everything. */
export function shownSpan(view: PlotView, lines: readonly PlotSeries[]): Span | undefined {
  if (view.zoom !== undefined) return view.zoom;
  const all = unionOf(lines.map(({ points }) => spanOf(points)));
  if (all === undefined) return undefined;
  return { from: view.recentMs === undefined ? all.from : all.to - view.recentMs, to: all.to };
}

export function unionOf(spans: readonly (Span | undefined)[]): Span | undefined {
  const known = spans.filter((span) => span !== undefined);
  if (known.length === 0) return undefined;
  return { from: Math.min(...known.map(({ from }) => from)), to: Math.max(...known.map(({ to }) => to)) };
}

/** A span with room around it, and never empty: a constant needs an axis too. */
export function padded({ from, to }: Span): Span {
  const room = to > from ? (to - from) * 0.05 : Math.abs(to) * 0.05 || 1;
  return { from: from - room, to: to + room };
}

/** Zooms about a place, `factor` below 1 into it. */
export function zoomed({ from, to }: Span, about: number, factor: number): Span {
  return { from: about - (about - from) * factor, to: about + (to - about) * factor };
}

/** Two series over time drawn against each other: the points that have the same time, as those of one line have. */
export function pairedPoints(across: Series, up: Series): Series {
  const pairs = new Series();
  let left = 0;
  let right = 0;
  while (left < across.length && right < up.length) {
    const difference = across.xAt(left) - up.xAt(right);
    if (difference === 0) pairs.add(across.yAt(left), up.yAt(right));
    if (difference <= 0) left += 1;
    if (difference >= 0) right += 1;
  }
  return pairs;
}
