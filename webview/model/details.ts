import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { TensorCard } from '../../src/core/analysis/analysis';
import type { LayerFacts, PlannedBuffer } from '../../src/core/estimate/report';
import type { ModelEditorState } from '../../src/protocol/modelEditor';
import { differenceText, exactBytesText, groupDigits, millisecondsText } from '../../src/core/text/units';
import type { Actions } from './actions';
import { offerList } from './offers';
import type { PageState } from './store';
import { totalParts } from './totals';

/** Everything that is known about the selected layer, and where each figure comes from. */
export function layerDetails({ editor, selected }: PageState, actions: Actions): TemplateResult {
  const layer = selected === undefined ? undefined : editor?.report?.layers[selected];
  if (editor === undefined || layer === undefined) {
    return html`<aside class="details whole" aria-label="Details of the totals">
      ${editor?.report === undefined ? nothing : totalParts(editor.report)}
      <p class="facts">Select a layer to see its parts.</p>
    </aside>`;
  }
  const card = editor.operators?.[layer.index];
  return html`
    <aside class="details" aria-label="Details of ${layer.name}" aria-live="polite">
      <h2>${layer.name}</h2>
      <p class="facts">${layer.operator}${card === undefined ? '' : ` (version ${card.version}): ${card.summary}`}</p>
      ${pairs(figures(layer))} ${offerList(editor.offers, layer.index, actions)}
      ${
        card === undefined || card.options.length === 0
          ? nothing
          : html`<h3>Options</h3>
              ${pairs(card.options)}`
      }
      <h3>Tensors</h3>
      ${tensorList(editor, layer)} ${aliveList(editor, layer)}
      <mw-button appearance="secondary" @click=${() => actions.tell({ type: 'openListing', layer: layer.index })}>
        Show in listing
      </mw-button>
    </aside>
  `;
}

type Pair = readonly [name: string, value: string];

function pairs(list: readonly Pair[]): TemplateResult {
  return html`<dl>
    ${list.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

function figures(layer: LayerFacts): readonly Pair[] {
  const { macs, ramBytes, weightBytes, kernelBytes, instructions, instructionsLow, instructionsHigh, cycles, ms } =
    layer;
  const perMac = macs && instructions ? ` (${(instructions / macs).toFixed(2)} a MAC)` : '';
  const all: readonly (Pair | undefined)[] = [
    macs === undefined ? undefined : ['MACs', groupDigits(macs)],
    ramBytes === undefined ? undefined : ['RAM at this step', exactBytesText(ramBytes)],
    weightBytes === undefined ? undefined : ['weights', exactBytesText(weightBytes)],
    kernelBytes === undefined ? undefined : ['kernel code, first use here', exactBytesText(kernelBytes)],
    instructions === undefined
      ? ['instructions', 'not known']
      : ['instructions', `${groupDigits(instructions)}${perMac}`],
    instructionsLow === undefined || instructionsHigh === undefined
      ? undefined
      : ['band', `${groupDigits(instructionsLow)} to ${groupDigits(instructionsHigh)}`],
    cycles === undefined ? undefined : ['cycles', groupDigits(cycles)],
    ms === undefined ? undefined : ['time', millisecondsText(ms)],
    ...measuredPairs(layer),
    layer.variant === undefined ? undefined : ['kernel', layer.variant],
    layer.variantReason === undefined ? undefined : ['why this kernel', layer.variantReason],
  ];
  return all.filter((pair) => pair !== undefined);
}

function measuredPairs({ measured }: LayerFacts): readonly (Pair | undefined)[] {
  if (measured === undefined) return [];
  const { cycles, ms, difference } = measured;
  return [
    cycles === undefined ? undefined : ['measured cycles', groupDigits(cycles)],
    ms === undefined ? undefined : ['measured time', millisecondsText(ms)],
    difference === undefined ? undefined : ['estimate', differenceText(difference)],
  ];
}

function tensorList(editor: ModelEditorState, layer: LayerFacts): TemplateResult {
  const card = editor.operators?.[layer.index];
  const row = (role: string, index: number): TemplateResult => {
    const tensor = editor.tensors?.find((each) => each.graph === layer.graph && each.tensor === index);
    return tensor === undefined ? html`${nothing}` : tensorItem(role, tensor);
  };
  return html`<ul class="tensors">
    ${card?.inputs.map((index) => row('in', index))} ${card?.outputs.map((index) => row('out', index))}
  </ul>`;
}

function tensorItem(role: string, tensor: TensorCard): TemplateResult {
  return html`<li>
    <span class="role">${role}</span> <code>${tensor.type}[${tensor.shape.join(',')}]</code> ${tensor.name}
    ${tensor.constant ? html`<span class="facts">constant, ${exactBytesText(tensor.bytes)}</span>` : nothing}
    ${tensor.quantization === undefined ? nothing : html`<span class="facts">${tensor.quantization}</span>`}
  </li>`;
}

/** What lies in the planned memory while the layer runs. */
function aliveList({ arenaDetail }: ModelEditorState, layer: LayerFacts): TemplateResult | typeof nothing {
  const alive = arenaDetail === undefined ? [] : buffersOf(arenaDetail.buffers, layer);
  if (alive.length === 0) return nothing;
  return html`<h3>In memory at this step</h3>
    ${pairs(alive.map((buffer) => [`${buffer.name} @ ${groupDigits(buffer.offset)}`, exactBytesText(buffer.bytes)]))}`;
}

function buffersOf(buffers: readonly PlannedBuffer[], layer: LayerFacts): readonly PlannedBuffer[] {
  const step = layer.step;
  return step === undefined ? [] : buffers.filter((buffer) => buffer.firstStep <= step && step <= buffer.lastStep);
}
