import { pictureOf } from '../../parts/picture';
import UPlot from 'uplot';
import { absoluteTimeText } from '../../../src/core/text/timestamps';
import type { ChartFrame, ChartLine } from './chartFrame';
import { colorVariable, dashesOf } from './lineStyle';
import type { Clock } from './store';
import type { Span } from './series';

interface ChartEvents {
  readonly zoomed: (span: Span) => void;
  readonly pointed: (x: number | undefined) => void;
}

/** Steps of the time axis in milliseconds: round numbers of a clock. */
const timeSteps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((step) => step),
  ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400].map((step) => step * 1000),
];
/** Fewer points than one in so many pixels are drawn with a dot each. */
const pixelsPerDot = 12;

/** Room for a label of the time axis with milliseconds, in CSS pixels. */
const labelPx = 96;

/** The chart in its element: uPlot with our own reduction of points, colours of the theme, no styles of its own. */
export class Chart {
  readonly #element: HTMLElement;
  readonly #events: ChartEvents;
  #plot?: UPlot;
  #shape = '';

  constructor(element: HTMLElement, events: ChartEvents) {
    this.#element = element;
    this.#events = events;
  }

  /** Width of the drawing area in CSS pixels. */
  get widthPx(): number {
    return this.#plot === undefined ? this.#element.clientWidth : this.#plot.bbox.width / devicePixelRatio;
  }

  get heightPx(): number {
    return this.#plot === undefined ? this.#element.clientHeight : this.#plot.bbox.height / devicePixelRatio;
  }

