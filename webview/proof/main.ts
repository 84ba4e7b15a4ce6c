import { render } from 'lit-html';
import type { FromProofPageDirection, ToProofPageDirection } from '../../src/protocol/proofPage';
import { registerControls } from '../parts/controls';
import { connectHost } from '../parts/host';
import type { Actions } from './actions';
import { Chart } from './chart';
import type { PageEvent, PageState } from './store';
import { initialState, reduce } from './store';
import { tradeoffChart } from './tradeoff';
import { curveChart, proofPage } from './view';
import 'uplot/dist/uPlot.min.css';
import '../parts/report.css';
import './style.css';

/** The page of one compression: takes the state from the host, keeps order and choice of points itself. */
function start(): void {
  registerControls();
  const host = connectHost<FromProofPageDirection, ToProofPageDirection>({
    state: (message) => dispatch(message),
    progress: (message) => dispatch(message),
    points: (message) => dispatch(message),
  });
  const charts = { curves: new Chart(), tradeoff: new Chart() };
  let page: PageState = { ...initialState, ...keptPart(host.kept) };

  const actions: Actions = {
    dispatch,
    tell: (message) => host.rpc.notify(message),
    savePicture: () => void savePicture(),
  };

  async function savePicture(): Promise<void> {
    const png = await charts.tradeoff.picture();
    if (png !== undefined) host.rpc.notify({ type: 'exportPng', png });
  }

  function dispatch(event: PageEvent): void {
    page = reduce(page, event);
    host.keep({ order: page.order, cost: page.cost, point: page.point });
    render(proofPage(page, actions), document.body);
    draw();
  }

  function draw(): void {
    const { shown } = page;
    charts.curves.draw(document.querySelector('#curve-plot'), shown && curveChart(shown));
    charts.tradeoff.draw(
      document.querySelector('#tradeoff-plot'),
      shown?.tradeoff && tradeoffChart(shown.tradeoff, page, actions),
    );
  }

  window.addEventListener('resize', () => {
    charts.curves.fit();
    charts.tradeoff.fit();
  });
  const themes = new MutationObserver(() => {
    charts.curves.redraw();
    charts.tradeoff.redraw();
  });
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  themes.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  host.rpc.notify({ type: 'ready' });
}

/** What an earlier life of the page kept; anything unexpected is dropped. */
function keptPart(kept: unknown): Partial<PageState> {
  if (typeof kept !== 'object' || kept === null || !('order' in kept)) return {};
  return kept as Pick<PageState, 'order' | 'cost' | 'point'>;
}

start();
