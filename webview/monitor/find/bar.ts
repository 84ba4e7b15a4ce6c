import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { SearchPattern } from '../../../src/core/serial/historySearch';
import { isTicked, valueOf } from '../../parts/fields';
import type { Actions } from '../actions';
import type { PageState } from '../store';
import { findText } from './store';

/** The search in the text: next with Enter, previous with Shift+Enter, away with Escape. */
export function findBar({ find }: PageState, actions: Actions): TemplateResult | typeof nothing {
  if (!find.isOpen) return nothing;
  const { dispatch } = actions;
  const text = findText(find);
  return html`<div class="drawer" role="search" @keydown=${(event: KeyboardEvent) => onKey(event, actions)}>
    <mw-text-field
      id="find"
      placeholder="Find"
      aria-label="Find in the received lines"
      spellcheck="false"
      .value=${find.pattern.text}
      @input=${(event: Event) => dispatch({ type: 'findPattern', pattern: { text: valueOf(event) } })}
    ></mw-text-field>
    ${patternTicks(find.pattern, (pattern) => dispatch({ type: 'findPattern', pattern }))}
    <mw-button appearance="secondary" title="Shift+Enter" @click=${() => actions.find('backward')}>Previous</mw-button>
    <mw-button appearance="secondary" title="Enter" @click=${() => actions.find('forward')}>Next</mw-button>
    <span class=${find.problem === undefined ? 'facts' : 'problem'} role="status">${text}</span>
    <mw-button appearance="secondary" title="Escape" @click=${() => dispatch({ type: 'findOpened', isOpen: false })}
      >Close</mw-button
    >
  </div>`;
}

/** How a pattern is meant. */
function patternTicks(pattern: SearchPattern, change: (part: Partial<SearchPattern>) => void): TemplateResult {
  return html`<mw-checkbox
      .checked=${pattern.kind === 'expression'}
      @change=${(event: Event) => change({ kind: isTicked(event) ? 'expression' : 'plain' })}
      >Regular expression</mw-checkbox
    ><mw-checkbox .checked=${pattern.matchCase} @change=${(event: Event) => change({ matchCase: isTicked(event) })}
      >Match case</mw-checkbox
    >`;
}

function onKey(event: KeyboardEvent, { find }: Actions): void {
  const isInField = (event.target as Element).id === 'find';
  if (event.key === 'Enter' && isInField) find(event.shiftKey ? 'backward' : 'forward');
  else return;
  event.preventDefault();
}
