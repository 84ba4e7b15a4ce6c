import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { OfferView } from '../../src/protocol/modelEditor';
import { bytesText, millisecondsText } from '../../src/core/text/units';
import type { Actions } from './actions';
import type { OfferColumn, PageState } from './store';

/** What can be done with the model as a whole: one row each, with what it would cost then. */
export function offerTable(
  { offerSort, editor }: PageState,
  offers: readonly OfferView[],
  actions: Actions,
): TemplateResult {
  const all = offers.filter(({ layer }) => layer === undefined);
  const possible = sorted(
    all.filter(({ isPossible }) => isPossible),
    offerSort,
  );
  const impossible = all.filter(({ isPossible }) => !isPossible);
  const before = possible.find(({ brings }) => brings?.before !== undefined)?.brings?.before;
  const board = editor?.report?.target.boardName;
  return html`
    <div class="offers">
      <table aria-label="What can be done">
        <thead>
          <tr>
            <th scope="col">${board === undefined ? 'What' : `On ${board}`}</th>
            ${columns.map((column) => columnHead(column, offerSort, actions))}
            <th scope="col" class="outputs" title="Where they are not the same, they are compared on your data">
              Outputs
            </th>
            <td></td>
          </tr>
        </thead>
        <tbody>
          ${
            before === undefined
              ? nothing
              : html`<tr class="now">
                  <th scope="row">The model as it is</th>
                  ${columns.map(({ column, text }) => html`<td class="number">${textOf(before[column], text)}</td>`)}
                  <td class="outputs"></td>
                  <td></td>
                </tr>`
          }
          ${possible.map((offer) => offerRow(offer, actions))}
          ${impossible.map(
            ({ title, why }) =>
              html`<tr class="refused">
                <td colspan="6">
                  <details>
                    <summary>${title}</summary>
                    ${why}
                  </details>
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${all.length === 0 ? html`<p class="facts">Nothing is offered for this model.</p>` : nothing}
    </div>
  `;
}

/** What can be done with one layer, each with what it brings. */
export function offerList(
  offers: readonly OfferView[],
  layer: number,
  actions: Actions,
): TemplateResult | typeof nothing {
  const shown = offers.filter((offer) => offer.layer === layer);
  if (shown.length === 0) return nothing;
  return html`
    <ul class="offers" aria-label="What can be done with the layer">
      ${shown.map((offer) => offerItem(offer, actions))}
    </ul>
  `;
}

interface CostColumn {
  readonly column: OfferColumn;
  readonly title: string;
  readonly hint?: string;
  readonly text: (value: number) => string;
}

const columns: readonly CostColumn[] = [
  { column: 'arenaBytes', title: 'RAM', hint: 'The smallest arena, without bytes to spare', text: bytesText },
  { column: 'flashBytes', title: 'Flash', text: bytesText },
  { column: 'ms', title: 'Time', text: millisecondsText },
];

function columnHead(
  { column, title, hint }: CostColumn,
  sort: OfferColumn | undefined,
  { dispatch }: Actions,
): TemplateResult {
  const isSorted = sort === column;
  return html`<th scope="col" class="number" title=${hint ?? nothing} aria-sort=${isSorted ? 'ascending' : 'none'}>
    <button @click=${() => dispatch({ type: 'sortOffers', column })}>${title}${isSorted ? ' ▴' : ''}</button>
  </th>`;
}

function offerRow({ title, brings, offer }: OfferView, { tell }: Actions): TemplateResult {
  const [name] = title.split(': ');
  return html`<tr title=${title}>
    <th scope="row">${name}</th>
    ${columns.map(({ column, text }) => costCell(brings?.before?.[column], brings?.after[column], text))}
    <td class="outputs">${brings === undefined ? '' : brings.keepsOutputs ? 'the same' : 'measured'}</td>
    <td class="do">
      <mw-button
        appearance="secondary"
        aria-label=${name}
        @click=${() => tell({ type: 'applyOffer', layer: undefined, offer })}
      >
        Start
      </mw-button>
    </td>
  </tr>`;
}

/** The cost afterwards, and the change; what gets more stands out. */
function costCell(
  before: number | undefined,
  after: number | undefined,
  text: (value: number) => string,
): TemplateResult {
  const percent = before === undefined || after === undefined || before === 0 ? undefined : (after / before - 1) * 100;
  const kind = percent === undefined || percent === 0 ? '' : percent < 0 ? 'less' : 'more';
  return html`<td class="number">
    ${textOf(after, text)}${percent === undefined ? nothing : html` <span class="change ${kind}">${percentText(percent)}</span>`}
  </td>`;
}

function percentText(percent: number): string {
  const rounded = Math.round(percent);
  if (rounded === 0) return percent === 0 ? '=' : percent < 0 ? '-<1 %' : '+<1 %';
  return `${rounded > 0 ? '+' : ''}${rounded} %`;
}

function textOf(value: number | undefined, text: (value: number) => string): string {
  return value === undefined ? '-' : text(value);
}

function sorted(offers: readonly OfferView[], column: OfferColumn | undefined): readonly OfferView[] {
  if (column === undefined) return offers;
  const cost = ({ brings }: OfferView): number => brings?.after[column] ?? Infinity;
  return [...offers].sort((left, right) => (cost(left) === cost(right) ? 0 : cost(left) - cost(right)));
}

function offerItem({ title, isPossible, why, offer, layer }: OfferView, { tell }: Actions): TemplateResult {
  if (!isPossible)
    return html`<li>
      <details>
        <summary>${title}</summary>
        ${why}
      </details>
    </li>`;
  const [name, ...brings] = title.split(': ');
  return html`<li>
    <mw-button appearance="secondary" @click=${() => tell({ type: 'applyOffer', layer, offer })}>${name}</mw-button>
    <span class="facts">${brings.join(': ')}</span>
  </li>`;
}
