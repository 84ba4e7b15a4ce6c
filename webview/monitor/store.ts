import type { ToMonitorPage } from '../../src/protocol/monitor';
import type {
  EventCard,
  Extent,
  ShownDefaults,
  MonitorState,
  PortCard,
  PortList,
  RowMatch,
  TabDisplay,
  TabId,
  TabState,
} from '../../src/protocol/monitorState';
import type { PortSettings } from '../../src/protocol/serialPort';
import { defaultPortSettings, usualBaudRates } from '../../src/protocol/serialPort';
import type { FindEvent, FindState } from './find/store';
import { initialFind, reduceFind } from './find/store';
import type { InputEvent, InputState } from './input/store';
import { initialInput, reduceInput } from './input/store';

/** What the page shows below the connection. */
export type Pane = 'text' | 'hex' | 'plot' | 'firmware' | 'log';

/** A row of controls that is shown only when it is wanted. */
type Drawer = 'settings' | 'filter' | 'highlights';

/** Where the user is in one tab. Rows count as in the protocol; a fraction is a row that is partly above the edge. */
export interface Place {
  readonly pane: Pane;
  readonly topRow: number;
  readonly hexTopRow: number;
  /** The row that the keyboard is on; with `anchorRow` the other end of the selection. */
  readonly cursorRow?: number;
  readonly anchorRow?: number;
}

/** The form for a connection that is not there yet. */
interface Draft {
  readonly address: string;
  readonly settings: PortSettings;
  /** True while an address, or a rate, is typed that the lists do not have. */
  readonly isAddressTyped: boolean;
  readonly isRateTyped: boolean;
}

interface Notice {
  readonly severity: 'error' | 'information';
  readonly text: string;
}

/** Everything the page shows but lines, bytes and points, which are too many to be part of it. */
export interface PageState {
  /** False until the host has answered. */
  readonly isReady: boolean;
  readonly ports: PortList;
  readonly defaults: ShownDefaults;
  readonly tabs: readonly TabState[];
  readonly chosenTab?: TabId;
  readonly extents: Readonly<Record<TabId, Extent | undefined>>;
  readonly events: Readonly<Record<TabId, readonly EventCard[] | undefined>>;
  readonly places: Readonly<Record<TabId, Place | undefined>>;
  readonly draft: Draft;
  /** True while the form for another connection is shown instead of the chosen tab's. */
  readonly isAdding: boolean;
  readonly drawer?: Drawer;
  readonly find: FindState;
  readonly input: InputState;
  /** The latest thing to say; a failure stays until the next action. */
  readonly notice?: Notice;
}

export type PageEvent =
  | Exclude<ToMonitorPage, { readonly type: 'plot' | 'focus' | 'notice' }>
  | FindEvent
  | InputEvent
  | { readonly type: 'draft'; readonly draft: Partial<Draft> }
  | { readonly type: 'adding'; readonly isAdding: boolean }
  | { readonly type: 'drawer'; readonly drawer: Drawer }
  | { readonly type: 'display'; readonly tab: TabId; readonly display: Partial<TabDisplay> }
  | { readonly type: 'place'; readonly place: Partial<Place> }
  | { readonly type: 'cursor'; readonly row: number; readonly extend: boolean }
  | { readonly type: 'found'; readonly match: RowMatch }
  | { readonly type: 'notice'; readonly notice?: Notice };

/** More cards of events than this are not kept by the page; the oldest go. */
const mostEvents = 500;

export const initialPlace: Place = { pane: 'text', topRow: 0, hexTopRow: 0 };

export const initialState: PageState = {
  isReady: false,
  ports: { ports: [], isLooking: true },
  defaults: { settings: defaultPortSettings, baudRates: usualBaudRates, timestamps: 'off', lineEnding: 'lf' },
  tabs: [],
  extents: {},
  events: {},
  places: {},
  draft: { address: '', settings: defaultPortSettings, isAddressTyped: false, isRateTyped: false },
  isAdding: false,
  find: initialFind,
  input: initialInput,
};

