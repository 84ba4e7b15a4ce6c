import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { groupDigits } from '../../src/core/text/units';
import type { Extent, TabState, TimestampMode } from '../../src/protocol/monitorState';
import { tabAfter, valueOf } from '../parts/fields';
import type { Actions } from './actions';
import type { PageState, Pane } from './store';
import { placeOf, selectedRows } from './store';

const panes: readonly (readonly [Pane, string])[] = [
  ['text', 'Text'],
  ['hex', 'Hex'],
  ['plot', 'Plot'],
  ['firmware', 'Firmware'],
  ['log', 'Log'],
];

const timestampWords: readonly (readonly [TimestampMode, string])[] = [
  ['off', 'No times'],
  ['absolute', 'Time'],
  ['relative', 'Elapsed'],
  ['delta', 'Delta'],
];

/** The tabs of the views. */
export function paneTabs(page: PageState, tab: TabState, actions: Actions): TemplateResult {
  const chosen = placeOf(page).pane;
  const events = page.events[tab.id]?.length ?? 0;
  const badges: Partial<Record<Pane, string>> = {
    firmware: events > 0 ? String(events) : undefined,
    log: tab.log === undefined ? undefined : '●',
  };
  return html`<div
    class="panes"
    role="tablist"
    aria-label="Views"
    @keydown=${(event: KeyboardEvent) => onKey(event, chosen, actions)}
  >
    ${panes.map(
      ([pane, title]) =>
        html`<button
          role="tab"
          id=${`pane-${pane}`}
          aria-selected=${pane === chosen}
          aria-controls="content"
          tabindex=${pane === chosen ? 0 : -1}
          @click=${() => actions.pane(pane)}
        >
          ${title}${badges[pane] === undefined ? nothing : html` <span class="badge">${badges[pane]}</span>`}
        </button>`,
    )}
  </div>`;
}

/** What can be done with lines and bytes. */
export function lineTools(page: PageState, tab: TabState, extent: Extent, actions: Actions): TemplateResult {
  const isText = placeOf(page).pane === 'text';
  return html`<div class="tools" role="toolbar" aria-label="Lines">
    <select
      aria-label="Times"
      title="Time of day, time since the start, or since the line before"
      @change=${(event: Event) => actions.display({ timestamps: valueOf(event) as TimestampMode })}
    >
      ${timestampWords.map(
        ([mode, words]) => html`<option value=${mode} .selected=${mode === tab.display.timestamps}>${words}</option>`,
      )}
    </select>
    ${toggle('Follow', 'Move with new lines', tab.display.follow, (follow) => actions.display({ follow }))}
    ${isText ? textToggles(tab, actions) : nothing} ${isText ? pauseButton(tab, extent, actions) : nothing}
    ${isText ? textButtons(page, tab, actions) : nothing}
  </div>`;
}

function textToggles({ display }: TabState, actions: Actions): TemplateResult {
  return html`${toggle('Wrap', 'Break long lines', display.wrap, (wrap) => actions.display({ wrap }))}
  ${toggle('Echo', 'Show what is sent among the lines', display.echo, (echo) => actions.display({ echo }))}`;
}

function textButtons(page: PageState, tab: TabState, actions: Actions): TemplateResult {
  const { dispatch } = actions;
  const open = (name: 'filter' | 'highlights', text: string): TemplateResult =>
    html`<mw-button
      appearance="secondary"
      id=${`drawer-${name}`}
      aria-expanded=${page.drawer === name}
      @click=${() => dispatch({ type: 'drawer', drawer: name })}
      >${text}</mw-button
    >`;
  return html`
    <mw-button
      appearance="secondary"
      aria-expanded=${page.find.isOpen}
      title="Search (Ctrl+F)"
      @click=${() => dispatch({ type: 'findOpened', isOpen: !page.find.isOpen })}
      >Find</mw-button
    >
    ${open('filter', tab.filter === undefined ? 'Filter' : 'Filter: on')}
    ${open('highlights', tab.highlights.length === 0 ? 'Highlight' : `Highlight: ${tab.highlights.length}`)}
    ${copyButton(page, actions)}
  `;
}

/** The selected rows; all where no more than the one row under the keyboard is selected. */
function copyButton(page: PageState, { copyRows }: Actions): TemplateResult {
  const rows = selectedRows(placeOf(page));
  const isSelection = rows !== undefined && rows.to > rows.from;
  const title = isSelection ? 'Copy the selected rows as text (Ctrl+C)' : 'Copy all rows as text';
  return html`<mw-button
    appearance="secondary"
    title=${title}
    @click=${() => (isSelection ? copyRows(rows) : copyRows())}
    >${isSelection ? `Copy ${groupDigits(rows.to - rows.from + 1)} rows` : 'Copy all'}</mw-button
  >`;
}

/** Pausing keeps everything: it only stops the view at the row that is the last now. */
function pauseButton({ display }: TabState, extent: Extent, actions: Actions): TemplateResult {
  const paused = display.pausedAtRow ?? undefined;
  if (paused === undefined) {
    return html`<mw-button
      appearance="secondary"
      title="Stop showing new lines; they are kept"
      @click=${() => actions.display({ pausedAtRow: extent.endRow - 1 })}
      >Pause</mw-button
    >`;
  }
  return html`<mw-button @click=${() => actions.display({ pausedAtRow: null })}
    >Resume: ${groupDigits(Math.max(0, extent.endRow - 1 - paused))} new</mw-button
  >`;
}

/** A switch as narrow as its word. */
function toggle(text: string, title: string, isOn: boolean, set: (isOn: boolean) => void): TemplateResult {
  return html`<button class="toggle" title=${title} aria-pressed=${isOn} @click=${() => set(!isOn)}>${text}</button>`;
}

function onKey(event: KeyboardEvent, chosen: Pane, actions: Actions): void {
  const next = tabAfter(
    event.key,
    panes.findIndex(([pane]) => pane === chosen),
    panes.length,
  );
  if (next === undefined) return;
  event.preventDefault();
  const [pane] = panes[next];
  actions.pane(pane);
  document.getElementById(`pane-${pane}`)?.focus();
}
