import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { OfferView } from '../../src/protocol/modelEditor';
import type { Actions } from './actions';

/** What can be done with the model as a whole, or with one layer: the same as the light bulb of the listing offers. */
export function offerList(
  offers: readonly OfferView[],
  layer: number | undefined,
  actions: Actions,
): TemplateResult | typeof nothing {
  const shown = offers.filter((offer) => offer.layer === layer);
  if (shown.length === 0) return nothing;
  return html`
    <ul class="offers" aria-label="What can be done">
      ${shown.map((offer) => offerItem(offer, actions))}
    </ul>
  `;
}

function offerItem({ title, isPossible, offer, layer }: OfferView, { tell }: Actions): TemplateResult {
  const apply = (): void => tell({ type: 'applyOffer', layer, offer });
  if (!isPossible) return html`<li><button class="link" @click=${apply}>${title}</button></li>`;
  const [name, ...brings] = title.split(': ');
  return html`<li>
    <vscode-button appearance="secondary" @click=${apply}>${name}</vscode-button>
    <span class="facts">${brings.join(': ')}</span>
  </li>`;
}