/** The next state; never changes the given one. */
export function reduce(state: PageState, event: PageEvent): PageState {
  switch (event.type) {
    case 'state':
      return replaced(state, event.state);
    case 'ports':
      return withPorts(state, event.ports);
    case 'tab':
      return withTab(state, event.tab);
    case 'tabClosed':
      return withoutTab(state, event.tab);
    case 'tabChosen':
      return { ...state, chosenTab: event.tab, isAdding: false, find: elsewhere(state.find) };
    case 'grown':
      return grown(state, event.tab, event.extent);
    case 'events':
      return { ...state, events: { ...state.events, [event.tab]: joined(state.events[event.tab], event.events) } };
    case 'draft':
      return { ...state, draft: { ...state.draft, ...event.draft } };
    case 'adding':
      return { ...state, isAdding: event.isAdding, notice: undefined };
    case 'drawer':
      return { ...state, drawer: state.drawer === event.drawer ? undefined : event.drawer };
    case 'display':
      return { ...state, tabs: state.tabs.map((tab) => (tab.id === event.tab ? displayed(tab, event.display) : tab)) };
    case 'place':
      return withPlace(state, event.place);
    case 'cursor':
      return withPlace(state, { cursorRow: event.row, anchorRow: event.extend ? anchorOf(placeOf(state)) : event.row });
    case 'found':
      return withPlace(
        { ...state, find: { ...state.find, current: event.match } },
        { cursorRow: event.match.row, anchorRow: event.match.row },
      );
    case 'notice':
      return { ...state, notice: event.notice };
    case 'findOpened':
    case 'findPattern':
    case 'findCounted':
    case 'findFailed':
      return { ...state, find: reduceFind(state.find, event) };
    case 'typed':
    case 'sent':
    case 'recall':
    case 'inputKind':
      return { ...state, input: reduceInput(state.input, event) };
  }
}

/** The tab whose content is shown. */
export function shownTab(state: PageState): TabState | undefined {
  return state.tabs.find(({ id }) => id === state.chosenTab);
}

/** Where the user is in the chosen tab. */
export function placeOf(state: PageState): Place {
  return (state.chosenTab === undefined ? undefined : state.places[state.chosenTab]) ?? initialPlace;
}

/** The selected rows, both included; nothing where no row was chosen. */
export function selectedRows({
  anchorRow,
  cursorRow,
}: Place): { readonly from: number; readonly to: number } | undefined {
  if (anchorRow === undefined || cursorRow === undefined) return undefined;
  return { from: Math.min(anchorRow, cursorRow), to: Math.max(anchorRow, cursorRow) };
}

/** The port that an address names, as it is listed. */
export function listedPort({ ports }: PageState, address: string): PortCard | undefined {
  return ports.ports.find((port) => port.address === address.trim());
}

/** Rows of the text to show: those up to the pause, if there is one. */
export function shownRows(tab: TabState, extent: Extent): { readonly first: number; readonly end: number } {
  const paused = tab.display.pausedAtRow;
  const end = paused === undefined || paused === null ? extent.endRow : Math.min(extent.endRow, paused + 1);
  return { first: extent.firstRow, end: Math.max(end, extent.firstRow) };
}

function replaced(before: PageState, host: MonitorState): PageState {
  // While the page was hidden rows may have come to mean others.
  const state = host.extents.reduce((page, { tab, extent }) => grown(page, tab, extent), before);
  return {
    ...withPorts({ ...state, defaults: host.defaults }, host.ports),
    isReady: true,
    tabs: host.tabs,
    chosenTab: host.chosenTab,
    extents: Object.fromEntries(host.extents.map(({ tab, extent }) => [tab, extent])),
    events: Object.fromEntries(host.events.map(({ tab, events }) => [tab, joined([], events)])),
    places: Object.fromEntries(host.tabs.map((tab) => [tab.id, state.places[tab.id] ?? firstPlace(tab)])),
    find: before.chosenTab === host.chosenTab ? state.find : elsewhere(state.find),
    draft: state.draft.address === '' ? { ...state.draft, settings: host.defaults.settings } : state.draft,
    input: { ...state.input, history: host.inputHistory },
  };
}

