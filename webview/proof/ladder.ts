import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Totals } from '../../src/core/compress/offer';
import { bytesText, millisecondsText } from '../../src/core/text/units';
import type { LadderStepView, LadderView, ProofPageState } from '../../src/protocol/proofPage';
import type { Actions } from './actions';
import { changeText } from './comparison';
import { decibelText, shareText } from './fidelity';

/** What each step brings and costs, to be applied up to the one that is clicked. */
export function ladder(view: LadderView, { result }: Pick<ProofPageState, 'result'>, actions: Actions): TemplateResult {
  const isOpen = result?.status !== 'new';
  return html`
    <section aria-labelledby="ladder">
      <h2 id="ladder">Steps <span class="facts">from what loses nothing to what loses most</span></h2>
      ${
        view.unreachable === undefined
          ? nothing
          : html`<p class="note"><strong>No step meets the limits.</strong> ${view.unreachable}</p>`
      }
      <table class="ladder" aria-describedby="ladder">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col" class="number">RAM</th>
            <th scope="col" class="number">Flash</th>
            <th scope="col" class="number">Time</th>
            <th scope="col">Lost</th>
            <th scope="col">Limits</th>
            <td></td>
          </tr>
        </thead>
        <tbody>
          ${view.steps.map((step, index) => stepRow(step, { index, view, isOpen, actions }))}
        </tbody>
      </table>
      ${isOpen ? nothing : html`<p class="facts">Keep or discard what was written before another step is written.</p>`}
    </section>
  `;
}

interface RowContext {
  readonly index: number;
  readonly view: LadderView;
  readonly isOpen: boolean;
  readonly actions: Actions;
}

function stepRow(step: LadderStepView, { index, view, isOpen, actions }: RowContext): TemplateResult {
  const { title, totals, reason, fits } = step;
  const source = index === 0 ? undefined : view.steps[0].totals;
  const taken = view.taken === index ? html` <span class="facts">written</span>` : nothing;
  if (totals === undefined) {
    return html`<tr>
      <th scope="row">${title}</th>
      <td class="reason" colspan="6">${reason}</td>
    </tr>`;
  }
  return html`
    <tr>
      <th scope="row">${title}${taken}</th>
      ${costs.map((cost) => costCell(cost, totals, source))}
      <td>${index === 0 ? '' : lossText(step)}</td>
      <td>${fits ? html`<span class="fits">fits</span>` : html`<span class="over">too large</span>`}</td>
      <td>${step.canBeTaken && isOpen ? takeButton(step, { index, view, actions }) : nothing}</td>
    </tr>
  `;
}

function takeButton(
  { title }: LadderStepView,
  { index, view, actions: { tell } }: Omit<RowContext, 'isOpen'>,
): TemplateResult {
  return html`<mw-button
    appearance=${index === view.best ? 'primary' : 'secondary'}
    aria-label=${`Apply up to “${title}”`}
    @click=${() => tell({ type: 'takeStep', step: index })}
    >Apply up to here</mw-button
  >`;
}

interface Cost {
  readonly of: (totals: Totals) => number | undefined;
  readonly text: (value: number) => string;
  readonly isTime: boolean;
}

const costs: readonly Cost[] = [
  { of: ({ arenaBytes }) => arenaBytes, text: bytesText, isTime: false },
  { of: ({ flashBytes }) => flashBytes, text: bytesText, isTime: false },
  { of: ({ ms }) => ms, text: millisecondsText, isTime: true },
];

/** A cost, and how it differs from the source's. */
function costCell({ of, text, isTime }: Cost, totals: Totals, source: Totals | undefined): TemplateResult {
  const [value, before] = [of(totals), source && of(source)];
  if (value === undefined) return html`<td class="number">–</td>`;
  const change =
    before === undefined ? nothing : html` <span class="facts">${changeText(before, value, isTime)}</span>`;
  return html`<td class="number">${text(value)}${change}</td>`;
}

/** The most telling figure of what outputs lost. */
function lossText({ keepsOutputs, fidelity }: LadderStepView): string {
  if (keepsOutputs === true) return 'nothing, same outputs';
  if (fidelity === undefined) return 'not measured';
  const { accuracy, top1Agreement, sqnrDb } = fidelity;
  if (accuracy !== undefined) return `accuracy ${shareText(accuracy.before)} -> ${shareText(accuracy.after)}`;
  if (top1Agreement !== undefined) return `${shareText(top1Agreement)} same answers`;
  return `signal to noise ${decibelText(sqnrDb)}`;
}
