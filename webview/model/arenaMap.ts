import { html, nothing, svg } from 'lit-html';
import type { SVGTemplateResult, TemplateResult } from 'lit-html';
import type { ArenaDetail, ArenaFacts, PlannedBuffer } from '../../src/core/estimate/report';
import type { ModelEditorState } from '../../src/protocol/modelEditor';
import { bytesText, exactBytesText } from '../../src/core/text/units';
import type { Actions } from './actions';
import type { PageState } from './store';

const width = 900;
const height = 320;
/** The least height of a box, in the picture's units, that holds a line of text. */
const lineHeight = 22;

/**
 * The arena as a picture: steps from left to right, addresses from bottom to top, one box a buffer; and its persistent
 * parts.
 */
export function arenaMap(editor: ModelEditorState, page: PageState, actions: Actions): TemplateResult {
  const arena = editor.report?.arena;
  const detail = editor.arenaDetail;
  if (arena === undefined || detail === undefined) {
    return html`<p>The arena cannot be planned: the problems above say why.</p>`;
  }
  return html`
    <div class="arena">
      <h2>Planned part: ${exactBytesText(arena.plannedBytes)}</h2>
      <p class="facts">
        Each box is a tensor or scratch buffer: from the step that makes it to the last that reads it, at its offset in
        the arena.
      </p>
      ${mapPicture(detail, arena, stepOf(editor, page))} ${bufferTable(editor, detail, actions)}
      <h2>Persistent part: ${exactBytesText(arena.persistentBytes)}</h2>
      ${persistentTable(detail, arena)}
    </div>
  `;
}

function stepOf({ report }: ModelEditorState, { selected }: PageState): number | undefined {
  return selected === undefined ? undefined : report?.layers.at(selected)?.step;
}

function mapPicture(detail: ArenaDetail, arena: ArenaFacts, step: number | undefined): TemplateResult {
  const living = detail.buffers.filter(({ firstStep, bytes }) => firstStep >= 0 && bytes > 0);
  const steps = living.reduce((last, { lastStep }) => Math.max(last, lastStep), 0) + 1;
  const x = (at: number): number => (at / steps) * width;
  const y = (bytes: number): number => height - (bytes / Math.max(1, arena.plannedBytes)) * height;
  return html`
    <div class="map">
      <svg
        viewBox="0 0 ${width} ${height}"
        preserveAspectRatio="none"
        role="img"
        aria-label="Map of the planned memory; the table below holds the same."
      >
        ${living.map((buffer) => bufferBox(buffer, x, y))}
        ${
          step === undefined
            ? nothing
            : svg`<rect class="step" x=${x(step)} y="0" width=${x(step + 1) - x(step)} height=${height}></rect>`
        }
      </svg>
      ${living.map((buffer) => bufferLabel(buffer, x, y))}
    </div>
    <p class="axis facts" aria-hidden="true">
      <span>↑ addresses, 0 to ${exactBytesText(arena.plannedBytes)}</span><span>steps 0 to ${steps - 1} →</span>
    </p>
  `;
}

/**
 * The name of a buffer in its box, where the box has room for it: beside the picture, whose text would be stretched.
 */
function bufferLabel(
  { name, bytes, offset, firstStep, lastStep }: PlannedBuffer,
  x: (step: number) => number,
  y: (bytes: number) => number,
): TemplateResult | typeof nothing {
  const top = y(offset + bytes);
  const boxWidth = x(lastStep + 1) - x(firstStep);
  if (y(offset) - top < lineHeight || boxWidth < width / 16) return nothing;
  const percent = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(2)}%`;
  const place = `left: ${percent(x(firstStep), width)}; top: ${percent(top, height)}; width: ${percent(boxWidth, width)}`;
  return html`<span aria-hidden="true" .style=${place}>${name}</span>`;
}

function bufferBox(
  { kind, name, bytes, offset, firstStep, lastStep }: PlannedBuffer,
  x: (step: number) => number,
  y: (bytes: number) => number,
): SVGTemplateResult {
  const top = y(offset + bytes);
  const boxWidth = x(lastStep + 1) - x(firstStep);
  return svg`<g>
    <title>${name}: ${exactBytesText(bytes)} at ${offset}, steps ${firstStep} to ${lastStep}</title>
    <rect class=${kind} x=${x(firstStep)} y=${top} width=${boxWidth} height=${Math.max(1, y(offset) - top)}></rect>
  </g>`;
}

function bufferTable({ report }: ModelEditorState, { buffers }: ArenaDetail, { dispatch }: Actions): TemplateResult {
  return html`<details>
    <summary>All ${buffers.length} buffers</summary>
    <table aria-label="Buffers of the planned memory">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Kind</th>
          <th scope="col">Bytes</th>
          <th scope="col">Offset</th>
          <th scope="col">Steps</th>
        </tr>
      </thead>
      <tbody>
        ${[...buffers]
          .sort((a, b) => b.bytes - a.bytes)
          .map((buffer) => {
            const layer = report?.layers.findIndex(({ step }) => step === buffer.firstStep) ?? -1;
            return html`<tr>
              <td>
                ${
                  layer < 0
                    ? buffer.name
                    : html`<button class="link" @click=${() => dispatch({ type: 'select', layer })}>
                        ${buffer.name}
                      </button>`
                }
              </td>
              <td>${buffer.kind}</td>
              <td class="number">${exactBytesText(buffer.bytes)}</td>
              <td class="number">${buffer.offset}</td>
              <td class="number">${buffer.firstStep} to ${buffer.lastStep}</td>
            </tr>`;
          })}
      </tbody>
    </table>
  </details>`;
}

function persistentTable({ persistent, minimumDecidedBy, note }: ArenaDetail, arena: ArenaFacts): TemplateResult {
  const reasons = {
    run: 'The running model decides the minimum.',
    prepare: 'Preparing the operators needs more for a moment than running them: that decides the minimum.',
    planning: 'Planning the memory needs more for a moment than running the model: that decides the minimum.',
  } as const;
  return html`
    <table class="parts" aria-label="Persistent structures">
      <tbody>
        ${persistent.map(
          ({ kind, bytes, count }) =>
            html`<tr>
              <td>${kind}${count === undefined ? '' : ` (${count})`}</td>
              <td class="bar">
                <div
                  class="fill"
                  .style=${`width: ${((bytes / Math.max(1, arena.persistentBytes)) * 100).toFixed(1)}%`}
                ></div>
                <span>${bytesText(bytes)}</span>
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
    <p class="facts">${reasons[minimumDecidedBy]}${note === undefined ? '' : ` ${note}`}</p>
  `;
}
