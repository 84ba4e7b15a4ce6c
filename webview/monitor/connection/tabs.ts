import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { ConnectionState } from '../../../src/protocol/serialPort';
import type { TabState } from '../../../src/protocol/monitorState';
import { tabAfter } from '../../parts/fields';
import type { Actions } from '../actions';
import type { PageState } from '../store';

const phaseWords: Readonly<Record<ConnectionState['phase'], string>> = {
  closed: 'closed',
  opening: 'opening …',
  open: 'open',
  waiting: 'waiting for the device',
  released: 'given to another program',
  failed: 'could not be opened',
};

/** One tab for each port, and the way to another. */
export function portTabs(page: PageState, actions: Actions): TemplateResult | typeof nothing {
  if (page.tabs.length === 0) return nothing;
  return html`
    <div class="ports">
      <div role="tablist" aria-label="Ports">${page.tabs.map((tab) => portTab(tab, page, actions))}</div>
      <mw-button
        appearance="secondary"
        aria-label="New connection"
        title="Connect another port"
        @click=${() => actions.dispatch({ type: 'adding', isAdding: true })}
        >+</mw-button
      >
    </div>
  `;
}

/** Where the connection stands, in a sentence. */
export function connectionSentence({ title, connection, settings }: TabState): string {
  if (connection.message !== undefined) return connection.message;
  if (connection.phase === 'open') return `${title} is open at ${settings.baudRate} baud.`;
  return `${title} is ${phaseWords[connection.phase]}${connection.phase === 'opening' ? '' : '.'}`;
}

function portTab(tab: TabState, page: PageState, actions: Actions): TemplateResult {
  const { id, title, connection, address } = tab;
  const { tell } = actions;
  const isChosen = id === page.chosenTab && !page.isAdding;
  return html`<span class="port-tab ${isChosen ? 'chosen' : ''}" role="presentation"
    ><button
      role="tab"
      id=${`port-tab-${id}`}
      aria-selected=${isChosen}
      aria-controls="content"
      tabindex=${isChosen || page.isAdding ? 0 : -1}
      title=${`${address}: ${phaseWords[connection.phase]}`}
      @click=${() => tell({ type: 'chooseTab', tab: id })}
      @keydown=${(event: KeyboardEvent) => onKey(event, tab, page, actions)}
    >
      <span class="lamp ${connection.phase}" aria-hidden="true"></span>${title}<span class="hidden"
        >, ${phaseWords[connection.phase]}</span
      ></button
    ><button
      class="close"
      aria-label=${`Close ${title}`}
      title="Disconnect and forget what was received (Delete)"
      tabindex="-1"
      @click=${() => tell({ type: 'closeTab', tab: id })}
    >
      ✕
    </button></span
  >`;
}

/** Keys are about the tab that has the focus, chosen or not. */
function onKey(event: KeyboardEvent, { id }: TabState, { tabs }: PageState, { tell }: Actions): void {
  if (event.key === 'Delete') {
    tell({ type: 'closeTab', tab: id });
    return;
  }
  const index = tabs.findIndex((each) => each.id === id);
  const next = tabAfter(event.key, index, tabs.length);
  if (next === undefined) return;
  event.preventDefault();
  tell({ type: 'chooseTab', tab: tabs[next].id });
  document.getElementById(`port-tab-${tabs[next].id}`)?.focus();
}
