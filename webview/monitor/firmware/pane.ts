import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { absoluteTimeText } from '../../../src/core/text/timestamps';
import { groupDigits } from '../../../src/core/text/units';
import type { EventCard, EventTable, TabState } from '../../../src/protocol/monitorState';
import type { Actions } from '../actions';

const severityWords: Readonly<Record<EventCard['severity'], string>> = {
  error: 'Error',
  warning: 'Warning',
  information: 'Information',
};

/** What the firmware said that has a meaning, the newest first, each with what can be done about it. */
export function firmwarePane(tab: TabState, events: readonly EventCard[], actions: Actions): TemplateResult {
  return html`<div class="scroll" role="region" aria-label="Firmware" tabindex="0">
    <div class="tools" role="toolbar" aria-label="Measurements">
      <mw-button
        appearance="secondary"
        title="Fit the board's cycle model to what was measured; shows the error before and after"
        @click=${() => actions.tell({ type: 'runCommand', command: 'calibrate' })}
        >Calibrate the board from measurements</mw-button
      >
    </div>
    ${
      events.length === 0
        ? emptyText()
        : html`<div role="feed" aria-label="Events">
            ${[...events].reverse().map((event, index) => card(event, { tab, index, count: events.length }, actions))}
          </div>`
    }
  </div>`;
}

function emptyText(): TemplateResult {
  return html`<p class="empty">
    Nothing understood yet. Profiles of TFLM's MicroProfiler, arena sizes, failures of AllocateTensors and crash dumps
    appear here as soon as the firmware prints them.
  </p>`;
}

interface CardPlace {
  readonly tab: TabState;
  readonly index: number;
  readonly count: number;
}

function card(event: EventCard, { tab, index, count }: CardPlace, actions: Actions): TemplateResult {
  const { id, severity, title, detail, table, timeMs, line } = event;
  return html`<article
    class="card ${severity}"
    aria-labelledby=${`event-${id}`}
    aria-posinset=${index + 1}
    aria-setsize=${count}
    tabindex="0"
  >
    <h2 id=${`event-${id}`}><span class="severity">${severityWords[severity]}</span> ${title}</h2>
    <p class="facts">
      ${absoluteTimeText(timeMs, -new Date(timeMs).getTimezoneOffset())} ·
      <button class="link" title=${showTitle(tab)} @click=${() => void showLine(line, tab, actions)}>
        line ${groupDigits(line)}
      </button>
    </p>
    ${detail === undefined ? nothing : html`<p class="detail">${detail}</p>`}
    ${table === undefined ? nothing : tableView(table, title)}
    ${
      event.actions.length === 0
        ? nothing
        : html`<div class="buttons">
            ${event.actions.map(
              (label, action) =>
                html`<mw-button
                  appearance="secondary"
                  @click=${() => actions.ask({ type: 'runEventAction', tab: tab.id, event: id, action })}
                  >${label}</mw-button
                >`,
            )}
          </div>`
    }
  </article>`;
}

function tableView({ headings, rows, numeric }: EventTable, title: string): TemplateResult {
  const kind = (column: number): string => (numeric.includes(column) ? 'number' : '');
  return html`<div class="overflow">
    <table aria-label=${title}>
      <thead>
        <tr>
          ${headings.map((heading, column) => html`<th scope="col" class=${kind(column)}>${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, column) => html`<td class=${kind(column)}>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function showTitle({ filter }: TabState): string {
  return filter === undefined ? 'Show this line in the text' : 'Show this line in the text; the filter is taken away';
}

/** Rows are lines only without a filter. */
async function showLine(line: number, tab: TabState, actions: Actions): Promise<void> {
  if (tab.filter !== undefined && (await actions.ask({ type: 'setFilter', tab: tab.id })) === undefined) return;
  actions.pane('text');
  actions.dispatch({ type: 'cursor', row: line, extend: false });
  actions.reveal(line);
}
