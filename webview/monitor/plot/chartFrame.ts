import type { Points, Span } from './series';
import type { Clock } from './store';

/** One line of the chart. `slot` chooses its colour and dashes. */
export interface ChartLine {
  readonly name: string;
  readonly slot: number;
  readonly points: Points;
  /** True where its values belong to the axis on the right. */
  readonly isRight?: boolean;
}

/** Everything the chart draws at once. */
export interface ChartFrame {
  readonly lines: readonly ChartLine[];
  readonly x: Span;
  readonly y: Span;
  /** Labels of the axes, where the lines have two units; the second axis stands on the right. */
  readonly twoUnits?: { readonly left: string; readonly right: string; readonly rightY: Span };
  /** What the axis across means; absent for curves. */
  readonly clock?: Clock;
}
