import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { SearchPattern } from '../../../src/core/serial/historySearch';
import { groupDigits } from '../../../src/core/text/units';
import type { Extent, HighlightRule, TabState } from '../../../src/protocol/monitorState';
import type { Actions } from '../actions';

/** The terminal's colours in the order of their numbers, from 1 on: black on a dark ground marks nothing. */
const colors: readonly (readonly [number, string])[] = [
  [1, 'Red'],
  [2, 'Green'],
  [3, 'Yellow'],
  [4, 'Blue'],
  [5, 'Magenta'],
  [6, 'Cyan'],
];

/** The filter of a tab: only lines that match are shown, or only those that do not. */
export function filterForm(tab: TabState, extent: Extent, { ask }: Actions): TemplateResult {
  const { filter } = tab;
  const set = (event: Event): void => {
    const { pattern, isInverted } = formOf(event);
    void ask({ type: 'setFilter', tab: tab.id, ...(pattern.text === '' ? {} : { filter: { pattern, isInverted } }) });
  };
  return html`<form class="drawer" aria-label="Filter" @submit=${set}>
    ${patternFields('Show lines with', filter?.pattern)}
    <mw-checkbox name="inverted" ?checked=${filter?.isInverted ?? false}>Leave them out</mw-checkbox>
    <button type="submit" class="plain">Apply</button>
    ${
      filter === undefined
        ? nothing
        : html`<mw-button appearance="secondary" @click=${() => ask({ type: 'setFilter', tab: tab.id })}
            >Show all</mw-button
          >`
    }
    <span class="facts" role="status"
      >${extent.unfiltered > 0 ? `${groupDigits(extent.unfiltered)} lines still to be filtered` : ''}</span
    >
  </form>`;
}

/** The rules that mark pieces of lines. */
export function highlightForm(tab: TabState, { ask }: Actions): TemplateResult {
  const set = (highlights: readonly HighlightRule[]): void =>
    void ask({ type: 'setHighlights', tab: tab.id, highlights });
  const add = (event: Event): void => {
    const { pattern, color } = formOf(event);
    if (pattern.text === '') return;
    set([...tab.highlights, { pattern, color }]);
    (event.target as HTMLFormElement).reset();
  };
  return html`<form class="drawer" aria-label="Highlight" @submit=${add}>
    ${patternFields('Mark', undefined)}
    <label class="field"
      ><span>Colour</span
      ><select name="color">
        ${colors.map(([number, name]) => html`<option value=${number}>${name}</option>`)}
      </select></label
    >
    <button type="submit" class="plain">Add</button>
    <ul class="rules" aria-label="Rules">
      ${tab.highlights.map(
        (rule, index) =>
          html`<li>
            <span class=${`mark${rule.color}`}>${rule.pattern.text}</span>
            <button
              class="link"
              type="button"
              aria-label=${`Remove ${rule.pattern.text}`}
              @click=${() => set(tab.highlights.filter((_, at) => at !== index))}
            >
              Remove
            </button>
          </li>`,
      )}
    </ul>
  </form>`;
}

function patternFields(label: string, pattern: SearchPattern | undefined): TemplateResult {
  return html`<label class="field"
      ><span>${label}</span><input name="pattern" spellcheck="false" .defaultValue=${pattern?.text ?? ''}
    /></label>
    <mw-checkbox name="expression" ?checked=${pattern?.kind === 'expression'}>Regular expression</mw-checkbox>
    <mw-checkbox name="matchCase" ?checked=${pattern?.matchCase ?? false}>Match case</mw-checkbox>`;
}

interface RuleForm {
  readonly pattern: SearchPattern;
  readonly isInverted: boolean;
  readonly color: number;
}

function formOf(event: Event): RuleForm {
  event.preventDefault();
  const form = event.target as HTMLFormElement;
  const isTicked = (name: string): boolean =>
    form.querySelector<HTMLInputElement>(`mw-checkbox[name="${name}"]`)?.checked ?? false;
  const value = (name: string): string =>
    form.querySelector<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]`)?.value ?? '';
  const kind = isTicked('expression') ? 'expression' : 'plain';
  return {
    pattern: { text: value('pattern'), kind, matchCase: isTicked('matchCase') },
    isInverted: isTicked('inverted'),
    color: Number(value('color')),
  };
}
