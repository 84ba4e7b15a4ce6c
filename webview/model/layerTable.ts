import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { LayerFacts, Report } from '../../src/core/estimate/report';
import { compactBytes, compactCount, compactDifference, compactShare } from '../../src/core/text/compact';
import { differenceText, exactBytesText, groupDigits, millisecondsText } from '../../src/core/text/units';
import { moveOf } from '../parts/fields';
import type { Actions } from './actions';
import type { Column, PageState } from './store';
import { costOf, visibleLayers } from './store';

/** More rows than this are not drawn at once: the filter finds the others. */
const mostRows = 2000;

/** Largest figure of each bar column and the sum of the costs, so that rows can be compared. */
interface Scale {
  readonly ramBytes: number;
  readonly flashBytes: number;
  readonly cost: number;
  readonly totalCost: number;
  readonly peak?: number;
}

/** The table of layers: sortable by every column, a bar in every figure, the RAM peak marked. */
export function layerTable(page: PageState, report: Report, actions: Actions): TemplateResult {
  const rows = visibleLayers(page);
  const drawn = rows.slice(0, mostRows);
  const scale = scaleOf(report);
  const measured = isMeasured(report);
  // One row is in the tab order: the selected one, or the first where that is not among those drawn.
  const focusable = drawn.find(({ index }) => index === page.selected) ?? drawn.at(0);
  const columns: readonly (readonly [Column, string])[] = [
    ['index', '#'],
    ['name', 'Name'],
    ['operator', 'Operator'],
    ['macs', 'MACs'],
    ['ramBytes', 'RAM'],
    ['flashBytes', 'Flash'],
    ['cycles', report.layers.some(({ cycles }) => cycles !== undefined) ? 'Cycles' : 'Instructions'],
    ...(measured ? measuredColumns : []),
  ];
  return html`
    <div class="table">
      <mw-text-field
        placeholder="Filter by name or operator"
        aria-label="Filter layers"
        .value=${page.filter}
        @input=${(event: Event) => actions.dispatch({ type: 'filter', text: (event.target as HTMLInputElement).value })}
      ></mw-text-field>
      <table role="grid" aria-label="Layers" @keydown=${(event: KeyboardEvent) => onKey(event, page, actions)}>
        <thead>
          <tr>
            ${columns.map(([column, title]) => columnHead(column, title, page, actions))}
          </tr>
        </thead>
        <tbody>
          ${drawn.map((layer) => layerRow(layer, { page, scale, actions, measured, focusable }))}
        </tbody>
      </table>
      ${
        rows.length > mostRows
          ? html`<p>${groupDigits(rows.length - mostRows)} more layers: narrow the filter to see them.</p>`
          : nothing
      }
    </div>
  `;
}

function columnHead(column: Column, title: string, { sort }: PageState, { dispatch }: Actions): TemplateResult {
  const sorted = sort.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending';
  const arrow = sorted === 'none' ? '' : sorted === 'descending' ? ' ▾' : ' ▴';
  return html`<th scope="col" aria-sort=${sorted} class=${column}>
    <button @click=${() => dispatch({ type: 'sort', column })}>${title}${arrow}</button>
  </th>`;
}

const measuredColumns: readonly (readonly [Column, string])[] = [
  ['measured', 'Measured'],
  ['difference', 'Error'],
];

/** Whether layers were measured one by one; a total alone stands above the table. */
function isMeasured({ layers }: Report): boolean {
  return layers.some(({ measured }) => measured !== undefined);
}

interface RowContext {
  readonly page: PageState;
  readonly scale: Scale;
  readonly actions: Actions;
  readonly measured: boolean;
  readonly focusable?: LayerFacts;
}

