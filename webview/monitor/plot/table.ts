import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { groupDigits } from '../../../src/core/text/units';
import { isTicked } from '../../parts/fields';
import { colorVariable } from './lineStyle';
import type { PlotSeries } from './model';
import type { PlotContext } from './plotContext';
import { nearestIndex } from './series';
import { isShown } from './store';
import { valueRange } from './thin';

/** The plot in figures, which is also its legend: last value, value at the cursor, and the range of what is shown. */
export function valueTable(context: PlotContext): TemplateResult {
  const { model, view } = context;
  const hasCursor = view.cursor !== undefined && view.mode === 'time';
  return html`<div class="values" role="region" aria-label="Values" tabindex="0">
    <table aria-label="Values of the plot">
      <thead>
        <tr>
          <th scope="col">Series</th>
          <th scope="col" class="number">Last</th>
          ${hasCursor ? html`<th scope="col" class="number">Cursor</th>` : nothing}
          <th scope="col" class="number">Min</th>
          <th scope="col" class="number">Max</th>
          <th scope="col" class="number">Points</th>
        </tr>
      </thead>
      <tbody>
        ${model.series.map((series, slot) => seriesRow(series, slot, hasCursor, context))}
      </tbody>
    </table>
    ${
      model.leftOut > 0
        ? html`<p class="facts">${groupDigits(model.leftOut)} more series are not plotted: 32 are drawn at most.</p>`
        : nothing
    }
  </div>`;
}

function seriesRow(series: PlotSeries, slot: number, hasCursor: boolean, context: PlotContext): TemplateResult {
  const { view, frame, actions } = context;
  const { name, unit, points } = series;
  const drawn = frame?.lines.find((line) => line.slot === slot);
  const range = drawn && valueRange(drawn.points);
  return html`<tr>
    <th scope="row">
      <span class="series"
        ><span class="swatch" .style=${`background-color: var(${colorVariable(slot)})`}></span
        ><mw-checkbox
          .checked=${isShown(view, series)}
          ?disabled=${series.kind === 'text'}
          @change=${(event: Event) => actions.plot({ type: 'shown', name, isShown: isTicked(event) })}
          >${name}${unit === undefined ? '' : ` (${unit})`}</mw-checkbox
        ></span
      >
    </th>
    <td class="number">${lastOf(series)}</td>
    ${hasCursor ? html`<td class="number">${valueAt(series, view.cursor!)}</td>` : nothing}
    <td class="number">${range === undefined ? '' : figure(range.from)}</td>
    <td class="number">${range === undefined ? '' : figure(range.to)}</td>
    <td class="number">${points.length === 0 ? '' : groupDigits(points.length)}</td>
  </tr>`;
}

function lastOf({ kind, lastText, points }: PlotSeries): string {
  if (kind === 'text') return lastText ?? '';
  return points.length === 0 ? '' : figure(points.yAt(points.length - 1));
}

function valueAt({ kind, points }: PlotSeries, x: number): string {
  const index = kind === 'time' ? nearestIndex(points, x) : undefined;
  return index === undefined ? '' : figure(points.yAt(index));
}

/** Six digits tell what a plot can show. */
function figure(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : 'not a number';
}
