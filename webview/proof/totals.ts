import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Proof } from '../../src/core/compress/proof';
import { budgetText } from '../../src/core/text/units';
import type { ComparedFigure } from './comparison';
import { comparedFigures } from './comparison';

/** What the result costs on the target, beside what the source costs. */
export function totals(proof: Proof): TemplateResult {
  const { boardName, runtime } = proof.after.target;
  const place = boardName === undefined ? `with ${runtime}, no board chosen` : `on ${boardName}, ${runtime}`;
  return html`
    <section aria-labelledby="costs">
      <h2 id="costs">Costs <span class="facts">${place}</span></h2>
      ${
        proof.beforeRefusal === undefined
          ? nothing
          : html`<p class="note"><strong>Before: refused by TensorFlow Lite Micro.</strong> ${proof.beforeRefusal}</p>`
      }
      ${
        proof.afterRefusal === undefined
          ? nothing
          : html`<p class="note"><strong>After: refused by TensorFlow Lite Micro.</strong> ${proof.afterRefusal}</p>`
      }
      <table class="costs" aria-describedby="costs">
        <thead>
          <tr>
            <td></td>
            <th scope="col" class="number">Before</th>
            <td></td>
            <th scope="col" class="number">After</th>
            <th scope="col" class="number">Change</th>
            <th scope="col">Budget</th>
          </tr>
        </thead>
        <tbody>
          ${comparedFigures(proof).map(figureRow)}
        </tbody>
      </table>
    </section>
  `;
}

function figureRow(figure: ComparedFigure): TemplateResult {
  const { name, before, after, change, isBetter, basis, explanation } = figure;
  const direction = isBetter === undefined ? '' : isBetter ? 'better' : 'worse';
  return html`
    <tr title=${basis === undefined ? explanation : `${explanation} (${basis})`}>
      <th scope="row">${name}</th>
      <td class="number before">${before ?? '–'}</td>
      <td class="bars" aria-hidden="true">
        <div class="bar before" .style=${`width: ${percent(figure.beforeShare)}`}></div>
        <div class="bar after" .style=${`width: ${percent(figure.afterShare)}`}></div>
      </td>
      <td class="number after">${after}</td>
      <td class="number ${direction}">${change ?? ''}</td>
      <td>${budgetMark(figure.budgetShare)}</td>
    </tr>
  `;
}

function budgetMark(share: number | undefined): TemplateResult | typeof nothing {
  if (share === undefined) return nothing;
  const part = budgetText(share);
  return share > 1
    ? html`<span class="over">${part}, does not fit</span>`
    : html`<span class="fits">${part}, fits</span>`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