function layerRow(layer: LayerFacts, { page, scale, actions, measured, focusable }: RowContext): TemplateResult {
  const selected = page.selected === layer.index;
  const cost = costOf(layer);
  return html`
    <tr
      aria-selected=${selected}
      tabindex=${layer === focusable ? 0 : -1}
      @click=${() => actions.dispatch({ type: 'select', layer: layer.index })}
      @dblclick=${() => actions.tell({ type: 'openListing', layer: layer.index })}
    >
      <td class="index">${layer.index}</td>
      <td class="name" title=${layer.name}>${layer.name}</td>
      <td class="operator">${layer.operator}</td>
      <td class="macs">${layer.macs === undefined ? '-' : compactCount(layer.macs)}</td>
      ${barCell('ramBytes', layer.ramBytes, scale.ramBytes, {
        text: compactBytes(layer.ramBytes),
        title: layer.ramBytes === undefined ? 'not known' : `${exactBytesText(layer.ramBytes)} planned while it runs`,
        mark: scale.peak === layer.index ? 'peak' : undefined,
      })}
      ${barCell('flashBytes', layer.flashBytes, scale.flashBytes, {
        text: compactBytes(layer.flashBytes),
        title: flashTitle(layer),
      })}
      ${barCell('cycles', cost, scale.cost, {
        text: compactCount(cost),
        title: cost === undefined ? 'not known' : `${groupDigits(cost)}${layer.variant ? ` · ${layer.variant}` : ''}`,
        mark: cost === undefined || scale.totalCost === 0 ? undefined : compactShare(cost / scale.totalCost),
      })}
      ${measured ? measuredCells(layer) : nothing}
    </tr>
  `;
}

/** The parts that are known; a kernel counts where it is first used. */
function flashTitle({ weightBytes, kernelBytes }: LayerFacts): string {
  const parts = [
    weightBytes === undefined ? undefined : `weights ${exactBytesText(weightBytes)}`,
    kernelBytes === undefined ? undefined : `kernel ${exactBytesText(kernelBytes)}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? 'not known' : parts.join(', ');
}

/** What the board took, and how far the estimate is from it. */
function measuredCells({ measured }: LayerFacts): TemplateResult {
  const { cycles, ms, difference } = measured ?? {};
  const time = ms === undefined ? '' : millisecondsText(ms);
  const exact = cycles === undefined ? time : `${groupDigits(cycles)} cycles${time === '' ? '' : `, ${time}`}`;
  return html`
    <td class="measured" title=${exact === '' ? 'not measured' : `measured: ${exact}`}>
      ${cycles === undefined && time !== '' ? time : compactCount(cycles)}
    </td>
    <td
      class="difference ${difference !== undefined && Math.abs(difference) > farOff ? 'far' : ''}"
      title=${difference === undefined ? '' : `the estimate is ${differenceText(difference)}`}
    >
      ${difference === undefined ? '-' : compactDifference(difference)}
    </td>
  `;
}

/** An error above this stands out. */
const farOff = 0.25;

interface BarText {
  readonly text: string;
  readonly title: string;
  readonly mark?: string;
}

function barCell(
  kind: string,
  value: number | undefined,
  largest: number,
  { text, title, mark }: BarText,
): TemplateResult {
  const percent = value === undefined || largest === 0 ? 0 : (value / largest) * 100;
  // The property, here and in the gauges, since the page's policy refuses style attributes.
  return html`<td class="bar ${kind} ${mark === 'peak' ? 'peak' : ''}" title=${title}>
    <div class="fill" .style=${`width: ${percent.toFixed(1)}%`}></div>
    <span>${text}</span>${mark === undefined ? nothing : html`<span class="mark">${mark}</span>`}
  </td>`;
}

function scaleOf({ layers, arena }: Report): Scale {
  const costs = layers.map((layer) => costOf(layer) ?? 0);
  return {
    ramBytes: layers.reduce((most, layer) => Math.max(most, layer.ramBytes ?? 0), 0),
    flashBytes: layers.reduce((most, layer) => Math.max(most, layer.flashBytes ?? 0), 0),
    cost: costs.reduce((most, cost) => Math.max(most, cost), 0),
    totalCost: costs.reduce((sum, cost) => sum + cost, 0),
    peak: arena?.peakOperator,
  };
}

function onKey(event: KeyboardEvent, page: PageState, { dispatch, tell }: Actions): void {
  if ((event.target as HTMLElement).closest('thead') !== null) return;
  const by = moveOf(event.key);
  if (by !== undefined) dispatch({ type: 'move', by });
  else if (event.key === 'Enter' && page.selected !== undefined) tell({ type: 'openListing', layer: page.selected });
  else return;
  event.preventDefault();
}
