import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Totals } from '../../src/core/compress/offer';
import { bytesText, countText, millisecondsText } from '../../src/core/text/units';
import type { TradeoffPoint, TradeoffView } from '../../src/protocol/proofPage';
import { moveOf } from '../parts/fields';
import type { Actions } from './actions';
import type { ChartData } from './chart';
import { decibelText, shareText } from './fidelity';
import type { CostAxis, PageState } from './store';

interface Cost {
  readonly name: string;
  readonly of: (totals: Totals) => number | undefined;
  readonly text: (value: number) => string;
}

const costs: Readonly<Record<CostAxis, Cost>> = {
  arenaBytes: { name: 'RAM', of: ({ arenaBytes }) => arenaBytes, text: bytesText },
  flashBytes: { name: 'Flash', of: ({ flashBytes }) => flashBytes, text: bytesText },
  time: { name: 'Time', of: ({ ms }) => ms, text: millisecondsText },
  macs: { name: 'MACs', of: ({ macs }) => macs, text: countText },
};

/**
 * What each degree of pruning costs and keeps: a plot and, for keys and screen readers, the same as a table to choose
 * from.
 */
export function tradeoff(view: TradeoffView, page: PageState, actions: Actions): TemplateResult {
  const cost = axisOf(view, page.cost);
  const chosen = page.point === undefined ? undefined : view.points.at(page.point);
  return html`
    <section aria-labelledby="tradeoff">
      <div class="heading">
        <h2 id="tradeoff">What pruning costs and keeps</h2>
        <div class="switch" role="group" aria-label="Cost across">
          ${costNames(view).map(
            (axis) =>
              html`<button aria-pressed=${axis === cost} @click=${() => actions.dispatch({ type: 'cost', cost: axis })}>
                ${costs[axis].name}
              </button>`,
          )}
        </div>
        <div class="buttons">
          <mw-button appearance="secondary" @click=${() => actions.savePicture()}>Save picture</mw-button>
          <mw-button appearance="secondary" @click=${() => actions.tell({ type: 'exportCsv' })}>
            Save as CSV
          </mw-button>
        </div>
      </div>
      ${view.unreachable === undefined ? nothing : html`<p class="note">${view.unreachable}</p>`}
      <div class="tradeoff">
        <div class="plot" id="tradeoff-plot" role="img" aria-label="Plot of the points in the table beside it."></div>
        ${pointTable(view, page, actions)}
      </div>
      ${chosen === undefined || page.point === view.taken ? nothing : takeButton(page.point ?? 0, chosen, actions)}
    </section>
  `;
}

/** The chart of a trade-off; points without a quality are not drawn. */
export function tradeoffChart(view: TradeoffView, page: PageState, { dispatch }: Actions): ChartData {
  const axis = axisOf(view, page.cost);
  const { name, of, text } = costs[axis];
  const drawn = view.points.flatMap((point, index) => {
    const x = of(point.totals);
    return x === undefined || point.quality === undefined ? [] : [{ index, place: [x, point.quality] as const }];
  });
  const chosen = drawn.findIndex(({ index }) => index === page.point);
  return {
    xName: name,
    yName: view.qualityName,
    xText: text,
    yText: (quality) => (view.qualityUnit === 'share' ? percentText(quality) : `${quality} dB`),
    lines: [{ name: view.qualityName, points: drawn.map(({ place }) => place) }],
    chosen: {
      point: chosen < 0 ? undefined : chosen,
      choose: (point) => dispatch({ type: 'choosePoint', point: drawn[point].index }),
    },
  };
}

function pointTable(view: TradeoffView, page: PageState, actions: Actions): TemplateResult {
  const shown = costNames(view);
  return html`
    <table
      class="points"
      role="grid"
      aria-label="Points of the trade-off: arrow keys choose, Enter writes the model"
      @keydown=${(event: KeyboardEvent) => onKey(event, page.point === view.taken ? undefined : page.point, actions)}
    >
      <thead>
        <tr>
          <th scope="col">Point</th>
          ${shown.map((axis) => html`<th scope="col" class="number">${costs[axis].name}</th>`)}
          <th scope="col" class="number">${view.qualityName}</th>
        </tr>
      </thead>
      <tbody>
        ${view.points.map((point, index) => pointRow(point, index, { view, page, shown, actions }))}
      </tbody>
    </table>
  `;
}

interface RowContext {
  readonly view: TradeoffView;
  readonly page: PageState;
  readonly shown: readonly CostAxis[];
  readonly actions: Actions;
}

function pointRow(point: TradeoffPoint, index: number, { view, page, shown, actions }: RowContext): TemplateResult {
  const isChosen = page.point === index;
  const isFocusable = isChosen || (page.point === undefined && index === 0);
  return html`
    <tr
      aria-selected=${isChosen}
      tabindex=${isFocusable ? 0 : -1}
      @click=${() => actions.dispatch({ type: 'choosePoint', point: index })}
    >
      <th scope="row">${point.label}${noteText(point, index === view.taken)}</th>
      ${shown.map((axis) => {
        const value = costs[axis].of(point.totals);
        return html`<td class="number">${value === undefined ? '' : costs[axis].text(value)}</td>`;
      })}
      <td class="number">${point.quality === undefined ? '' : qualityText(view, point.quality)}</td>
    </tr>
  `;
}

function noteText({ note }: TradeoffPoint, isTaken: boolean): TemplateResult | typeof nothing {
  const notes = [...(note === undefined ? [] : [note]), ...(isTaken ? ['written'] : [])];
  return notes.length === 0 ? nothing : html` <span class="facts">${notes.join(', ')}</span>`;
}

/** `point` is what Enter writes; nothing where the chosen point is written already. */
function onKey(event: KeyboardEvent, point: number | undefined, { dispatch, tell }: Actions): void {
  const by = moveOf(event.key);
  if (by !== undefined) dispatch({ type: 'movePoint', by });
  else if (event.key === 'Enter' && point !== undefined) tell({ type: 'takePoint', point });
  else return;
  event.preventDefault();
  document.querySelector<HTMLElement>('.points [aria-selected="true"]')?.focus();
}

function takeButton(index: number, { label }: TradeoffPoint, { tell }: Actions): TemplateResult {
  return html`<p class="take">
    <mw-button @click=${() => tell({ type: 'takePoint', point: index })}>Write the model of “${label}”</mw-button>
  </p>`;
}

/** Steps of an axis: no more digits than they need. */
function percentText(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}

function qualityText({ qualityUnit }: TradeoffView, quality: number): string {
  return qualityUnit === 'share' ? shareText(quality) : decibelText(quality);
}

/** The costs that are known of at least one point. */
function costNames({ points }: TradeoffView): readonly CostAxis[] {
  const all: readonly CostAxis[] = ['time', 'arenaBytes', 'flashBytes', 'macs'];
  return all.filter((axis) => points.some(({ totals }) => costs[axis].of(totals) !== undefined));
}

function axisOf(view: TradeoffView, wanted: CostAxis): CostAxis {
  const known = costNames(view);
  return known.includes(wanted) ? wanted : (known.at(0) ?? 'macs');
}
