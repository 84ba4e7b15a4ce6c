import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { OfficialConversion, OfficialSide } from '../../src/core/compress/proof';
import { countedKinds } from '../../src/core/text/countedKinds';
import { exactBytesText, groupDigits } from '../../src/core/text/units';
import { changeText } from './comparison';

interface Figure {
  readonly name: string;
  readonly of: (side: OfficialSide) => number | undefined;
  readonly text: (value: number) => string;
}

const figures: readonly Figure[] = [
  { name: 'Operators', of: ({ operators }) => operators, text: groupDigits },
  { name: 'Arena', of: ({ ramBytes }) => ramBytes, text: exactBytesText },
  { name: 'Flash', of: ({ flashBytes }) => flashBytes, text: exactBytesText },
  { name: 'Cycles', of: ({ cycles }) => cycles, text: groupDigits },
];

/** What the official converter would have made of the file beside the result, and where they differ. */
export function officialConversion(conversion: OfficialConversion): TemplateResult {
  const { official, refused, batch, troubles } = conversion;
  return html`
    <section aria-labelledby="official">
      <h2 id="official">Beside the official converter</h2>
      ${refused === undefined ? nothing : html`<p class="note">${[refused, batch].join(' ').trim()}</p>`}
      ${refused !== undefined || batch === undefined ? nothing : html`<p class="facts">${batch}</p>`}
      ${official === undefined ? nothing : figureTable(official, conversion.result)} ${layerTable(conversion)}
      ${
        troubles.length === 0
          ? nothing
          : html`<ul class="facts">
              ${troubles.map((trouble) => html`<li>${trouble}</li>`)}
            </ul>`
      }
    </section>
  `;
}

function figureTable(official: OfficialSide, result: OfficialSide): TemplateResult {
  return html`<table class="official" aria-labelledby="official">
    <thead>
      <tr>
        <td></td>
        <th scope="col" class="number">Official</th>
        <th scope="col" class="number">This result</th>
        <th scope="col" class="number">Saved</th>
      </tr>
    </thead>
    <tbody>
      ${figures.map(({ name, of, text }) => figureRow(name, [of(official), of(result)], text))}
    </tbody>
  </table>`;
}

function figureRow(
  name: string,
  [official, result]: readonly [number | undefined, number | undefined],
  text: Figure['text'],
): TemplateResult | typeof nothing {
  if (official === undefined && result === undefined) return nothing;
  const isComparable = official !== undefined && result !== undefined;
  const direction = !isComparable || official === result ? '' : result < official ? 'better' : 'worse';
  return html`<tr>
    <th scope="row">${name}</th>
    <td class="number before">${official === undefined ? 'not known' : text(official)}</td>
    <td class="number">${result === undefined ? 'not known' : text(result)}</td>
    <td class="number ${direction}">${isComparable ? changeText(official, result, false) : ''}</td>
  </tr>`;
}

function layerTable({ layers, moreLayers }: OfficialConversion): TemplateResult | typeof nothing {
  if (layers.length === 0) return nothing;
  return html`<table class="official layers-differ" aria-label="Layers that become other operators">
      <thead>
        <tr>
          <th scope="col">Layer</th>
          <th scope="col">Official</th>
          <th scope="col">Milliwatt</th>
        </tr>
      </thead>
      <tbody>
        ${layers.map(
          ({ name, kind, official, ours }) =>
            html`<tr>
              <th scope="row">${name} <span class="facts">${kind}</span></th>
              <td class="before">${countedKinds(official)}</td>
              <td>${countedKinds(ours)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${
      moreLayers === 0
        ? nothing
        : html`<p class="facts">
            ${moreLayers === 1 ? 'One more layer differs.' : `${moreLayers} more layers differ.`}
          </p>`
    }`;
}
