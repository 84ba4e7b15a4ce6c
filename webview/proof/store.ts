import type { LayerFidelity } from '../../src/core/compress/proof';
import type { CurvePoint, ProofPageState, WorkView } from '../../src/protocol/proofPage';

/** How the layers are ordered: those to blame first, or as they run. */
export type LayerOrder = 'blame' | 'execution';
/** What the trade-off is drawn against. */
export type CostAxis = 'arenaBytes' | 'flashBytes' | 'time' | 'macs';

/** Everything the page shows. */
export interface PageState {
  readonly shown?: ProofPageState;
  readonly order: LayerOrder;
  readonly cost: CostAxis;
  /** Index into the points of the trade-off. */
  readonly point?: number;
}

/** What can happen to the page. */
export type PageEvent =
  | { readonly type: 'state'; readonly state: ProofPageState }
  | { readonly type: 'progress'; readonly work: WorkView }
  | { readonly type: 'points'; readonly points: readonly CurvePoint[] }
  | { readonly type: 'order'; readonly order: LayerOrder }
  | { readonly type: 'cost'; readonly cost: CostAxis }
  | { readonly type: 'choosePoint'; readonly point: number }
  | { readonly type: 'movePoint'; readonly by: number };

export const initialState: PageState = { order: 'blame', cost: 'time' };

/** The next state; never changes the given one. */
export function reduce(state: PageState, event: PageEvent): PageState {
  switch (event.type) {
    case 'state':
      return { ...state, shown: event.state, point: pointWithin(state.point, event.state) };
    case 'progress':
      return state.shown?.status === 'working' ? { ...state, shown: { ...state.shown, work: event.work } } : state;
    case 'points':
      return state.shown === undefined ? state : { ...state, shown: withPoints(state.shown, event.points) };
    case 'order':
      return { ...state, order: event.order };
    case 'cost':
      return { ...state, cost: event.cost };
    case 'choosePoint':
      return { ...state, point: event.point };
    case 'movePoint':
      return { ...state, point: moved(state, event.by) };
  }
}

/** Signal to noise at and above which an error is not worth a look, in decibels: the bars end there. */
export const fullBarDb = 60;

/** The layers in the wanted order; those without a rank come last. */
export function orderedLayers(layers: readonly LayerFidelity[], order: LayerOrder): readonly LayerFidelity[] {
  if (order === 'execution') return layers;
  return [...layers].sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || 0);
}

/** The curves by their names, in order of their first points. */
export function seriesOf(points: readonly CurvePoint[]): ReadonlyMap<string, readonly CurvePoint[]> {
  const series = new Map<string, CurvePoint[]>();
  for (const point of points) {
    const list = series.get(point.series);
    if (list === undefined) series.set(point.series, [point]);
    else list.push(point);
  }
  return series;
}

function withPoints(shown: ProofPageState, points: readonly CurvePoint[]): ProofPageState {
  return { ...shown, curves: [...shown.curves, ...points] };
}

function pointWithin(point: number | undefined, { tradeoff }: ProofPageState): number | undefined {
  if (tradeoff === undefined) return undefined;
  return point !== undefined && point < tradeoff.points.length ? point : tradeoff.taken;
}

function moved({ shown, point }: PageState, by: number): number | undefined {
  const count = shown?.tradeoff?.points.length ?? 0;
  if (count === 0) return undefined;
  return point === undefined ? 0 : Math.min(Math.max(point + by, 0), count - 1);
}
