import { render } from 'lit-html';
import type { FromModelEditorDirection, ToModelEditorDirection } from '../../src/protocol/modelEditor';
import { registerControls } from '../parts/controls';
import { connectHost } from '../parts/host';
import type { PageEvent, PageState } from './store';
import { initialState, reduce } from './store';
import { modelPage } from './view';
import '../parts/report.css';
import './style.css';

/** The page of the model editor: takes the state from the host, keeps sort, filter and selection itself. */
function start(): void {
  registerControls();
  const host = connectHost<FromModelEditorDirection, ToModelEditorDirection>({
    state: ({ state }) => dispatch({ type: 'state', state }),
    reveal: ({ layer }) => {
      dispatch({ type: 'reveal', layer });
      scrollToSelected();
    },
  });
  let page: PageState = { ...initialState, ...keptPart(host.kept) };

  function dispatch(event: PageEvent): void {
    page = reduce(page, event);
    host.keep({ sort: page.sort, filter: page.filter, selected: page.selected, view: page.view });
    render(modelPage(page, { dispatch, tell: (message) => host.rpc.notify(message) }), document.body);
    if (event.type === 'move' || event.type === 'select') scrollToSelected();
  }

  host.rpc.notify({ type: 'ready' });
}

function scrollToSelected(): void {
  const row = document.querySelector<HTMLElement | SVGElement>('svg [aria-pressed="true"], tr[aria-selected="true"]');
  row?.scrollIntoView({ block: 'nearest' });
  row?.focus();
}

/** What an earlier life of the page kept; anything unexpected is dropped. */
function keptPart(kept: unknown): Partial<PageState> {
  if (typeof kept !== 'object' || kept === null || !('sort' in kept)) return {};
  return kept as Pick<PageState, 'sort' | 'filter' | 'selected' | 'view'>;
}

start();
