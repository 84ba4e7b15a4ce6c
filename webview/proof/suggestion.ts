import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Alternative } from '../../src/core/compress/kind';
import type { Actions } from './actions';

/** Something else to try, which does the work again. */
export function suggestionLink({ text, change }: Alternative, tell: Actions['tell']): TemplateResult {
  return html`<button
    class="link"
    title="Do it again with this option"
    @click=${() => tell({ type: 'applySuggestion', change })}
  >
    ${text}
  </button>`;
}
