import { findingList } from '../../webview/model/findings';
import { layerDetails } from '../../webview/model/details';
import { layerTable } from '../../webview/model/layerTable';
import { initialState as modelState } from '../../webview/model/store';
import { firmwarePane } from '../../webview/monitor/firmware/pane';
import { lineText } from '../../webview/monitor/text/line';
import { portTabs } from '../../webview/monitor/connection/tabs';
import { initialState as proofState } from '../../webview/proof/store';
import { proofPage } from '../../webview/proof/view';
import { editorOf, layerOf, recorded as modelActions, reportOf } from './model/pages';
import { hostOf, lineOf, pageAfter, recorded as monitorActions, tabOf } from './monitor/pages';
import { proofOf, recorded as proofActions, shownOf } from './proof/pages';
import type { Drawn } from './drawn';
import { drawn } from './drawn';
import { check } from '../support/check';

const hostile = '<img src=x onerror="alert(1)"><script>alert(2)</script>';

/** Attributes that a browser would follow, run or draw by. */
const active = /^(href|src|srcdoc|action|formaction|style|on\w+|xlink:href)$/;

/** Where foreign text would be more than text. */
function harm(node: Drawn): readonly string[] {
  const named = node.tag === 'img' || node.tag === 'script' ? [`<${node.tag}>`] : [];
  const attributes = Object.keys(node.attributes).filter((name) => active.test(name));
  const styles = Object.values(node.properties).filter((value) => value === hostile);
  const below = node.children.flatMap((child) => (typeof child === 'string' ? [] : harm(child)));
  return [...named, ...attributes, ...styles.map(String), ...below];
}

/** How often the text is drawn as text. */
function seen(node: Drawn | string): number {
  if (typeof node === 'string') return node.includes(hostile) ? 1 : 0;
  return node.children.reduce((sum, child) => sum + seen(child), 0);
}

const layer = layerOf(0, hostile, { operator: hostile, variant: hostile, variantReason: hostile });
const report = reportOf({ layers: [layer] });
const finding = {
  id: 'x',
  code: hostile,
  severity: 'error',
  message: hostile,
  layer: 0,
  actions: [{ title: hostile, action: 0 }],
  hasOffers: false,
} as const;
const card = {
  id: 1,
  line: 1,
  timeMs: 0,
  severity: 'error',
  title: hostile,
  detail: hostile,
  actions: [hostile],
} as const;
const table = { headings: [hostile], rows: [[hostile]], numeric: [] };

check(
  'text of models, boards and files is text on every page',
  (view: () => unknown) => {
    const root = drawn(view());
    return [harm(root), seen(root)];
  },
  [
    {
      name: 'problems of a model',
      input: () =>
        findingList(
          { editor: editorOf(report, { findings: [finding] }), showsAllFindings: true },
          report,
          modelActions().actions,
        ),
      expected: [[], 4],
    },
    {
      name: 'layers',
      input: () => layerTable({ ...modelState, editor: editorOf(report), filter: '' }, report, modelActions().actions),
      expected: [[], 2],
    },
    {
      name: 'details of a layer',
      input: () => layerDetails({ ...modelState, editor: editorOf(report), selected: 0 }, modelActions().actions),
      expected: [[], 4],
    },
    {
      name: 'what a board says',
      input: () => firmwarePane(tabOf(1), [{ ...card, table }], monitorActions().actions),
      expected: [[], 5],
    },
    { name: 'lines', input: () => lineText(lineOf(0, hostile), []), expected: [[], 1] },
    {
      name: 'names of ports',
      input: () =>
        portTabs(pageAfter(hostOf([tabOf(1, { title: hostile, address: hostile })])), monitorActions().actions),
      expected: [[], 1],
    },
    {
      name: 'a proof',
      input: () =>
        proofPage(
          {
            ...proofState,
            shown: shownOf({
              title: hostile,
              error: hostile,
              proof: proofOf({
                warnings: [hostile],
                decisions: [hostile],
                layers: [{ name: hostile, operator: hostile, accumulatedSqnrDb: 1 }],
              }),
            }),
          },
          proofActions().actions,
        ),
      expected: [[], 6],
    },
  ],
);
