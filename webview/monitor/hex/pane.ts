import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { TabState, TimedHexRow } from '../../../src/protocol/monitorState';
import type { Actions } from '../actions';
import type { ListPlan, RowRange } from '../list';
import { movedRow } from '../list';
import { rowGrid } from '../rowGrid';
import type { Scroller } from '../scroller';
import { initialPlace } from '../store';
import { timeText } from '../text/line';

export interface HexContext {
  readonly tab: TabState;
  readonly range: RowRange;
  readonly plan: ListPlan;
  readonly rowAt: (row: number) => TimedHexRow | undefined;
  readonly startMs: number;
  readonly scroller: Scroller;
  readonly actions: Actions;
}

/** All bytes as they came, 16 to a row, with the time of each row's first. */
export function hexPane(context: HexContext): TemplateResult {
  return rowGrid({
    label: 'Received bytes',
    classes: 'hex',
    plan: context.plan,
    scroller: context.scroller,
    rowView: (row) => rowView(row, context),
    empty: html`<p class="empty">Nothing received yet.</p>`,
    onKey: (event) => onKey(event, context),
  });
}

function rowView(row: number, { tab, range, rowAt, startMs }: HexContext): TemplateResult {
  const hex = rowAt(row);
  const before = rowAt(row - 1);
  const timed = hex && { timeMs: hex.timeMs, deltaMs: before && hex.timeMs - before.timeMs };
  const time = timed && timeText(tab.display.timestamps, timed, startMs);
  return html`<div class="row" role="row" aria-rowindex=${row - range.first + 1}>
    ${time === undefined ? nothing : html`<span class="gutter" role="gridcell">${time}</span>`}<span
      class="offset"
      role="gridcell"
      >${(row * 16).toString(16).padStart(8, '0')}</span
    ><span class="text" role="gridcell">${hex?.hex ?? nothing}</span
    ><span class="ascii" role="gridcell">${hex?.ascii ?? nothing}</span>
  </div>`;
}

/** The keys move the view: single rows are not chosen here. */
function onKey(event: KeyboardEvent, { plan, range, actions }: HexContext): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const atEdge = event.key.endsWith('Down') ? plan.end - 1 : plan.first;
  const row = movedRow(event.key, { ...initialPlace, cursorRow: atEdge }, plan, range);
  if (row === undefined) return;
  actions.reveal(row);
  event.preventDefault();
}
