import type { LayerFacts } from '../../src/core/estimate/report';
import type { ModelEditorState } from '../../src/protocol/modelEditor';

/** Columns of the layer table that can be sorted by. */
export type Column =
  'index' | 'name' | 'operator' | 'macs' | 'ramBytes' | 'flashBytes' | 'cycles' | 'measured' | 'difference';

/** The views below the totals. */
export type View = 'layers' | 'graph' | 'offers' | 'arena';

/** Costs that the graph shows as colour. */
export type GraphCost = 'cycles' | 'ramBytes' | 'flashBytes';

/** Columns of the table of offers that can be sorted by. */
export type OfferColumn = 'arenaBytes' | 'flashBytes' | 'ms';

/** Everything the page shows. */
export interface PageState {
  readonly editor?: ModelEditorState;
  readonly sort: { readonly column: Column; readonly descending: boolean };
  readonly filter: string;
  /** Index into the report's layers. */
  readonly selected?: number;
  readonly view: View;
  /** All problems, not the first few alone. */
  readonly showsAllFindings: boolean;
  /** The smallest first; absent: in the order in which they are offered. */
  readonly offerSort?: OfferColumn;
  readonly graphCost: GraphCost;
}

/** What can happen to the page. */
export type PageEvent =
  | { readonly type: 'state'; readonly state: ModelEditorState }
  | { readonly type: 'reveal'; readonly layer: number }
  | { readonly type: 'sort'; readonly column: Column }
  | { readonly type: 'filter'; readonly text: string }
  | { readonly type: 'select'; readonly layer: number }
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'view'; readonly view: View }
  | { readonly type: 'graphCost'; readonly cost: GraphCost }
  | { readonly type: 'showAllFindings' }
  | { readonly type: 'sortOffers'; readonly column: OfferColumn };

export const initialState: PageState = {
  sort: { column: 'index', descending: false },
  filter: '',
  view: 'layers',
  showsAllFindings: false,
  graphCost: 'cycles',
};

/** The next state; never changes the given one. */
export function reduce(state: PageState, event: PageEvent): PageState {
  switch (event.type) {
    case 'state':
      return { ...state, editor: event.state, selected: within(state.selected, event.state) };
    case 'reveal':
      return {
        ...state,
        selected: within(event.layer, state.editor),
        filter: '',
        view: state.view === 'graph' ? 'graph' : 'layers',
      };
    case 'sort':
      return { ...state, sort: nextSort(state.sort, event.column) };
    case 'filter':
      return { ...state, filter: event.text };
    case 'select':
      return { ...state, selected: within(event.layer, state.editor) };
    case 'move':
      return { ...state, selected: moved(state, event.by) };
    case 'view':
      return { ...state, view: event.view };
    case 'graphCost':
      return { ...state, graphCost: event.cost };
    case 'showAllFindings':
      return { ...state, showsAllFindings: true };
    case 'sortOffers':
      return { ...state, offerSort: state.offerSort === event.column ? undefined : event.column };
  }
}

/** The rows to show, filtered and sorted. Figures that are not known come last in either direction. */
export function visibleLayers({ editor, sort, filter }: PageState): readonly LayerFacts[] {
  const wanted = filter.trim().toLowerCase();
  const layers = (editor?.report?.layers ?? []).filter(({ name, operator }) =>
    `${name} ${operator}`.toLowerCase().includes(wanted),
  );
  return [...layers].sort((a, b) => compare(a, b, sort.column, sort.descending ? -1 : 1) || a.index - b.index);
}

/** The figure of the cycles column: cycles, or instructions where no cycles are known. */
export function costOf(layer: LayerFacts): number | undefined {
  return layer.cycles ?? layer.instructions;
}

function compare(a: LayerFacts, b: LayerFacts, column: Column, direction: 1 | -1): number {
  const left = cell(a, column);
  const right = cell(b, column);
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  if (typeof left === 'string' || typeof right === 'string')
    return direction * String(left).localeCompare(String(right));
  return direction * (left - right);
}

function cell(layer: LayerFacts, column: Column): number | string | undefined {
  if (column === 'cycles') return costOf(layer);
  if (column === 'measured') return layer.measured?.cycles ?? layer.measured?.ms;
  // The largest errors come first, whichever way they go.
  if (column === 'difference') return layer.measured?.difference && Math.abs(layer.measured.difference);
  return layer[column];
}

/** Figures sort largest first, names and positions smallest first; the same column again turns the order round. */
function nextSort({ column, descending }: PageState['sort'], wanted: Column): PageState['sort'] {
  if (wanted === column) return { column, descending: !descending };
  return { column: wanted, descending: !['index', 'name', 'operator'].includes(wanted) };
}

/** Rows from where the selection is; from beyond the edge where it is none of those shown. */
function moved(state: PageState, by: number): number | undefined {
  const rows = visibleLayers(state);
  const at = rows.findIndex(({ index }) => index === state.selected);
  const from = at >= 0 ? at : by > 0 ? -1 : rows.length;
  return rows.at(Math.min(Math.max(from + by, 0), rows.length - 1))?.index;
}

/** A layer that the report has; before there is one the choice waits for it. */
function within(selected: number | undefined, editor: ModelEditorState | undefined): number | undefined {
  if (editor?.report === undefined) return editor === undefined ? selected : undefined;
  return selected !== undefined && selected < editor.report.layers.length ? selected : undefined;
}
