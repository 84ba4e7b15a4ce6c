import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Report } from '../../src/core/estimate/report';
import type { FindingView } from '../../src/protocol/modelEditor';
import type { Actions } from './actions';
import type { PageState } from './store';

/** More problems than this are shown when they are asked for: the layers are to be in view. */
const firstFindings = 3;

/** What is wrong with the model, one line each, the worst first, with the actions of the listing's light bulb. */
export function findingList(
  { editor, showsAllFindings }: Pick<PageState, 'editor' | 'showsAllFindings'>,
  report: Report,
  actions: Actions,
): TemplateResult | typeof nothing {
  const findings = (editor?.findings ?? []).map((finding, index) => ({ finding, index }));
  if (findings.length === 0) return nothing;
  const worstFirst = [...findings].sort(
    (left, right) => severities.indexOf(left.finding.severity) - severities.indexOf(right.finding.severity),
  );
  const shown = showsAllFindings ? worstFirst : worstFirst.slice(0, firstFindings);
  const hidden = findings.length - shown.length;
  return html`
    <section class="findings" aria-label="Problems">
      <ul>
        ${shown.map(({ finding, index }) => findingItem(finding, index, report, actions))}
      </ul>
      ${
        hidden === 0
          ? nothing
          : html`<button class="link" @click=${() => actions.dispatch({ type: 'showAllFindings' })}>
              ${hidden} more ${hidden === 1 ? 'problem' : 'problems'}
            </button>`
      }
    </section>
  `;
}

const severities: readonly FindingView['severity'][] = ['error', 'warning', 'information', 'hint'];

/** What stands for a severity beside its name, which a screen reader says. */
const signs: Readonly<Record<FindingView['severity'], string>> = {
  error: '✕',
  warning: '▲',
  information: 'i',
  hint: 'i',
};

function findingItem(finding: FindingView, index: number, report: Report, { dispatch, tell }: Actions): TemplateResult {
  const { layer, severity, code, message, actions, hasOffers } = finding;
  return html`
    <li class=${severity}>
      <span class="severity" role="img" aria-label=${severity} title=${severity}>${signs[severity]}</span>
      ${
        layer === undefined
          ? nothing
          : html`<button class="link" @click=${() => dispatch({ type: 'reveal', layer })}>
              ${report.layers[layer].name}
            </button>`
      }
      <details class="text" title=${message}>
        <summary>${message}</summary>
      </details>
      ${
        hasOffers
          ? html`<button class="link" @click=${() => dispatch({ type: 'view', view: 'offers' })}>
              What can be done
            </button>`
          : nothing
      }
      ${actions.length === 0 ? nothing : fixMenu(finding, index, { dispatch, tell })}
      <button class="link code" title="Explain this problem" @click=${() => tell({ type: 'explainRule', code })}>
        ${code}
      </button>
    </li>
  `;
}

/** The actions behind one button, so that a problem takes one line. */
function fixMenu({ actions, code }: FindingView, finding: number, { tell }: Actions): TemplateResult {
  return html`<details class="menu" @keydown=${closeOnEscape} @focusout=${closeOutside}>
    <summary aria-label=${`Fixes of ${code}`}>Fix</summary>
    <ul>
      ${actions.map(
        ({ title, action }) =>
          html`<li><button @click=${() => tell({ type: 'applyAction', finding, action })}>${title}</button></li>`,
      )}
    </ul>
  </details>`;
}

function closeOnEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return;
  const menu = event.currentTarget as HTMLDetailsElement;
  menu.open = false;
  menu.querySelector('summary')?.focus();
}

function closeOutside(event: FocusEvent): void {
  const menu = event.currentTarget as HTMLDetailsElement;
  if (!menu.contains(event.relatedTarget as Node | null)) menu.open = false;
}
