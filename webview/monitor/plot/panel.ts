import type { PlotMessage } from '../../../src/protocol/monitor';
import type { TabId } from '../../../src/protocol/monitorState';
import { Chart } from './chart';
import type { ChartFrame } from './chartFrame';
import { frameOf } from './frame';
import { PlotModel } from './model';
import type { PlotEvent, PlotView } from './store';
import { initialPlotView, reducePlot } from './store';

interface TabPlot {
  readonly model: PlotModel;
  view: PlotView;
}

/** The plots of all tabs and the one chart that shows them in turn. */
export class PlotPanel {
  readonly #changed: () => void;
  readonly #plots = new Map<TabId, TabPlot>();
  readonly #resized: ResizeObserver;
  #element?: Element;
  #chart?: Chart;
  #shown?: { readonly tab: TabId; readonly version: number; readonly view: PlotView; readonly frame?: ChartFrame };
  #tab: TabId = -1;

  /** `changed` is called when the page is to be drawn again. */
  constructor(changed: () => void) {
    this.#changed = changed;
    this.#resized = new ResizeObserver(() => {
      this.#shown = undefined;
      changed();
    });
  }

  apply(message: PlotMessage): void {
    this.of(message.tab).model.apply(message);
    this.#changed();
  }

  change(tab: TabId, event: PlotEvent): void {
    const plot = this.of(tab);
    plot.view = reducePlot(plot.view, event);
    this.#changed();
  }

  forget(tab: TabId): void {
    this.#plots.delete(tab);
  }

  of(tab: TabId): TabPlot {
    const known = this.#plots.get(tab);
    if (known !== undefined) return known;
    const plot = { model: new PlotModel(), view: initialPlotView };
    this.#plots.set(tab, plot);
    return plot;
  }

  /** For lit's `ref`. */
  readonly attach = (element: Element | undefined): void => {
    if (element === this.#element) return;
    if (this.#element !== undefined) this.#resized.unobserve(this.#element);
    this.#chart?.drop();
    this.#chart = undefined;
    this.#shown = undefined;
    this.#element = element;
    if (!(element instanceof HTMLElement)) return;
    this.#resized.observe(element);
    this.#chart = new Chart(element, {
      zoomed: (zoom) => this.change(this.#tab, { type: 'zoom', zoom }),
      pointed: (cursor) => cursor !== undefined && this.change(this.#tab, { type: 'cursor', cursor }),
    });
  };

  /**
   * What is shown of a tab now: recomputed only where points or view have changed. While frozen, points change
   * nothing.
   */
  frame(tab: TabId): ChartFrame | undefined {
    this.#tab = tab;
    const { model, view } = this.of(tab);
    const shown = this.#shown;
    const isSameView = shown?.tab === tab && sameFrame(shown.view, view);
    if (isSameView && (view.isFrozen || shown.version === model.version)) return shown.frame;
    const size = { widthPx: this.#chart?.widthPx ?? 0, heightPx: this.#chart?.heightPx ?? 0 };
    const frame = frameOf(model, view, size);
    this.#shown = { tab, version: model.version, view, frame };
    return frame;
  }

  /** Draws after the page has been rendered. */
  draw(frame: ChartFrame | undefined, hasMoved: boolean): void {
    if (frame === undefined || this.#chart === undefined) return;
    if (hasMoved) this.#chart.draw(frame);
  }

  pointAt(x: number): void {
    this.#chart?.pointAt(x);
  }

  /** Colours have changed. */
  themeChanged(): void {
    this.#chart?.drop();
    this.#shown = undefined;
    this.#changed();
  }

  picture(): Promise<Uint8Array | undefined> {
    return this.#chart?.picture() ?? Promise.resolve(undefined);
  }
}

/** The cursor moves without new points. */
function sameFrame(a: PlotView, b: PlotView): boolean {
  return (
    a.mode === b.mode &&
    a.zoom === b.zoom &&
    a.recentMs === b.recentMs &&
    a.clock === b.clock &&
    a.across === b.across &&
    a.shown === b.shown &&
    a.isFrozen === b.isFrozen
  );
}
