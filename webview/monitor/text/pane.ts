import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { groupDigits } from '../../../src/core/text/units';
import type { Extent, MonitorLine, RowMatch, TabState } from '../../../src/protocol/monitorState';
import type { Actions } from '../actions';
import type { ListPlan } from '../list';
import { movedRow } from '../list';
import { rowGrid } from '../rowGrid';
import type { Scroller } from '../scroller';
import type { PageState } from '../store';
import { placeOf, selectedRows, shownRows } from '../store';
import { lineText, marksOf, timeText } from './line';

/** What the text needs to be drawn. */
export interface TextContext {
  readonly page: PageState;
  readonly tab: TabState;
  readonly extent: Extent;
  readonly plan: ListPlan;
  readonly lineAt: (row: number) => MonitorLine | undefined;
  readonly matchesOf: (row: number) => readonly RowMatch[] | undefined;
  readonly startMs: number;
  readonly scroller: Scroller;
  readonly actions: Actions;
}

/** Faster than this nobody listens to. */
const mostSpokenPerSecond = 3;

/** The received lines: a grid whose rows exist only while they are in view. */
export function textPane(context: TextContext): TemplateResult {
  const { page, tab, extent, plan, scroller } = context;
  const cursor = placeOf(page).cursorRow;
  const lines = rowGrid({
    label: 'Received lines',
    classes: `${tab.display.wrap ? 'wrap' : ''} ${plan.isAtEnd ? 'end' : ''}`,
    plan,
    scroller,
    rowView: (row) => rowView(row, context),
    empty: emptyText(tab, extent),
    onKey: (event) => onKey(event, context),
    choosing: { activeId: cursor === undefined ? undefined : `row-${cursor}` },
  });
  return html`${lines} ${spoken(context)}`;
}

/** New lines for screen readers while they are followed and come no faster than they can be said. */
function spoken({ tab, extent, plan, lineAt }: TextContext): TemplateResult {
  const isSaid = tab.display.follow && plan.isAtEnd && extent.linesPerSecond <= mostSpokenPerSecond;
  const rows = isSaid ? Array.from({ length: 3 }, (_, index) => plan.end - 3 + index) : [];
  return html`<div class="hidden" role="log" aria-label="Newest lines">
    ${repeat(
      rows.filter((row) => lineAt(row) !== undefined),
      (row) => row,
      (row) =>
        html`<p>
          ${lineAt(row)
            ?.spans.map(({ text }) => text)
            .join('')}
        </p>`,
    )}
  </div>`;
}

function rowView(row: number, context: TextContext): TemplateResult {
  const { page, tab, extent, lineAt, matchesOf, startMs, actions } = context;
  const line = lineAt(row);
  const selected = selectedRows(placeOf(page));
  const isSelected = selected !== undefined && row >= selected.from && row <= selected.to;
  const time = line === undefined ? undefined : timeText(tab.display.timestamps, line, startMs);
  return html`
    <div
      class="row ${line?.isSent ? 'sent' : ''}"
      role="row"
      id=${`row-${row}`}
      aria-rowindex=${row - extent.firstRow + 1}
      aria-selected=${isSelected}
      @pointerdown=${(event: PointerEvent) => onPointer(event, row, actions)}
      @pointerover=${(event: PointerEvent) => onDrag(event, row, actions)}
    >
      <span class="gutter" role="gridcell" title="Select rows">${time ?? (line?.isSent ? '›' : '')}</span
      ><span class="text" role="gridcell"
        >${line === undefined ? nothing : lineText(line, marksOf(line, matchesOf(row), page.find.current))}</span
      >
    </div>
  `;
}

function emptyText({ connection, filter }: TabState, { endLine, firstLine }: Extent): TemplateResult {
  if (filter !== undefined && endLine > firstLine) {
    return html`<p class="empty">No line of ${groupDigits(endLine - firstLine)} passes the filter.</p>`;
  }
  const text = connection.phase === 'open' ? 'Nothing received yet.' : (connection.message ?? 'Not connected.');
  return html`<p class="empty">${text}</p>`;
}

/** A click takes the row; with Shift it extends the selection. Text can be selected within rows as anywhere. */
function onPointer(event: PointerEvent, row: number, { dispatch }: Actions): void {
  if (event.button !== 0) return;
  const isGutter = (event.target as Element).closest('.gutter') !== null;
  if (isGutter || event.shiftKey) event.preventDefault();
  (event.currentTarget as Element).closest<HTMLElement>('.lines')?.focus({ preventScroll: true });
  dispatch({ type: 'cursor', row, extend: event.shiftKey });
}

/** Rows are selected by dragging over the gutter. */
function onDrag(event: PointerEvent, row: number, { dispatch }: Actions): void {
  const isGutter = (event.target as Element).closest('.gutter') !== null;
  if (isGutter && (event.buttons & 1) === 1) dispatch({ type: 'cursor', row, extend: true });
}

function onKey(event: KeyboardEvent, { page, tab, extent, plan, actions }: TextContext): void {
  const place = placeOf(page);
  const range = shownRows(tab, extent);
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && event.key === 'a') {
    if (range.end <= range.first) return;
    actions.dispatch({ type: 'cursor', row: range.first, extend: false });
    actions.dispatch({ type: 'cursor', row: range.end - 1, extend: true });
  } else if (isCommand && event.key === 'c') {
    const rows = selectedRows(place);
    if (rows === undefined || getSelection()?.isCollapsed === false) return;
    actions.copyRows(rows);
  } else {
    const row = isCommand ? undefined : movedRow(event.key, place, plan, range);
    if (row === undefined) return;
    actions.dispatch({ type: 'cursor', row, extend: event.shiftKey });
    actions.reveal(row);
  }
  event.preventDefault();
}
