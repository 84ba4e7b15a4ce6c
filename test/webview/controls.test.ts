import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { html } from 'lit-html';
import type { DrawTabs } from '../../webview/parts/tabList';
import { drawTabs as ofToolkit } from '../../webview/parts/tabs';
import { drawTabs as ofElements } from '../../webview/parts/tabs.elements';
import { check } from '../support/check';
import { all, drawn, fire, one, texts } from './drawn';

const pages = path.join(import.meta.dirname, '..', '..', 'webview');

const sources = readdirSync(pages, { recursive: true, withFileTypes: true })
  .filter(({ name }) => name.endsWith('.ts'))
  .map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), 'utf8'));

const controls = ['mw-button', 'mw-checkbox', 'mw-panel-tab', 'mw-panel-view', 'mw-panels', 'mw-text-field'];

check('controls of the pages', (find: () => unknown) => find(), [
  {
    name: 'pages use those that are registered, by our own names',
    input: () => [...new Set(sources.flatMap((text) => text.match(/(?<=<)[a-z]+-[a-z-]+/g) ?? []))].sort(),
    expected: controls,
  },
  {
    name: 'the kept library registers each',
    input: () => {
      const text = readFileSync(path.join(pages, 'parts', 'controls.elements.ts'), 'utf8');
      return [...text.matchAll(/define\('([^']+)'/g)].map(([, name]) => name).sort();
    },
    expected: controls,
  },
]);

interface Choice {
  readonly draw: DrawTabs;
  readonly selected: 'near' | 'far';
  readonly type: string;
  readonly event: object;
}

check(
  'tabs: their titles, what is shown of them, what is chosen by an event of the library',
  ({ draw, selected, type, event }: Choice) => {
    const chosen: string[] = [];
    const list = drawn(
      draw<Choice['selected']>({
        label: 'Distances',
        selected,
        select: (name) => chosen.push(name),
        tabs: [
          { name: 'near', title: html`Near <b>2</b>`, content: 'one metre' },
          { name: 'far', title: 'Far', content: html`<p>a mile</p>` },
        ],
      }),
    );
    const panels = one(list, 'mw-panels');
    fire(panels, type, event);
    const { 'aria-label': label, activeid, 'selected-index': index } = panels.attributes;
    return [label, activeid ?? index, ...texts(list, 'mw-panel-tab'), ...texts(list, 'mw-panel-view'), ...chosen];
  },
  [
    {
      name: 'toolkit',
      input: { draw: ofToolkit, selected: 'near', type: 'change', event: { target: { activeid: 'tab-far' } } },
      expected: ['Distances', 'tab-near', 'Near 2', 'Far', 'one metre', 'a mile', 'far'],
    },
    {
      name: 'toolkit, a change of something in a tab',
      input: { draw: ofToolkit, selected: 'far', type: 'change', event: { target: { value: 'x' } } },
      expected: ['Distances', 'tab-far', 'Near 2', 'Far', 'one metre', 'a mile'],
    },
    {
      name: 'VSCode Elements',
      input: { draw: ofElements, selected: 'far', type: 'vsc-tabs-select', event: { detail: { selectedIndex: 0 } } },
      expected: ['Distances', '1', 'Near 2', 'Far', 'one metre', 'a mile', 'near'],
    },
  ],
);

check(
  'tabs of VSCode Elements can be focused before they were active',
  () => {
    const list = ofElements({
      label: '',
      selected: 'a',
      select: () => undefined,
      tabs: [{ name: 'a', title: 'A', content: '' }],
    });
    return all(drawn(list), 'mw-panel-tab').map(({ attributes }) => attributes.tabindex);
  },
  [{ name: 'each', input: undefined, expected: ['-1'] }],
);
