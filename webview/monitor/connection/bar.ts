import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { bytesText, groupDigits } from '../../../src/core/text/units';
import type { Extent, PortCard, TabState } from '../../../src/protocol/monitorState';
import type { PortSettings, SignalSettings } from '../../../src/protocol/serialPort';
import { isTicked, valueOf } from '../../parts/fields';
import type { Actions } from '../actions';
import type { PageState } from '../store';
import { listedPort } from '../store';
import { rateFields, settingsFields } from './settings';

/** The form for a connection that is not there yet. */
export function newConnection(page: PageState, actions: Actions): TemplateResult {
  const { draft, defaults, ports } = page;
  const { dispatch } = actions;
  const change = (part: Partial<PortSettings>): void =>
    dispatch({ type: 'draft', draft: { settings: { ...draft.settings, ...part } } });
  return html`
    <form class="bar" aria-label="New connection" @submit=${(event: Event) => connect(event, page, actions)}>
      ${portFields(page, actions)}
      ${rateFields(
        { baudRate: draft.settings.baudRate, rates: defaults.baudRates, isTyped: draft.isRateTyped },
        (baudRate) => change({ baudRate }),
        (isRateTyped) => dispatch({ type: 'draft', draft: { isRateTyped } }),
      )}
      <mw-button ?disabled=${draft.address.trim() === ''} @click=${(event: Event) => connect(event, page, actions)}
        >Connect</mw-button
      >
      <mw-button appearance="secondary" @click=${() => actions.tell({ type: 'refreshPorts' })}>Look again</mw-button>
      ${settingsButton(page, actions)}
      ${
        page.tabs.length > 0
          ? html`<mw-button appearance="secondary" @click=${() => dispatch({ type: 'adding', isAdding: false })}
              >Cancel</mw-button
            >`
          : nothing
      }
      ${ports.notice === undefined ? nothing : html`<p class="facts">${ports.notice}</p>`}
    </form>
    ${page.drawer === 'settings' ? settingsFields(draft.settings, change) : nothing}
  `;
}

/** What can be done with the port of a tab. */
export function tabConnection(
  page: PageState,
  tab: TabState,
  extent: Extent | undefined,
  actions: Actions,
): TemplateResult {
  const change = (part: Partial<PortSettings>): void =>
    void actions.ask({ type: 'reconnect', tab: tab.id, settings: { ...tab.settings, ...part } });
  return html`
    <div class="bar" role="group" aria-label="Connection">
      ${switchButton(tab, actions)} ${hasLine(tab) ? lineControls(page, tab, change, actions) : nothing}
      ${
        tab.canReset
          ? html`<mw-button appearance="secondary" @click=${() => actions.ask({ type: 'resetBoard', tab: tab.id })}
              >Reset</mw-button
            >`
          : nothing
      }
      ${boardButton(tab, actions)} ${rates(extent)}
    </div>
    ${page.drawer === 'settings' && hasLine(tab) ? settingsFields(tab.settings, change) : nothing}
  `;
}

/** A socket has neither a rate nor control lines. */
function hasLine({ address }: TabState): boolean {
  return !address.startsWith('socket://');
}

function lineControls(
  page: PageState,
  tab: TabState,
  change: (part: Partial<PortSettings>) => void,
  actions: Actions,
): TemplateResult {
  return html`${rateFields(
    { baudRate: tab.settings.baudRate, rates: page.defaults.baudRates, isTyped: page.draft.isRateTyped },
    (baudRate) => change({ baudRate }),
    (isRateTyped) => actions.dispatch({ type: 'draft', draft: { isRateTyped } }),
  )}
  ${signalSwitches(tab, actions)} ${settingsButton(page, actions)}`;
}

function portFields({ ports, draft }: PageState, { dispatch }: Actions): TemplateResult {
  const isTyped = draft.isAddressTyped || !ports.ports.some(({ address }) => address === draft.address);
  const chosen = (address: string): void => {
    const port = ports.ports.find((each) => each.address === address);
    if (port === undefined) dispatch({ type: 'draft', draft: { address: '', isAddressTyped: true } });
    else dispatch({ type: 'draft', draft: { address, settings: port.settings, isAddressTyped: false } });
  };
  return html`
    <label class="field"
      ><span>Port</span>
      <select id="port" @change=${(event: Event) => chosen(valueOf(event))}>
        ${ports.ports.map((port) => portOption(port, !isTyped && port.address === draft.address))}
        <option value="" .selected=${isTyped}>
          ${ports.isLooking ? 'Looking for ports …' : ports.ports.length === 0 ? 'No port found' : 'Another address …'}
        </option>
      </select></label
    >
    ${
      isTyped
        ? html`<input
            id="address"
            class="address"
            aria-label="Address"
            placeholder="/dev/ttyACM0, COM3, socket://host:port"
            spellcheck="false"
            .value=${draft.address}
            @input=${(event: Event) =>
              dispatch({ type: 'draft', draft: { address: valueOf(event), isAddressTyped: true } })}
          />`
        : nothing
    }
  `;
}

