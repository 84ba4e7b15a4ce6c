import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Report } from '../../src/core/estimate/report';
import type { ModelEditorState } from '../../src/protocol/modelEditor';
import { countText, exactBytesText, hertzText } from '../../src/core/text/units';
import type { TabList } from '../parts/tabList';
import { drawTabs } from '../parts/tabs';
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
    ${drawTabs<View>({
      label: 'Views of the model',
      selected: page.view,
      select: (view) => actions.dispatch({ type: 'view', view }),
      tabs: tabsOf(page, editor, editor.report, actions),
    })}
  `;
}

function tabsOf(page: PageState, editor: ModelEditorState, report: Report, actions: Actions): TabList<View>['tabs'] {
  const details = layerDetails(page, actions);
  const graph = page.view !== 'graph' ? nothing : graphView(page, report, actions);
  return [
    {
      name: 'layers',
      title: 'Layers',
      content: html`<div class="layers">${layerTable(page, report, actions)} ${details}</div>`,
    },
    {
      name: 'graph',
      title: 'Graph',
      content: graph === nothing ? nothing : html`<div class="layers">${graph} ${details}</div>`,
    },
    {
      name: 'offers',
      title: html`What can be done ${possibleCount(editor)}`,
      content: offerTable(page, editor.offers, actions),
    },
    { name: 'arena', title: 'Memory map', content: arenaMap(editor, page, actions) },
  ];
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
        <mw-button @click=${() => tell({ type: 'openListing' })}>Open listing</mw-button>
        <mw-button appearance="secondary" @click=${() => tell({ type: 'runCommand', command: 'compareWithHead' })}>
          Compare with HEAD
        </mw-button>
        <mw-button appearance="secondary" @click=${() => tell({ type: 'runCommand', command: 'exportFirmware' })}>
          Export for firmware
        </mw-button>
        <mw-button appearance="secondary" @click=${() => tell({ type: 'runCommand', command: 'copyReport' })}>
          Copy report
        </mw-button>
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
