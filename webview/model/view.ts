import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Report } from '../../src/core/estimate/report';
import type { ModelEditorState } from '../../src/protocol/modelEditor';
import { countText, exactBytesText, hertzText } from '../../src/core/text/units';
import type { Actions } from './actions';
import { arenaMap } from './arenaMap';
import { layerDetails } from './details';
import { findingList } from './findings';
import { graphView } from './graphView';
import { layerTable } from './layerTable';
import { offerTable } from './offers';
import type { PageState, View } from './store';
import { totals } from './totals';

/** The whole page. */
export function modelPage(page: PageState, actions: Actions): TemplateResult {
  const { editor } = page;
  if (editor === undefined || editor.status === 'loading') return message('Reading the model …');
  if (editor.report === undefined) return message(editor.error ?? 'The model cannot be read.', 'alert');
  return html`
    ${heading(editor, editor.report, actions)} ${staleNote(editor)} ${totals(editor.report, actions)}
    ${findingList(page, editor.report, actions)}
    <vscode-panels
      aria-label="Views of the model"
      activeid=${`tab-${page.view}`}
      @change=${(event: Event) => actions.dispatch({ type: 'view', view: viewOf(event) ?? page.view })}
    >
      <vscode-panel-tab id="tab-layers">Layers</vscode-panel-tab>
      <vscode-panel-tab id="tab-graph">Graph</vscode-panel-tab>
      <vscode-panel-tab id="tab-offers">What can be done ${possibleCount(editor)}</vscode-panel-tab>
      <vscode-panel-tab id="tab-arena">Memory map</vscode-panel-tab>
      <vscode-panel-view id="view-layers">
        <div class="layers">${layerTable(page, editor.report, actions)} ${layerDetails(page, actions)}</div>
      </vscode-panel-view>
      <vscode-panel-view id="view-graph">
        ${
          page.view === 'graph'
            ? html`<div class="layers">${graphView(page, editor.report, actions)} ${layerDetails(page, actions)}</div>`
            : nothing
        }
      </vscode-panel-view>
      <vscode-panel-view id="view-offers">${offerTable(page, editor.offers, actions)}</vscode-panel-view>
      <vscode-panel-view id="view-arena">${arenaMap(editor, page, actions)}</vscode-panel-view>
    </vscode-panels>
  `;
}

const views: readonly View[] = ['layers', 'graph', 'offers', 'arena'];

/** The view whose tab is the active one; tabs of what stands inside a view tell of theirs, too. */
function viewOf({ target }: Event): View | undefined {
  const active = (target as { readonly activeid?: string }).activeid;
  return views.find((view) => active === `tab-${view}`);
}

function possibleCount({ offers }: ModelEditorState): TemplateResult | typeof nothing {
  const count = offers.filter(({ isPossible, layer }) => isPossible && layer === undefined).length;
  return count === 0 ? nothing : html`<span class="badge">${count}</span>`;
}

function message(text: string, role: 'status' | 'alert' = 'status'): TemplateResult {
  return html`<main class="message" role=${role}><p>${text}</p></main>`;
}

function heading(editor: ModelEditorState, { model, target }: Report, { tell }: Actions): TemplateResult {
  const clock = target.clockHz === undefined ? '' : ` · ${hertzText(target.clockHz)}`;
  return html`
    <header>
      <div>
        <h1>${editor.fileName}</h1>
        <p class="facts">
          ${exactBytesText(model.bytes)} · ${model.operators} operators · ${countText(model.macs)} MACs ·
          ${countText(model.parameters)} parameters
        </p>
        <p class="facts">
          <button class="link" title="Choose a board" @click=${() => tell({ type: 'pickBoard' })}>
            ${target.boardName ?? 'Choose a board'}</button
          >${clock} ·
          <button class="link" title="Choose a runtime" @click=${() => tell({ type: 'pickRuntime' })}>
            ${target.runtime}
          </button>
          · TFLM ${target.tflmVersion} · -${target.optimization}
        </p>
      </div>
      <div class="buttons">
        <vscode-button @click=${() => tell({ type: 'openListing' })}>Open listing</vscode-button>
        <vscode-button appearance="secondary" @click=${() => tell({ type: 'runCommand', command: 'compareWithHead' })}>
          Compare with HEAD
        </vscode-button>
        <vscode-button appearance="secondary" @click=${() => tell({ type: 'runCommand', command: 'exportFirmware' })}>
          Export for firmware
        </vscode-button>
        <vscode-button appearance="secondary" @click=${() => tell({ type: 'runCommand', command: 'copyReport' })}>
          Copy report
        </vscode-button>
      </div>
    </header>
  `;
}

function staleNote({ stale, error }: ModelEditorState): TemplateResult | typeof nothing {
  if (!stale && error === undefined) return nothing;
  return html`<p class="stale" role="status">
    ${error ?? 'The file or the target has changed: these figures are being computed again.'}
  </p>`;
}
