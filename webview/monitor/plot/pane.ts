import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { groupDigits } from '../../../src/core/text/units';
import { isTicked, valueOf } from '../../parts/fields';
import type { Actions } from '../actions';
import type { PlotSeries } from './model';
import type { PlotView } from './store';
import type { PlotContext } from './plotContext';
import { clockOf, hasBothClocks, zoomed } from './store';
import { valueTable } from './table';

const stretches: readonly (readonly [number | undefined, string])[] = [
  [undefined, 'All'],
  [5_000, 'Last 5 s'],
  [30_000, 'Last 30 s'],
  [60_000, 'Last minute'],
  [600_000, 'Last 10 minutes'],
];
/** How far one key press goes, as a share of what is shown. */
const panShare = 0.1;
const zoomFactor = 0.8;

/** The plot: its controls, the chart, and its values as a table. */
export function plotPane(context: PlotContext): TemplateResult {
  const { model, frame, attach } = context;
  const isEmpty = model.series.length === 0;
  return html`
    <div class="plot">
      <div
        class="chart ${isEmpty ? 'hidden' : ''}"
        role="application"
        aria-label="Plot: arrows move the cursor, Shift and arrows move the view, plus and minus zoom, 0 shows all. The values are in the table beside it."
        tabindex="0"
        ${ref(attach)}
        @keydown=${(event: KeyboardEvent) => onKey(event, context)}
        @dblclick=${() => context.actions.plot({ type: 'zoom' })}
      ></div>
      ${isEmpty ? emptyText() : valueTable(context)}
      ${!isEmpty && frame === undefined ? html`<p class="empty">${nothingShown(context)}</p>` : nothing}
    </div>
  `;
}

/** Freeze, stretch of time, axes, export. */
export function plotTools({ tab, model, view, frame, actions }: PlotContext): TemplateResult {
  const { plot, ask } = actions;
  return html`<div class="tools" role="toolbar" aria-label="Plot">
    <mw-button
      appearance=${view.isFrozen ? 'primary' : 'secondary'}
      title="Stop the view; points are collected nevertheless"
      @click=${() => plot({ type: 'frozen', isFrozen: !view.isFrozen, span: view.mode === 'time' ? frame?.x : undefined })}
      >${view.isFrozen ? 'Go on' : 'Freeze'}</mw-button
    >
    <select
      aria-label="Stretch of time"
      ?disabled=${view.mode === 'xy'}
      @change=${(event: Event) =>
        plot({ type: 'recent', recentMs: stretches[(event.target as HTMLSelectElement).selectedIndex][0] })}
    >
      ${stretches.map(([ms, name]) => html`<option .selected=${ms === view.recentMs}>${name}</option>`)}
    </select>
    ${
      view.zoom === undefined || view.isFrozen
        ? nothing
        : html`<mw-button title="Show all (0)" @click=${() => plot({ type: 'zoom' })}>Zoomed: show all</mw-button>`
    }
    ${clockChoice(view, model.series, actions)}
    <mw-checkbox
      title="One value against another instead of over time"
      .checked=${view.mode === 'xy'}
      @change=${(event: Event) => plot({ type: 'mode', mode: isTicked(event) ? 'xy' : 'time' })}
      >XY</mw-checkbox
    >
    ${view.mode === 'xy' ? acrossChoice(view, model.series, actions) : nothing}
    <mw-button appearance="secondary" @click=${() => ask({ type: 'exportPlotCsv', tab: tab.id })}>Save CSV …</mw-button>
    <mw-button appearance="secondary" ?disabled=${frame === undefined} @click=${() => actions.savePicture()}
      >Save PNG …</mw-button
    >
    <mw-button appearance="secondary" @click=${() => actions.tell({ type: 'clear', tab: tab.id })}>Clear</mw-button>
    <span class="facts">${groupDigits(model.pointCount)} points</span>
  </div>`;
}

function clockChoice(
  view: PlotView,
  series: readonly PlotSeries[],
  { plot }: Actions,
): TemplateResult | typeof nothing {
  if (!hasBothClocks(series) || view.mode === 'xy') return nothing;
  const clock = clockOf(view, series);
  return html`<select
    aria-label="Clock"
    @change=${(event: Event) => plot({ type: 'clock', clock: valueOf(event) === 'board' ? 'board' : 'received' })}
  >
    <option value="received" .selected=${clock === 'received'}>Series with time of arrival</option>
    <option value="board" .selected=${clock === 'board'}>Series with the board's time</option>
  </select>`;
}

function acrossChoice(view: PlotView, series: readonly PlotSeries[], { plot }: Actions): TemplateResult {
  const timed = series.filter(({ kind }) => kind === 'time');
  return html`<select
    aria-label="Series across"
    @change=${(event: Event) => plot({ type: 'across', across: valueOf(event) || undefined })}
  >
    <option value="" .selected=${view.across === undefined}>Curves only</option>
    ${timed.map(({ name }) => html`<option value=${name} .selected=${name === view.across}>Across: ${name}</option>`)}
  </select>`;
}

function emptyText(): TemplateResult {
  return html`<p class="empty">
    No values yet. The plot understands Teleplot (<code>&gt;name:value</code>), the Arduino plotter
    (<code>a:1,b:2</code>) and columns of numbers.
  </p>`;
}

function nothingShown({ view }: PlotContext): string {
  return view.mode === 'xy' ? 'No curve yet: choose which series goes across.' : 'All series are turned off.';
}

/** The keyboard's way through the plot. */
function onKey(event: KeyboardEvent, { view, frame, actions: { plot } }: PlotContext): void {
  if (frame === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const { from, to } = frame.x;
  const cursor = view.cursor ?? (from + to) / 2;
  const direction = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
  const step = direction * (to - from);
  const isTime = view.mode === 'time';
  if (direction !== 0 && event.shiftKey && isTime) {
    plot({ type: 'zoom', zoom: { from: from + step * panShare, to: to + step * panShare } });
  } else if (direction !== 0) {
    plot({ type: 'cursor', cursor: Math.min(to, Math.max(from, cursor + step / 100)) });
  } else if ((event.key === '+' || event.key === '=') && isTime) {
    plot({ type: 'zoom', zoom: zoomed(frame.x, cursor, zoomFactor) });
  } else if (event.key === '-' && isTime) {
    plot({ type: 'zoom', zoom: zoomed(frame.x, cursor, 1 / zoomFactor) });
  } else if (event.key === '0' || event.key === 'Escape') {
    plot({ type: 'zoom' });
  } else return;
  event.preventDefault();
}
