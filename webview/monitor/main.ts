import type { FromMonitorPageDirection, ToMonitorPageDirection } from '../../src/protocol/monitor';
import { registerControls } from '../parts/controls';
import type { HostEnd } from '../parts/host';
import { connectHost } from '../parts/host';
import { MonitorPage } from './page';
import type { PageState } from './store';
import { initialFind } from './find/store';
import 'uplot/dist/uPlot.min.css';
import './style.css';

/** What the page keeps itself when it is hidden; all else comes from the host. */
type Kept = Pick<PageState, 'places' | 'draft' | 'find'>;

/** The page of the serial monitor. */
function start(): void {
  registerControls();
  const host: HostEnd<FromMonitorPageDirection, ToMonitorPageDirection> = connectHost({
    state: (message) => page.dispatch(message),
    ports: (message) => page.dispatch(message),
    tab: (message) => page.dispatch(message),
    tabClosed: (message) => page.dispatch(message),
    tabChosen: (message) => page.dispatch(message),
    grown: (message) => page.dispatch(message),
    events: (message) => page.dispatch(message),
    plot: (message) => page.plots.apply(message),
    notice: ({ message }) => page.dispatch({ type: 'notice', notice: { severity: 'error', text: message } }),
    focus: ({ target }) => focus(target, page),
  });
  const page: MonitorPage = new MonitorPage(host.rpc, keptPart(host.kept), (before, after) => {
    const { places, draft, find } = after;
    if (before.places === places && before.draft === draft && before.find.pattern === find.pattern) return;
    host.keep({ places, draft, find: { ...initialFind, pattern: find.pattern } } satisfies Kept);
  });
  listen(page);
  page.redraw();
  host.rpc.notify({ type: 'ready' });
}

/** What concerns the whole page: the key of the search, selected text that must not run away, and the theme. */
function listen(page: MonitorPage): void {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') closeDrawer(event, page);
    if (!(event.ctrlKey || event.metaKey) || event.key !== 'f') return;
    event.preventDefault();
    focus('search', page);
  });
  document.addEventListener('selectionchange', () => {
    const selection = getSelection();
    const isInLines = selection?.anchorNode?.parentElement?.closest('.lines') !== null;
    if (selection === null || selection.isCollapsed || !isInLines) return;
    page.stay();
  });
  const themes = new MutationObserver(() => page.plots.themeChanged());
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  themes.observe(document.body, { attributes: true, attributeFilter: ['class'] });
}

/** Escape closes the row of controls that it was pressed in, and goes back to where that was opened. */
function closeDrawer(event: KeyboardEvent, page: MonitorPage): void {
  const drawer = (event.target as Element).closest('.drawer');
  if (drawer === null || event.defaultPrevented) return;
  event.preventDefault();
  if (drawer.getAttribute('role') === 'search') {
    page.dispatch({ type: 'findOpened', isOpen: false });
    page.focusLines();
    return;
  }
  const opener = document.querySelector<HTMLElement>('[id^="drawer-"][aria-expanded="true"]');
  opener?.click();
  opener?.focus();
}

function focus(target: 'input' | 'search' | 'ports' | 'lines', page: MonitorPage): void {
  if (target === 'lines') {
    page.focusLines();
    return;
  }
  if (target === 'search') {
    page.actions.pane('text');
    page.dispatch({ type: 'findOpened', isOpen: true });
  }
  if (target === 'ports') page.dispatch({ type: 'adding', isAdding: true });
  const id = { input: 'input', search: 'find', ports: 'port' }[target];
  // The field may be drawn only with the next frame.
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(id)?.focus()));
}

/** What an earlier life of the page kept; anything unexpected is dropped. */
function keptPart(kept: unknown): Partial<PageState> {
  if (typeof kept !== 'object' || kept === null || !('places' in kept)) return {};
  return kept as Kept;
}

start();
