import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Proof } from '../../src/core/compress/proof';
import type { ProofPageState, ResultView, WorkView } from '../../src/protocol/proofPage';
import type { Actions } from './actions';
import type { ChartData } from './chart';
import { fidelity } from './fidelity';
import { ladder } from './ladder';
import { layerErrors } from './layers';
import { officialConversion } from './official';
import type { PageState } from './store';
import { seriesOf } from './store';
import { totals } from './totals';
import { tradeoff } from './tradeoff';

/** The whole page. */
export function proofPage(page: PageState, actions: Actions): TemplateResult {
  const { shown } = page;
  if (shown === undefined) return html`<main class="message" role="status"><p>Loading …</p></main>`;
  return html`
    <main>
      ${heading(shown, actions)} ${work(shown, actions)}
      ${shown.error === undefined ? nothing : html`<p class="note failed" role="alert">${shown.error}</p>`}
      ${shown.ladder === undefined ? nothing : ladder(shown.ladder, shown, actions)}
      ${shown.proof === undefined ? nothing : warnings(shown.proof)}
      ${shown.tradeoff === undefined ? nothing : tradeoff(shown.tradeoff, page, actions)}
      ${shown.proof === undefined ? nothing : results({ ...shown, proof: shown.proof }, page, actions)} ${curves(shown)}
      ${shown.proof === undefined ? nothing : decisions(shown.proof)}
    </main>
  `;
}

/** The live curves; absent until there is a point. */
export function curveChart({ curves: points }: ProofPageState): ChartData {
  return {
    xName: 'Pass over the samples',
    yName: 'Loss',
    xText: (x) => `${x}`,
    yText: (y) => `${Number(y.toPrecision(3))}`,
    lines: [...seriesOf(points)].map(([name, list]) => ({ name, points: list.map(({ x, y }) => [x, y] as const) })),
  };
}

function results(
  { proof, words, alternatives = [] }: ProofPageState & { readonly proof: Proof },
  { order }: PageState,
  actions: Actions,
): TemplateResult {
  return html`
    <div class="columns">${totals(proof)} ${fidelity(proof, words, { alternatives, actions })}</div>
    ${proof.official === undefined ? nothing : officialConversion(proof.official)}
    ${layerErrors(proof.layers ?? [], alternatives, order, actions)}
  `;
}

function heading(shown: ProofPageState, { tell }: Actions): TemplateResult {
  const { title, sourceName, result, status } = shown;
  return html`
    <header>
      <div>
        <h1>${result === undefined ? title : result.name}</h1>
        <p class="facts">
          ${result === undefined ? 'From' : `${title}, from`}
          <button class="link" @click=${() => tell({ type: 'openSource' })}>${sourceName}</button>
          ${result?.status === 'kept' ? ' · kept' : nothing}
          ${result?.status === 'discarded' ? html` · <strong>discarded: the file is gone</strong>` : nothing}
        </p>
      </div>
      <div class="buttons">
        ${result === undefined ? nothing : resultButtons(result, shown, tell)}
        ${
          status === 'working'
            ? nothing
            : html`<mw-button appearance="secondary" @click=${() => tell({ type: 'runAgain' })}>
                Do it again…
              </mw-button>`
        }
      </div>
    </header>
  `;
}

function resultButtons(
  { status }: ResultView,
  { proof, words: { next } }: ProofPageState,
  tell: Actions['tell'],
): TemplateResult | typeof nothing {
  const copy = html`<mw-button appearance="secondary" @click=${() => tell({ type: 'copyJson' })}>
    Copy JSON
  </mw-button>`;
  if (status === 'discarded') return proof === undefined ? nothing : copy;
  return html`
    ${
      status === 'new'
        ? html`<mw-button @click=${() => tell({ type: 'keep' })}>Keep</mw-button>
            <mw-button appearance="secondary" @click=${() => tell({ type: 'discard' })}>Discard</mw-button>`
        : nothing
    }
    <mw-button appearance="secondary" @click=${() => tell({ type: 'showDiff' })}>Show diff</mw-button>
    <mw-button appearance="secondary" @click=${() => tell({ type: 'openResult' })}>Open model</mw-button>
    ${
      next === undefined
        ? nothing
        : html`<mw-button appearance="secondary" @click=${() => tell({ type: 'compressResult' })}>
            ${next.text}
          </mw-button>`
    }
    ${copy}
  `;
}

function work({ status, work: shown }: ProofPageState, { tell }: Actions): TemplateResult | typeof nothing {
  if (status !== 'working') return nothing;
  const { stage, share }: WorkView = shown ?? { stage: 'Starting', share: 0 };
  const percent = Math.round(share * 100);
  return html`
    <section class="work">
      <p role="status">${stage}${percent < 100 ? html` … <span class="facts">${percent} %</span>` : nothing}</p>
      <div
        class="gauge"
        role="progressbar"
        aria-label=${stage}
        aria-valuenow=${percent}
        aria-valuemin="0"
        aria-valuemax="100"
      >
        <div .style=${`width: ${percent}%`}></div>
      </div>
      <mw-button appearance="secondary" @click=${() => tell({ type: 'cancel' })}>Stop</mw-button>
    </section>
  `;
}

function curves({ curves: points }: ProofPageState): TemplateResult | typeof nothing {
  if (points.length === 0) return nothing;
  return html`
    <section aria-labelledby="curves">
      <h2 id="curves">Fine-tuning</h2>
      <div class="plot" id="curve-plot" role="img" aria-label=${curvesText(points)}></div>
    </section>
  `;
}

function curvesText(points: ProofPageState['curves']): string {
  const ends = [...seriesOf(points)].map(
    ([name, list]) => `${name} from ${list[0].y.toPrecision(3)} to ${list[list.length - 1].y.toPrecision(3)}`,
  );
  return `Curves of the fine-tuning: ${ends.join(', ')}.`;
}

function warnings({ warnings: sentences }: Proof): TemplateResult | typeof nothing {
  if (sentences.length === 0) return nothing;
  return html`<section class="note" aria-label="Warnings">
    <ul>
      ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
    </ul>
  </section>`;
}

/** Open where nothing was measured: what was done is then what there is to read. */
function decisions({ decisions: sentences, fidelity }: Proof): TemplateResult | typeof nothing {
  if (sentences.length === 0) return nothing;
  return html`<details ?open=${fidelity === undefined}>
    <summary>${sentences.length === 1 ? 'One decision' : `All ${sentences.length} decisions`}</summary>
    <ol>
      ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
    </ol>
  </details>`;
}
