import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { functionName } from '../../src/core/text/functionName';
import { groupDigits } from '../../src/core/text/units';
import type { Alternative, ProofWords } from '../../src/core/compress/kind';
import type { Actions } from './actions';
import { suggestionLink } from './suggestion';
import { classText } from '../../src/core/text/classText';
import type {
  ClassFidelity,
  DataUsed,
  ErrorFigures,
  Fidelity,
  OutputFidelity,
  Proof,
} from '../../src/core/compress/proof';

interface Measure {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
}

/** How far the outputs of the result are from those of the source, and on which data that was seen. */
export function fidelity(
  { fidelity: measured, compared, data }: Proof,
  words: ProofWords,
  more?: { readonly alternatives: readonly Alternative[]; readonly actions: Actions },
): TemplateResult {
  return html`
    <section aria-labelledby="fidelity">
      <h2 id="fidelity">Outputs compared with the original</h2>
      ${
        measured === undefined
          ? html`<p>${compared ?? words.unmeasured}</p>
              ${more?.alternatives.map((each) => html`<p>${suggestionLink(each, more.actions.tell)}</p>`)}`
          : html`<dl class="measures">${measuresOf(measured).map(measureItem)}</dl>
              ${compared === undefined ? nothing : html`<p class="facts">${compared}</p>`}`
      }
      ${losingClasses(measured?.classes ?? [])}
      <p class="facts">${dataSentence(data, words)}</p>
    </section>
  `;
}

function measuresOf(measured: Fidelity): readonly Measure[] {
  const { accuracy, top1Agreement, outputs = [{ name: undefined, ...measured }] } = measured;
  const all: readonly (Measure | undefined)[] = [
    accuracy && {
      name: 'Accuracy',
      value: shareText(accuracy.after),
      note: `${shareText(accuracy.before)} before (${pointsText(accuracy.after - accuracy.before)})`,
    },
    top1Agreement === undefined
      ? undefined
      : { name: 'Same answer', value: shareText(top1Agreement), note: 'samples with the same largest output' },
    ...outputs.flatMap(outputMeasures),
  ];
  return all.filter((measure) => measure !== undefined);
}

/** What a result is judged by stands first: before a function that saturates, where the output has one. */
function outputMeasures({ name, beforeActivation, ...behind }: Partial<OutputFidelity> & ErrorFigures): Measure[] {
  const { sqnrDb, cosine, meanSquareError } = beforeActivation ?? behind;
  const title = (measure: string): string => (name === undefined ? measure : `${name}: ${measure.toLowerCase()}`);
  const note = (text: string | undefined): string | undefined =>
    beforeActivation &&
    `before the ${functionName(beforeActivation.operator)}${text === undefined ? '' : `; ${text} behind it`}`;
  const cosines = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : cosineText(value);
  return [
    { name: title('Signal to noise'), value: decibelText(sqnrDb), note: note(decibelText(behind.sqnrDb)) },
    ...(cosine === undefined
      ? []
      : [{ name: title('Cosine'), value: cosineText(cosine), note: note(cosines(behind.cosine)) }]),
    {
      name: title('Mean square error'),
      value: smallText(meanSquareError),
      note: note(smallText(behind.meanSquareError)),
    },
  ];
}

function losingClasses(classes: readonly ClassFidelity[]): TemplateResult | typeof nothing {
  if (classes.length === 0) return nothing;
  return html`<h3>Classes that lose most</h3>
    <ul class="facts">
      ${classes.map((each) => html`<li>${classText(each)}</li>`)}
    </ul>`;
}

function measureItem({ name, value, note }: Measure): TemplateResult {
  return html`<div class="measure">
    <dt>${name}</dt>
    <dd>
      <span class="value">${value}</span>
      ${note === undefined ? nothing : html`<span class="facts">${note}</span>`}
    </dd>
  </div>`;
}

/** Which samples the figures stand on. */
export function dataSentence(
  { source, isSynthetic, calibrationSamples, testSamples }: DataUsed,
  { learned }: ProofWords,
): string {
  if (testSamples === 0 && calibrationSamples === 0) return '';
  const data = isSynthetic ? 'random numbers' : source;
  const use = calibrationSamples === 0 ? '' : `, ${learned} with ${groupDigits(calibrationSamples)} others`;
  return `Measured on ${groupDigits(testSamples)} samples${use}: ${data}.`;
}

/** `97.65 %`: as exact as two thousand samples can be. */
export function shareText(share: number): string {
  return `${(share * 100).toFixed(share >= 0.99995 || share === 0 ? 0 : 2)} %`;
}

function pointsText(difference: number): string {
  const points = difference * 100;
  const sign = points > 0 ? '+' : points < 0 ? '−' : '±';
  return `${sign}${Math.abs(points).toFixed(2)} points`;
}

/** Decibels; outputs that are equal have no noise at all. */
export function decibelText(decibels: number): string {
  return Number.isFinite(decibels) && decibels < 300 ? `${decibels.toFixed(1)} dB` : 'equal';
}

function cosineText(cosine: number): string {
  return cosine.toFixed(5);
}

function smallText(value: number): string {
  return value === 0 ? '0' : value.toPrecision(3);
}
