import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { LayerFidelity } from '../../src/core/compress/proof';
import type { Alternative } from '../../src/core/compress/kind';
import type { Actions } from './actions';
import { decibelText } from './fidelity';
import { suggestionLink } from './suggestion';
import type { LayerOrder } from './store';
import { fullBarDb, orderedLayers } from './store';

/** Layers whose rank is up to this are the ones to look at. */
const blamed = 3;

/** Which layers the error comes from: a bar of decibels each, the shortest to blame first, and what to do about it. */
export function layerErrors(
  layers: readonly LayerFidelity[],
  alternatives: readonly Alternative[],
  order: LayerOrder,
  actions: Actions,
): TemplateResult | typeof nothing {
  if (layers.length === 0) return nothing;
  return html`
    <section aria-labelledby="layers">
      <div class="heading">
        <h2 id="layers">Where the error comes from</h2>
        <div role="radiogroup" aria-label="Order of the layers" class="switch">
          ${orderButton('blame', 'By blame', order, actions)} ${orderButton('execution', 'As they run', order, actions)}
        </div>
      </div>
      <table class="layers" aria-labelledby="layers">
        <thead>
          <tr>
            <th scope="col" class="number" title="1 is the layer to blame most">Blame</th>
            <th scope="col">Layer</th>
            <th scope="col">Operator</th>
            <th scope="col" title="Signal to noise of this layer's output when only this layer is changed">Alone</th>
            <th scope="col" title="Signal to noise of this layer's output in the whole result">In the result</th>
            <th scope="col">What to do</th>
          </tr>
        </thead>
        <tbody>
          ${orderedLayers(layers, order).map((layer) => layerRow(layer, actions))}
        </tbody>
      </table>
      <p class="facts">
        Signal to noise in decibels: longer is better, and bars end at ${fullBarDb} dB.
        ${alternatives.map((each, place) => html`${place === 0 ? 'Of the whole: ' : ' · '}${suggestionLink(each, actions.tell)}`)}
      </p>
    </section>
  `;
}

function orderButton(order: LayerOrder, text: string, chosen: LayerOrder, { dispatch }: Actions): TemplateResult {
  const isChosen = order === chosen;
  return html`<button
    role="radio"
    aria-checked=${isChosen}
    tabindex=${isChosen ? 0 : -1}
    @click=${() => dispatch({ type: 'order', order })}
    @keydown=${(event: KeyboardEvent) => {
      if (!event.key.startsWith('Arrow')) return;
      event.preventDefault();
      dispatch({ type: 'order', order: order === 'blame' ? 'execution' : 'blame' });
      const group = (event.currentTarget as HTMLElement).parentElement;
      group?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
    }}
  >
    ${text}
  </button>`;
}

function layerRow(layer: LayerFidelity, { tell }: Actions): TemplateResult {
  const { name, operator, rank, suggestions = [] } = layer;
  const isBlamed = rank !== undefined && rank <= blamed;
  return html`
    <tr class=${isBlamed ? 'blamed' : ''}>
      <td class="number">${rank ?? ''}</td>
      <th scope="row" title=${name}>${name}</th>
      <td>${operator}</td>
      ${decibelCell(layer.aloneSqnrDb)} ${decibelCell(layer.accumulatedSqnrDb)}
      <td class="suggestion">
        ${suggestions.map((each, place) => html`${place === 0 ? nothing : ' · '}${suggestionLink(each, tell)}`)}
      </td>
    </tr>
  `;
}

function decibelCell(decibels: number | undefined): TemplateResult {
  if (decibels === undefined) return html`<td class="decibels"></td>`;
  const share = Math.min(Math.max(decibels, 0) / fullBarDb, 1);
  return html`<td class="decibels">
    <div class="fill" .style=${`width: ${(share * 100).toFixed(1)}%`}></div>
    <span>${decibelText(decibels)}</span>
  </td>`;
}
