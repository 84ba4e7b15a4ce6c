import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Report } from '../../src/core/estimate/report';
import type { FindingView } from '../../src/protocol/modelEditor';
import type { Actions } from './actions';

/** What is wrong with the model, with the same actions as the light bulb of the listing. */
export function findingList(
  findings: readonly FindingView[],
  report: Report,
  actions: Actions,
): TemplateResult | typeof nothing {
  if (findings.length === 0) return nothing;
  return html`
    <section class="findings" aria-label="Problems">
      <h2>Problems <span class="badge">${findings.length}</span></h2>
      <ul>
        ${findings.map((finding, index) => findingItem(finding, index, report, actions))}
      </ul>
    </section>
  `;
}

function findingItem(finding: FindingView, index: number, report: Report, { dispatch, tell }: Actions): TemplateResult {
  const { layer, severity, code, message } = finding;
  return html`
    <li class=${severity}>
      <span class="severity">${severity}</span>
      ${
        layer === undefined
          ? nothing
          : html`<button class="link" @click=${() => dispatch({ type: 'reveal', layer })}>
              ${report.layers[layer].name}
            </button>`
      }
      <span>${message}</span>
      <button class="link code" title="Explain this problem" @click=${() => tell({ type: 'explainRule', code })}>
        ${code}
      </button>
      ${finding.actions.map(
        (title, action) =>
          html`<vscode-button
            appearance="secondary"
            @click=${() => tell({ type: 'applyAction', finding: index, action })}
          >
            ${title}
          </vscode-button>`,
      )}
    </li>
  `;
}
