import type { TabState } from '../../../src/protocol/monitorState';
import type { Actions } from '../actions';
import type { ChartFrame } from './chartFrame';
import type { PlotModel } from './model';
import type { PlotView } from './store';

/** What the plot needs to be drawn around its chart. */
export interface PlotContext {
  readonly tab: TabState;
  readonly model: PlotModel;
  readonly view: PlotView;
  /** What the chart shows; nothing while there are no points. */
  readonly frame?: ChartFrame;
  /** For lit's `ref`: where the chart is put. */
  readonly attach: (element: Element | undefined) => void;
  readonly actions: Actions;
}
