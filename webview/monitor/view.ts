import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { EventCard, Extent, TabState } from '../../src/protocol/monitorState';
import type { Actions } from './actions';
import { newConnection, tabConnection } from './connection/bar';
import { connectionSentence, portTabs } from './connection/tabs';
import { findBar } from './find/bar';
import { filterForm, highlightForm } from './find/rules';
import { firmwarePane } from './firmware/pane';
import type { HexContext } from './hex/pane';
import { hexPane } from './hex/pane';
import { inputBar } from './input/bar';
import { logPane } from './log/pane';
import type { PlotContext } from './plot/plotContext';
import { plotPane, plotTools } from './plot/pane';
import type { PageState } from './store';
import { placeOf, shownTab } from './store';
import type { TextContext } from './text/pane';
import { textPane } from './text/pane';
import { lineTools, paneTabs } from './toolbar';

/** The content of the pane that is shown; only one of them is worked out. */
export interface PaneContexts {
  readonly text?: TextContext;
  readonly hex?: HexContext;
  readonly plot?: PlotContext;
}

/** The whole page. */
export function monitorPage(page: PageState, contexts: PaneContexts, actions: Actions): TemplateResult {
  if (!page.isReady) return html`<main class="empty" role="status">Starting …</main>`;
  const tab = page.isAdding ? undefined : shownTab(page);
  const extent = tab && page.extents[tab.id];
  return html`
    <header>
      ${portTabs(page, actions)}
      ${tab === undefined ? newConnection(page, actions) : tabConnection(page, tab, extent, actions)}
      ${sayings(page, tab)}
    </header>
    ${tab === undefined ? invitation(page, actions) : tabContent(page, tab, contexts, actions)}
  `;
}

/** What screen readers are told of: connection and failures. An open connection needs no words on the screen. */
function sayings({ notice }: PageState, tab: TabState | undefined): TemplateResult {
  const isQuiet = tab === undefined || (tab.connection.phase === 'open' && tab.connection.message === undefined);
  return html`
    <p class="saying ${isQuiet ? 'hidden' : tab.connection.phase}" role="status">
      ${tab === undefined ? '' : connectionSentence(tab)}
    </p>
    <p
      class="saying ${notice?.severity === 'error' ? 'failed' : ''} ${notice === undefined ? 'hidden' : ''}"
      role="alert"
    >
      ${notice?.text ?? ''}
    </p>
  `;
}

function invitation({ tabs }: PageState, { tell }: Actions): TemplateResult {
  return html`<main class="empty">
    <p>
      ${
        tabs.length === 0
          ? 'Choose a port and connect to see what the board says.'
          : 'Choose a port for a further connection.'
      }
    </p>
    <p class="facts">
      Besides ports of this machine: socket://host:port and rfc2217://host:port, or the path of a saved log.
    </p>
    ${
      tabs.length > 0
        ? nothing
        : html`<p class="facts">
              What TensorFlow Lite Micro prints is understood: the time of each operator stands beside its estimate, and
              a failure says what to change.
            </p>
            <p>
              <button class="link" @click=${() => tell({ type: 'runCommand', command: 'addProfiler' })}>
                Add a profiler to the firmware
              </button>
            </p>`
    }
  </main>`;
}

function tabContent(page: PageState, tab: TabState, contexts: PaneContexts, actions: Actions): TemplateResult {
  const { pane } = placeOf(page);
  const extent = page.extents[tab.id];
  return html`
    <div class="toolbar">
      ${paneTabs(page, tab, actions)} ${contexts.plot === undefined ? nothing : plotTools(contexts.plot)}
      ${extent !== undefined && (pane === 'text' || pane === 'hex') ? lineTools(page, tab, extent, actions) : nothing}
    </div>
    ${pane === 'text' ? drawers(page, tab, extent, actions) : nothing} ${announced(page.events[tab.id] ?? [])}
    <main id="content" role="tabpanel" aria-labelledby=${`pane-${pane}`}>${content(page, tab, contexts, actions)}</main>
    ${pane === 'text' || pane === 'hex' ? inputBar(page, tab, actions) : nothing}
  `;
}

/** The latest failure of the firmware, said in every view. */
function announced(events: readonly EventCard[]): TemplateResult {
  const latest = events.at(-1);
  return html`<p class="hidden" role="status">${latest?.severity === 'error' ? latest.title : ''}</p>`;
}

function drawers(page: PageState, tab: TabState, extent: Extent | undefined, actions: Actions): TemplateResult {
  return html`${findBar(page, actions)}
  ${page.drawer === 'filter' && extent !== undefined ? filterForm(tab, extent, actions) : nothing}
  ${page.drawer === 'highlights' ? highlightForm(tab, actions) : nothing}`;
}

function content(
  page: PageState,
  tab: TabState,
  { text, hex, plot }: PaneContexts,
  actions: Actions,
): TemplateResult | typeof nothing {
  switch (placeOf(page).pane) {
    case 'text':
      return text === undefined ? nothing : textPane(text);
    case 'hex':
      return hex === undefined ? nothing : hexPane(hex);
    case 'plot':
      return plot === undefined ? nothing : plotPane(plot);
    case 'firmware':
      return firmwarePane(tab, page.events[tab.id] ?? [], actions);
    case 'log':
      return logPane(tab, actions);
  }
}
