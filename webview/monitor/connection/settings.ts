import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { PortSettings } from '../../../src/protocol/serialPort';
import { isTicked, valueOf } from '../../parts/fields';

type ChangeSettings = (part: Partial<PortSettings>) => void;

const dataBits: readonly PortSettings['dataBits'][] = [8, 7, 6, 5];
const stopBits: readonly PortSettings['stopBits'][] = [1, 1.5, 2];
const parities: readonly PortSettings['parity'][] = ['none', 'even', 'odd', 'mark', 'space'];
const flowControls: readonly PortSettings['flowControl'][] = ['none', 'hardware', 'software'];

/** What is seldom changed: the form of a character, flow control, and the control lines on opening. */
export function settingsFields(settings: PortSettings, change: ChangeSettings): TemplateResult {
  return html`
    <div class="drawer" role="group" aria-label="Port settings">
      ${choice('Data bits', dataBits, settings.dataBits, (value) => change({ dataBits: value }))}
      ${choice('Parity', parities, settings.parity, (value) => change({ parity: value }))}
      ${choice('Stop bits', stopBits, settings.stopBits, (value) => change({ stopBits: value }))}
      ${choice('Flow control', flowControls, settings.flowControl, (value) => change({ flowControl: value }))}
      <mw-checkbox
        title="Data terminal ready: boards with USB of their own often print nothing without it"
        .checked=${settings.dtr}
        @change=${(event: Event) => change({ dtr: isTicked(event) })}
        >DTR on opening</mw-checkbox
      >
      <mw-checkbox
        title="Request to send: together with DTR it resets some boards"
        .checked=${settings.rts}
        @change=${(event: Event) => change({ rts: isTicked(event) })}
        >RTS on opening</mw-checkbox
      >
    </div>
  `;
}

/** The rate: one of the list, or another that is typed. */
export function rateFields(
  rate: { readonly baudRate: number; readonly rates: readonly number[]; readonly isTyped: boolean },
  change: (baudRate: number) => void,
  type: (isTyped: boolean) => void,
): TemplateResult {
  const isOther = rate.isTyped || !rate.rates.includes(rate.baudRate);
  const chosen = (value: string): void => {
    type(value === 'other');
    if (value !== 'other') change(Number(value));
  };
  return html`
    <label class="field"
      ><span>Baud</span>
      <select aria-label="Baud rate" @change=${(event: Event) => chosen(valueOf(event))}>
        ${rate.rates.map(
          (each) => html`<option value=${each} .selected=${!isOther && each === rate.baudRate}>${each}</option>`,
        )}
        <option value="other" .selected=${isOther}>Other …</option>
      </select></label
    >
    ${isOther ? rateInput(rate.baudRate, change) : ''}
  `;
}

function rateInput(baudRate: number, change: (baudRate: number) => void): TemplateResult {
  return html`<input
    type="number"
    min="1"
    max="20000000"
    step="1"
    aria-label="Other baud rate"
    .value=${String(baudRate)}
    @change=${(event: Event) => {
      const value = Math.round(Number(valueOf(event)));
      if (value > 0) change(value);
    }}
  />`;
}

function choice<Value extends string | number>(
  label: string,
  values: readonly Value[],
  chosen: Value,
  change: (value: Value) => void,
): TemplateResult {
  return html`<label class="field"
    ><span>${label}</span>
    <select @change=${(event: Event) => change(values[(event.target as HTMLSelectElement).selectedIndex])}>
      ${values.map((value) => html`<option .selected=${value === chosen}>${value}</option>`)}
    </select></label
  >`;
}
