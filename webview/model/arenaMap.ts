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
      ${peakText(detail, arena, editor)}
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

/** What stands in the way: the tensors alive at the peak, below which no plan goes, and the gaps above them. */
function peakText(
  { peak, buffers }: ArenaDetail,
  { plannedBytes }: ArenaFacts,
  { report }: ModelEditorState,
): TemplateResult | typeof nothing {
  if (peak === undefined || peak.bytes === 0) return nothing;
  const layer = report?.layers.find(({ step }) => step === peak.step);
  const at = layer === undefined ? '' : ` (${layer.operator} "${layer.name}")`;
  const gaps = plannedBytes - peak.bytes;
  const fixed = buffers.filter(({ isFixed }) => isFixed === true).length;
  return html`<p class="facts">
    Most bytes are alive at step ${peak.step}${at}: <strong>${exactBytesText(peak.bytes)}</strong>, below which no plan
    goes in this order of operators. They are ${listText(aliveAt(buffers, peak.step))}.
    ${
      gaps > 0
        ? html`The other ${exactBytesText(gaps)} of the planned part are gaps: "Save RAM with the same weights" looks
          for places without them.`
        : 'The planned part has no gaps above them.'
    }
    ${fixed === 0 ? nothing : `${fixed} of ${buffers.length} lie where a plan in the file has them (OfflineMemoryAllocation).`}
  </p>`;
}

/** More are in the table below. */
const mostNamed = 4;

function listText(alive: readonly PlannedBuffer[]): string {
  const named = alive.slice(0, mostNamed).map(({ name, bytes }) => `${name} (${exactBytesText(bytes)})`);
  const rest = alive.length - named.length;
  return rest > 0 ? `${named.join(', ')} and ${rest} more` : named.join(', ');
}

/** The largest first. */
function aliveAt(buffers: readonly PlannedBuffer[], at: number): readonly PlannedBuffer[] {
  const isAlive = ({ firstStep, lastStep }: PlannedBuffer): boolean =>
    firstStep >= 0 && firstStep <= at && at <= lastStep;
  return buffers.filter(isAlive).sort((a, b) => b.bytes - a.bytes);
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
        ${
          detail.peak === undefined
            ? nothing
            : svg`<line class="bound" x1="0" x2=${width} y1=${y(detail.peak.bytes)} y2=${y(detail.peak.bytes)}></line>`
        }
      </svg>
      ${detail.peak === undefined ? nothing : boundLabel(detail.peak.bytes, arena)}
      ${living.map((buffer) => bufferLabel(buffer, x, y))}
    </div>
    <p class="axis facts" aria-hidden="true">
      <span>↑ addresses, 0 to ${exactBytesText(arena.plannedBytes)}</span><span>steps 0 to ${steps - 1} →</span>
    </p>
  `;
}

/** Only where the line does not lie at the upper end, which says so by itself. */
function boundLabel(bytes: number, { plannedBytes }: ArenaFacts): TemplateResult | typeof nothing {
  if (bytes >= plannedBytes) return nothing;
  const bottom = `bottom: ${((bytes / plannedBytes) * 100).toFixed(2)}%`;
  return html`<span class="bound" aria-hidden="true" .style=${bottom}
    >most alive at once: ${exactBytesText(bytes)}</span
  >`;
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
