import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { exactBytesText } from '../../../src/core/text/units';
import type { LogState, TabState } from '../../../src/protocol/monitorState';
import type { Actions } from '../actions';

/** Writing to a file: whether it is done, where to, and how to begin and end it. */
export function logPane(tab: TabState, actions: Actions): TemplateResult {
  return html`<div class="scroll" role="region" aria-label="Log" tabindex="0">
    ${tab.log === undefined ? stopped(tab, actions) : running(tab.log, tab, actions)}
    <section class="card">
      <h2>What was received so far</h2>
      <p class="detail">Saves the history that is kept, byte for byte as it came.</p>
      <div class="buttons">
        <mw-button appearance="secondary" @click=${() => actions.ask({ type: 'saveHistory', tab: tab.id })}
          >Save as …</mw-button
        >
      </div>
    </section>
    <p class="facts">
      Logs go to the folder of the settings and are continued in a new file at the size given there.
      <button class="link" @click=${() => actions.tell({ type: 'runCommand', command: 'openSettings' })}>
        Change folder and size
      </button>
    </p>
  </div>`;
}

function stopped({ id }: TabState, { ask }: Actions): TemplateResult {
  const start = (timestamps: boolean, isAsked: boolean): void =>
    void ask({ type: 'startLog', tab: id, timestamps, ask: isAsked });
  return html`<section class="card">
    <h2>No log is written</h2>
    <p class="detail">
      A log takes every byte as it comes, binary too, and is on disk within a fifth of a second. With times, each line
      begins with the moment of its arrival, and the file is no longer the bytes alone.
    </p>
    <div class="buttons">
      <mw-button @click=${() => start(false, false)}>Start log</mw-button>
      <mw-button appearance="secondary" @click=${() => start(true, false)}>Start log with times</mw-button>
      <mw-button appearance="secondary" @click=${() => start(false, true)}>Start log in …</mw-button>
      <mw-button appearance="secondary" @click=${() => start(true, true)}>Start log with times in …</mw-button>
    </div>
  </section>`;
}

function running(
  { fileName, bytes, timestamps, problem }: LogState,
  { id }: TabState,
  { tell }: Actions,
): TemplateResult {
  return html`<section class="card ${problem === undefined ? '' : 'error'}">
    <h2>${problem === undefined ? 'A log is written' : 'The log has stopped'}</h2>
    ${problem === undefined ? '' : html`<p class="detail" role="alert">${problem}</p>`}
    <dl>
      <dt>File</dt>
      <dd>${fileName}</dd>
      <dt>Written</dt>
      <dd>${exactBytesText(bytes)}</dd>
      <dt>Form</dt>
      <dd>${timestamps ? 'lines with their times' : 'bytes as they came'}</dd>
    </dl>
    <div class="buttons">
      <mw-button @click=${() => tell({ type: 'stopLog', tab: id })}>Stop log</mw-button>
      <mw-button appearance="secondary" @click=${() => tell({ type: 'openLog', tab: id })}>Open file</mw-button>
    </div>
  </section>`;
}
