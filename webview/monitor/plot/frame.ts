import type { ChartFrame, ChartLine } from './chartFrame';
import type { PlotModel, PlotSeries } from './model';
import type { PlotView } from './store';
import { clockOf, isShown, padded, pairedPoints, shownSpan, timeLines, unionOf } from './store';
import type { Series, Span } from './series';
import { curvePoints, thinned, valueRange } from './thin';

const mostLabelCharacters = 40;

/** How large the chart is: what points are thinned to. */
interface PlotSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** What the chart draws of the points under a view; nothing where there are no points. */
export function frameOf(model: PlotModel, view: PlotView, size: PlotSize): ChartFrame | undefined {
  return view.mode === 'time' ? timeFrame(model, view, size) : curveFrame(model, view, size);
}

function timeFrame({ series }: PlotModel, view: PlotView, { widthPx }: PlotSize): ChartFrame | undefined {
  const lines = timeLines(view, series);
  const span = shownSpan(view, lines);
  if (span === undefined) return undefined;
  const x = span.to > span.from ? span : padded(span);
  const right = rightUnit(lines);
  const drawn = lines.map((line) => ({
    ...lineOf(line, series, thinned(line.points, x, Math.max(1, Math.floor(widthPx)))),
    ...(right === undefined ? {} : { isRight: (line.unit ?? '') === right }),
  }));
  const frame = { lines: drawn, x, clock: clockOf(view, series) };
  if (right === undefined) return { ...frame, y: valuesOf(drawn) };
  const onRight = drawn.filter(({ isRight }) => isRight);
  const onLeft = drawn.filter(({ isRight }) => !isRight);
  const twoUnits = {
    left: labelOf(lines[0].unit, onLeft),
    right: labelOf(right, onRight),
    rightY: valuesOf(onRight),
  };
  return { ...frame, y: valuesOf(onLeft), twoUnits };
}

/** The unit; of values without one, what they are. */
function labelOf(unit: string | undefined, lines: readonly ChartLine[]): string {
  if (unit !== undefined && unit !== '') return unit;
  const names = lines.map(({ name }) => name).join(', ');
  return names.length > mostLabelCharacters ? `${names.slice(0, mostLabelCharacters - 1)}…` : names;
}

/**
 * The second of exactly two units: degrees and shares have no scale in common. With more, one axis has to do for all.
 */
function rightUnit(lines: readonly PlotSeries[]): string | undefined {
  const units = [...new Set(lines.map(({ unit }) => unit ?? ''))];
  return units.length === 2 ? units[1] : undefined;
}

/** Curves as the firmware printed them, and every series over time against the one chosen to go across. */
function curveFrame({ series }: PlotModel, view: PlotView, size: PlotSize): ChartFrame | undefined {
  const across = series.find(({ name, kind }) => kind === 'time' && name === view.across);
  const curves = series
    .filter((each) => isShown(view, each))
    .flatMap((each) => {
      const points = curveOf(each, across);
      return points === undefined || points.length === 0 ? [] : [{ each, points }];
    });
  const x = unionOf(curves.map(({ points }) => range(points, 'x')));
  const y = unionOf(curves.map(({ points }) => range(points, 'y')));
  if (x === undefined || y === undefined) return undefined;
  const [wide, high] = [padded(x), padded(y)];
  const perX = (wide.to - wide.from) / Math.max(1, size.widthPx);
  const perY = (high.to - high.from) / Math.max(1, size.heightPx);
  const lines = curves.map(({ each, points }) => lineOf(each, series, curvePoints(points, perX, perY)));
  return { lines, x: wide, y: high };
}

function curveOf(series: PlotSeries, across: PlotSeries | undefined): Series | undefined {
  if (series.kind === 'curve') return series.points;
  if (series.kind !== 'time' || across === undefined || series.name === across.name) return undefined;
  return pairedPoints(across.points, series.points);
}

/** A series keeps its slot, and so its colour, whatever else is turned off. */
function lineOf(each: PlotSeries, series: readonly PlotSeries[], points: ChartLine['points']): ChartLine {
  return { name: each.name, slot: series.indexOf(each), points };
}

function valuesOf(lines: readonly ChartLine[]): Span {
  return padded(unionOf(lines.map(({ points }) => valueRange(points))) ?? { from: 0, to: 1 });
}

function range(series: Series, column: 'x' | 'y'): Span | undefined {
  let from = Infinity;
  let to = -Infinity;
  for (let index = 0; index < series.length; index += 1) {
    const value = column === 'x' ? series.xAt(index) : series.yAt(index);
    if (!Number.isFinite(value)) continue;
    if (value < from) from = value;
    if (value > to) to = value;
  }
  return from <= to ? { from, to } : undefined;
}