/** A page that is rebuilt begins in the view that the host kept. */
function firstPlace({ display }: TabState): Place {
  return { ...initialPlace, pane: display.view };
}

/** The first port with a known board, or else the only one, is proposed while nothing was typed. */
function withPorts(state: PageState, ports: PortList): PageState {
  if (state.draft.address !== '' || state.draft.isAddressTyped) return { ...state, ports };
  const free = ports.ports.filter(({ tab }) => tab === undefined);
  const proposed = free.find(({ boards }) => boards.length > 0) ?? (free.length === 1 ? free[0] : undefined);
  if (proposed === undefined) return { ...state, ports };
  return { ...state, ports, draft: { ...state.draft, address: proposed.address, settings: proposed.settings } };
}

function withTab(state: PageState, tab: TabState): PageState {
  const isNew = !state.tabs.some(({ id }) => id === tab.id);
  const tabs = isNew ? [...state.tabs, tab] : state.tabs.map((each) => (each.id === tab.id ? tab : each));
  const place = state.places[tab.id] ?? firstPlace(tab);
  return { ...state, tabs, places: { ...state.places, [tab.id]: place } };
}

function withoutTab(state: PageState, tab: TabId): PageState {
  const without = <Value>(record: Readonly<Record<TabId, Value>>): Readonly<Record<TabId, Value>> =>
    Object.fromEntries(Object.entries(record).filter(([id]) => Number(id) !== tab));
  return {
    ...state,
    tabs: state.tabs.filter(({ id }) => id !== tab),
    chosenTab: state.chosenTab === tab ? undefined : state.chosenTab,
    extents: without(state.extents),
    events: without(state.events),
    places: without(state.places),
  };
}

/** A new generation means other rows: what was selected or found names rows that are no more. */
function grown(state: PageState, tab: TabId, extent: Extent): PageState {
  const before = state.extents[tab];
  const extents = { ...state.extents, [tab]: extent };
  if (before === undefined || before.generation === extent.generation) return { ...state, extents };
  const place = { ...(state.places[tab] ?? initialPlace), cursorRow: undefined, anchorRow: undefined };
  const events =
    extent.endLine < before.endLine || extent.receivedBytes < before.receivedBytes ? [] : state.events[tab];
  return {
    ...state,
    extents,
    events: { ...state.events, [tab]: events },
    places: { ...state.places, [tab]: place },
    find: tab === state.chosenTab ? elsewhere(state.find) : state.find,
  };
}

/** The same search among other rows. */
function elsewhere(find: FindState): FindState {
  return { ...find, current: undefined, count: undefined };
}

function joined(before: readonly EventCard[] | undefined, added: readonly EventCard[]): readonly EventCard[] {
  const known = new Set(before?.map(({ id }) => id));
  const renewed = new Map(added.filter(({ id }) => known.has(id)).map((card) => [card.id, card]));
  const kept = renewed.size === 0 ? before : before?.map((card) => renewed.get(card.id) ?? card);
  return [...(kept ?? []), ...added.filter(({ id }) => !known.has(id))].slice(-mostEvents);
}

function displayed(tab: TabState, display: Partial<TabDisplay>): TabState {
  return { ...tab, display: { ...tab.display, ...display } };
}

function withPlace(state: PageState, place: Partial<Place>): PageState {
  if (state.chosenTab === undefined) return state;
  return { ...state, places: { ...state.places, [state.chosenTab]: { ...placeOf(state), ...place } } };
}

function anchorOf({ anchorRow, cursorRow }: Place): number | undefined {
  return anchorRow ?? cursorRow;
}
