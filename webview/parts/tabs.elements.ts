import { html } from 'lit-html';
import type { DrawTabs } from './tabList';

/**
 * Tabs of VSCode Elements: the active one is named by its place, ids are the library's own, and a tab can be
 * focused before it was first the active one only where that is said.
 */
export const drawTabs: DrawTabs = ({ label, selected, select, tabs }) => {
  return html`<mw-panels
    aria-label=${label}
    selected-index=${tabs.findIndex(({ name }) => name === selected)}
    @vsc-tabs-select=${({ detail }: CustomEvent<{ readonly selectedIndex: number }>) =>
      select(tabs[detail.selectedIndex].name)}
  >
    ${tabs.map(({ title }) => html`<mw-panel-tab slot="header" tabindex="-1" aria-selected="false">${title}</mw-panel-tab>`)}
    ${tabs.map(({ content }) => html`<mw-panel-view>${content}</mw-panel-view>`)}
  </mw-panels>`;
};
