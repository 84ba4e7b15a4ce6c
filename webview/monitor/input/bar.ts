import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { TabState } from '../../../src/protocol/monitorState';
import type { LineEnding } from '../../../src/protocol/serialPort';
import { valueOf } from '../../parts/fields';
import type { Actions } from '../actions';
import type { PageState } from '../store';

const endings: readonly (readonly [LineEnding, string])[] = [
  ['lf', 'LF'],
  ['crlf', 'CR LF'],
  ['cr', 'CR'],
  ['none', 'No line end'],
];

/** What goes to the board: a line, bytes in hexadecimal, or a file. Up and down bring back what was sent. */
export function inputBar({ input }: PageState, tab: TabState, actions: Actions): TemplateResult {
  const isOpen = tab.connection.phase === 'open';
  const isHex = input.kind === 'hex';
  return html`<div class="input" role="group" aria-label="Send">
    <select
      aria-label="What is sent"
      @change=${(event: Event) =>
        actions.dispatch({ type: 'inputKind', kind: valueOf(event) === 'hex' ? 'hex' : 'text' })}
    >
      <option value="text" .selected=${!isHex}>Text</option>
      <option value="hex" .selected=${isHex}>Hex</option>
    </select>
    <mw-text-field
      id="input"
      class="grow"
      aria-label=${isHex ? 'Bytes to send, in hexadecimal' : 'Line to send'}
      placeholder=${isOpen ? (isHex ? '4d 57 0x31' : 'Send a line') : 'Not connected'}
      spellcheck="false"
      ?disabled=${!isOpen}
      .value=${input.text}
      @input=${(event: Event) => actions.dispatch({ type: 'typed', text: valueOf(event) })}
      @keydown=${(event: KeyboardEvent) => onKey(event, actions)}
    ></mw-text-field>
    <select
      aria-label="Line end"
      ?disabled=${isHex}
      @change=${(event: Event) => actions.display({ lineEnding: valueOf(event) as LineEnding })}
    >
      ${endings.map(
        ([ending, name]) =>
          html`<option value=${ending} .selected=${ending === tab.display.lineEnding}>${name}</option>`,
      )}
    </select>
    <mw-button ?disabled=${!isOpen} @click=${() => actions.send()}>Send</mw-button>
    <mw-button
      appearance="secondary"
      ?disabled=${!isOpen}
      @click=${() => actions.ask({ type: 'sendFile', tab: tab.id })}
      >Send file …</mw-button
    >
  </div>`;
}

function onKey(event: KeyboardEvent, { dispatch, send }: Actions): void {
  if (event.isComposing) return;
  if (event.key === 'Enter') send();
  else if (event.key === 'ArrowUp') dispatch({ type: 'recall', by: -1 });
  else if (event.key === 'ArrowDown') dispatch({ type: 'recall', by: 1 });
  else return;
  event.preventDefault();
}