  draw(frame: ChartFrame): void {
    const shape = JSON.stringify([
      frame.clock,
      frame.twoUnits?.left,
      frame.twoUnits?.right,
      frame.lines.map(({ name, slot, isRight }) => [name, slot, isRight]),
    ]);
    if (this.#plot === undefined || shape !== this.#shape) this.#create(frame, shape);
    const plot = this.#plot!;
    const size = this.#size();
    if (plot.width !== size.width || plot.height !== size.height) plot.setSize(size);
    plot.batch(() => {
      plot.setData(dataOf(frame), false);
      plot.setScale('x', { min: frame.x.from, max: frame.x.to });
      plot.setScale('y', { min: frame.y.from, max: frame.y.to });
      const rightY = frame.twoUnits?.rightY;
      if (rightY !== undefined) plot.setScale('right', { min: rightY.from, max: rightY.to });
    });
  }

  /** Puts the crosshair where `x` is. */
  pointAt(x: number): void {
    const plot = this.#plot;
    if (plot === undefined) return;
    plot.setCursor({ left: plot.valToPos(x, 'x'), top: plot.over.clientHeight / 2 }, false);
  }

  /** The theme has changed, or the chart is no longer wanted: it is rebuilt with the next frame. */
  drop(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  /** The chart as it is, on the background of the theme. */
  async picture(): Promise<Uint8Array | undefined> {
    const source = this.#plot?.ctx.canvas;
    return source && pictureOf(source, themeColor(this.#element, '--vscode-editor-background'));
  }

  #create(frame: ChartFrame, shape: string): void {
    this.drop();
    this.#shape = shape;
    const stroke = themeColor(this.#element, '--vscode-foreground');
    const grid = { stroke: themeColor(this.#element, '--grid'), width: 1 };
    const axis = { stroke, grid, ticks: grid, font: `11px ${getComputedStyle(this.#element).fontFamily}` };
    const { twoUnits } = frame;
    const options: UPlot.Options = {
      // Every line has x values of its own. The enumeration exists for the type checker only: at run time there is
      // the number.
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment
      mode: 2,
      ...this.#size(),
      legend: { show: false },
      scales: { x: { time: false, auto: false }, y: { auto: false }, ...(twoUnits && { right: { auto: false } }) },
      axes: [
        { ...axis, size: 30, ...timeAxis(frame.clock) },
        { ...axis, size: 60, ...(twoUnits && { label: twoUnits.left, ...labelOf(axis) }) },
        ...(twoUnits ? [{ ...axis, ...rightAxis, label: twoUnits.right, ...labelOf(axis) }] : []),
      ],
      cursor: { points: { show: false }, drag: { x: true, y: false, setScale: false } },
      series: [{}, ...frame.lines.map((line) => this.#seriesOptions(line))],
      hooks: { setSelect: [(plot) => this.#selected(plot)], setCursor: [(plot) => this.#pointed(plot)] },
    };
    this.#plot = new UPlot(options, dataOf(frame), this.#element);
  }

  /** The element without its padding. */
  #size(): { readonly width: number; readonly height: number } {
    const { clientWidth, clientHeight } = this.#element;
    const { paddingTop, paddingRight } = getComputedStyle(this.#element);
    return {
      width: clientWidth - Number.parseFloat(paddingRight),
      height: clientHeight - Number.parseFloat(paddingTop),
    };
  }

  #seriesOptions({ name, slot, isRight }: ChartLine): UPlot.Series {
    return {
      label: name,
      facets: [
        { scale: 'x', auto: false },
        { scale: isRight === true ? 'right' : 'y', auto: false },
      ],
      stroke: themeColor(this.#element, colorVariable(slot)),
      width: 1.5,
      dash: [...dashesOf(slot)],
      points: { show: false },
      paths: linePaths,
    };
  }

  #selected(plot: UPlot): void {
    const { left, width } = plot.select;
    if (width < 3) return;
    const span = { from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') };
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.#events.zoomed(span);
  }

  #pointed(plot: UPlot): void {
    const { left } = plot.cursor;
    this.#events.pointed(left === undefined || left === null || left < 0 ? undefined : plot.posToVal(left, 'x'));
  }
}

/** uPlot's form for lines that have an `x` column each; its types know only one column for all. */
function dataOf({ lines }: ChartFrame): UPlot.AlignedData {
  return [null, ...lines.map(({ points }) => [points.x, points.y])] as unknown as UPlot.AlignedData;
}

/** Straight lines from point to point, broken where a value is not finite; dots too where there are few. */
function linePaths(plot: UPlot, index: number): UPlot.Series.Paths {
  const [xs, ys] = (plot.data as unknown as readonly (readonly [Float64Array, Float64Array])[])[index];
  const { left, top, width, height } = plot.bbox;
  const { x, [scaleOf(plot.series[index])]: y } = plot.scales;
  const perX = width / (x.max! - x.min!);
  const perY = height / (y.max! - y.min!);
  const dot = xs.length * pixelsPerDot < width ? 2 * devicePixelRatio : 0;
  const stroke = new Path2D();
  let isDown = false;
  for (let at = 0; at < xs.length; at += 1) {
    const px = left + (xs[at] - x.min!) * perX;
    const py = top + height - (ys[at] - y.min!) * perY;
    if (!Number.isFinite(py)) {
      isDown = false;
      continue;
    }
    if (isDown) stroke.lineTo(px, py);
    else stroke.moveTo(px, py);
    isDown = true;
    if (dot > 0) {
      stroke.arc(px, py, dot, 0, 2 * Math.PI);
      stroke.moveTo(px, py);
    }
  }
  return { stroke, fill: null, clip: null, band: null, gaps: undefined, flags: 0 };
}

function scaleOf({ facets }: UPlot.Series): string {
  return facets?.[1].scale ?? 'y';
}

/** On the right, without lines of its own across the chart. */
const rightAxis: Partial<UPlot.Axis> = {
  scale: 'right',
  // The enumeration exists for the type checker only: at run time there is the number.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment
  side: 1,
  size: 60,
  grid: { show: false },
};

function labelOf({ font }: { readonly font: string }): Partial<UPlot.Axis> {
  return { labelFont: font, labelSize: 16, labelGap: 0 };
}

function timeAxis(clock: Clock | undefined): Partial<UPlot.Axis> {
  if (clock === undefined) return {};
  return {
    incrs: timeSteps,
    space: labelPx,
    values: (_plot, splits) => splits.map((ms) => timeText(ms, clock, splits)),
  };
}

/** Milliseconds only where the steps are that fine. */
function timeText(ms: number, clock: Clock, splits: readonly number[]): string {
  const isFine = splits.length > 1 && splits[1] - splits[0] < 1000;
  if (clock === 'board') return `${(ms / 1000).toFixed(isFine ? 3 : 0)} s`;
  const text = absoluteTimeText(ms, -new Date(ms).getTimezoneOffset());
  return isFine ? text : text.slice(0, 8);
}

function themeColor(element: HTMLElement, name: string): string {
  return getComputedStyle(element).getPropertyValue(name).trim() || getComputedStyle(element).color;
}