function portOption({ address, detail, boards, tab }: PortCard, isChosen: boolean): TemplateResult {
  const board = boards.length > 1 ? `${boards[0].name} or similar` : boards.at(0)?.name;
  const text = [address, board, detail, tab === undefined ? undefined : 'open'].filter((part) => part !== undefined);
  return html`<option value=${address} .selected=${isChosen}>${text.join(' · ')}</option>`;
}

function switchButton({ id, connection: { phase } }: TabState, { ask, tell }: Actions): TemplateResult {
  if (phase === 'released') {
    return html`<mw-button @click=${() => tell({ type: 'runCommand', command: 'takeBackPort' })}>Take back</mw-button>`;
  }
  if (phase === 'closed' || phase === 'failed') {
    return html`<mw-button @click=${() => ask({ type: 'reconnect', tab: id })}>Connect</mw-button>`;
  }
  return html`<mw-button appearance="secondary" @click=${() => tell({ type: 'disconnect', tab: id })}
    >Disconnect</mw-button
  >`;
}

/** The control lines as they are; before opening, as they will be. */
function signalSwitches({ id, connection, settings }: TabState, { ask }: Actions): TemplateResult {
  const levels = connection.signals ?? settings;
  const isRefused = connection.phase === 'open' && connection.signals === undefined;
  const set = (signals: SignalSettings): void => {
    if (connection.phase === 'open') void ask({ type: 'setSignals', tab: id, signals });
    else void ask({ type: 'reconnect', tab: id, settings: { ...settings, ...signals } });
  };
  const why = isRefused ? 'This source has no control lines' : '';
  return html`
    <mw-checkbox
      title=${why || 'Data terminal ready'}
      ?disabled=${isRefused}
      .checked=${levels.dtr}
      @change=${(event: Event) => isTicked(event) !== levels.dtr && set({ dtr: isTicked(event) })}
      >DTR</mw-checkbox
    >
    <mw-checkbox
      title=${why || 'Request to send'}
      ?disabled=${isRefused}
      .checked=${levels.rts}
      @change=${(event: Event) => isTicked(event) !== levels.rts && set({ rts: isTicked(event) })}
      >RTS</mw-checkbox
    >
  `;
}

function settingsButton({ drawer }: PageState, { dispatch }: Actions): TemplateResult {
  return html`<mw-button
    appearance="secondary"
    id="drawer-settings"
    title="Form of a character, flow control, control lines"
    aria-expanded=${drawer === 'settings'}
    @click=${() => dispatch({ type: 'drawer', drawer: 'settings' })}
    >Settings</mw-button
  >`;
}

function boardButton({ board }: TabState, { tell }: Actions): TemplateResult | typeof nothing {
  if (board === undefined) return nothing;
  return html`<button
    class="link"
    title="Estimate for this board"
    @click=${() => tell({ type: 'chooseBoard', board: board.id })}
  >
    ${board.name}
  </button>`;
}

/** In view the rate and what there is; the rest on hovering. */
function rates(extent: Extent | undefined): TemplateResult | typeof nothing {
  if (extent === undefined) return nothing;
  const { linesPerSecond, bytesPerSecond, receivedBytes, sentBytes } = extent;
  const title = `${groupDigits(receivedBytes)} bytes received, ${groupDigits(sentBytes)} sent, ${bytesText(bytesPerSecond)}/s`;
  return html`<span class="facts rates" title=${title}>
    ${groupDigits(linesPerSecond)} lines/s · ${bytesText(receivedBytes)}
  </span>`;
}

function connect(event: Event, page: PageState, { ask }: Actions): void {
  event.preventDefault();
  const { address, settings } = page.draft;
  if (address.trim() === '') return;
  // A listed port is named as listed, so that it is found again after it was unplugged.
  const listed = listedPort(page, address);
  void ask({ type: 'connect', address: listed?.address ?? address.trim(), settings });
}
