import { pictureOf } from '../parts/picture';
import UPlot from 'uplot';

/** Lines of a chart over one common axis; where a line has no value at an x there is null. */
export interface ChartData {
  readonly xName: string;
  readonly yName: string;
  readonly xText: (x: number) => string;
  readonly yText: (y: number) => string;
  readonly lines: readonly { readonly name: string; readonly points: readonly (readonly [x: number, y: number])[] }[];
  /** Points are drawn large and can be chosen with a click: each is told by its place in the first line. */
  readonly chosen?: { readonly point?: number; readonly choose: (point: number) => void };
}

const colorNames = ['blue', 'green', 'purple', 'red', 'yellow', 'orange'] as const;
const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 3]];

/** A chart that takes its element again at every drawing, since the page around it may have been rebuilt. */
export class Chart {
  #plot?: UPlot;
  #element?: HTMLElement;
  #shape = '';
  #data?: ChartData;

  /** Draws into `element`, or gives the chart up where there is none. */
  draw(element: HTMLElement | null, data: ChartData | undefined): void {
    this.#data = data;
    if (element === null || data === undefined || data.lines.every(({ points }) => points.length === 0)) {
      this.drop();
      return;
    }
    const shape = JSON.stringify([data.xName, data.yName, data.lines.map(({ name }) => name)]);
    if (this.#plot === undefined || this.#element !== element || this.#shape !== shape)
      this.#create(element, data, shape);
    this.#plot?.setData(alignedData(data));
  }

  /** Takes over the size of its element. */
  fit(): void {
    if (this.#element !== undefined) this.#plot?.setSize(sizeOf(this.#element));
  }

  /** The theme has changed, or nothing is to be drawn: the next drawing rebuilds it. */
  drop(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  redraw(): void {
    const element = this.#element;
    this.drop();
    if (element !== undefined) this.draw(element, this.#data);
  }

  /** The chart as it is, on the background of the theme. */
  async picture(): Promise<Uint8Array | undefined> {
    const source = this.#plot?.ctx.canvas;
    return source && pictureOf(source, themeColor('--vscode-editor-background'));
  }

  #create(element: HTMLElement, data: ChartData, shape: string): void {
    this.drop();
    this.#element = element;
    this.#shape = shape;
    const stroke = themeColor('--vscode-foreground');
    const grid = { stroke: themeColor('--grid'), width: 1 };
    const font = `11px ${getComputedStyle(document.body).fontFamily}`;
    const axis = { stroke, grid, ticks: grid, font, labelFont: font, labelSize: 18 };
    const scatter = data.chosen !== undefined;
    const options: UPlot.Options = {
      ...sizeOf(element),
      legend: { show: data.lines.length > 1 },
      scales: { x: { time: false, range: spread }, y: { range: spread } },
      axes: [
        { ...axis, label: data.xName, size: 34, values: (_plot, splits) => splits.map((x) => data.xText(x)) },
        { ...axis, label: data.yName, size: 64, values: (_plot, splits) => splits.map((y) => data.yText(y)) },
      ],
      cursor: { drag: { x: false, y: false }, y: scatter, points: { size: scatter ? 12 : 6 } },
      series: [{ label: data.xName }, ...data.lines.map(({ name }, slot) => lineOptions(name, slot, scatter))],
      hooks: { ready: [(plot) => this.#listen(plot)], draw: [(plot) => this.#ring(plot)] },
    };
    this.#plot = new UPlot(options, alignedData(data), element);
  }

  #listen(plot: UPlot): void {
    plot.over.addEventListener('click', () => {
      const at = plot.cursor.idx;
      const line = this.#data?.lines.at(0);
      if (at === null || at === undefined || line === undefined) return;
      const x = plot.data[0][at];
      const point = line.points.findIndex((each) => each[0] === x);
      if (point >= 0) this.#data?.chosen?.choose(point);
    });
  }

  /** A ring around the chosen point. */
  #ring(plot: UPlot): void {
    const point = this.#data?.chosen?.point;
    const place = point === undefined ? undefined : this.#data?.lines.at(0)?.points.at(point);
    if (place === undefined) return;
    const { ctx } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.strokeStyle = themeColor('--vscode-foreground');
    ctx.lineWidth = 2 * devicePixelRatio;
    ctx.arc(
      plot.valToPos(place[0], 'x', true),
      plot.valToPos(place[1], 'y', true),
      9 * devicePixelRatio,
      0,
      2 * Math.PI,
    );
    ctx.stroke();
    ctx.restore();
  }
}

function lineOptions(label: string, slot: number, scatter: boolean): UPlot.Series {
  const color = themeColor(`--vscode-charts-${colorNames[slot % colorNames.length]}`);
  return {
    label,
    stroke: color,
    width: scatter ? 1 : 1.5,
    dash: scatter ? [4, 4] : [...dashes[Math.floor(slot / colorNames.length) % dashes.length]],
    spanGaps: true,
    points: scatter ? { show: true, size: 9, fill: color } : {},
  };
}

/** Some room around the values, so that no point lies on the frame. */
function spread(_plot: UPlot, min: number | null, max: number | null): [number, number] {
  if (min === null || max === null) return [0, 1];
  const margin = (max - min || Math.abs(max) || 1) * 0.06;
  return [min - margin, max + margin];
}

function alignedData({ lines }: ChartData): UPlot.AlignedData {
  const tables = lines.map(({ points }) => {
    const sorted = [...points].sort((a, b) => a[0] - b[0]);
    return [sorted.map(([x]) => x), sorted.map(([, y]) => y)] as UPlot.AlignedData;
  });
  return UPlot.join(tables);
}

function sizeOf(element: HTMLElement): { width: number; height: number } {
  return { width: element.clientWidth, height: element.clientHeight };
}

/** A colour of the theme as a canvas takes it. */
function themeColor(name: string): string {
  return (
    getComputedStyle(document.documentElement).getPropertyValue(name).trim() || getComputedStyle(document.body).color
  );
}
