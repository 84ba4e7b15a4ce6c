import { html } from 'lit-html';
import type { DrawTabs } from './tabList';

/** Tabs of the toolkit: the active one is named by its id. */
export const drawTabs: DrawTabs = ({ label, selected, select, tabs }) => {
  return html`<mw-panels
    aria-label=${label}
    activeid=${`tab-${selected}`}
    @change=${({ target }: Event) => {
      // What stands inside a view tells of its own changes, too.
      const active = (target as { readonly activeid?: string }).activeid;
      const chosen = tabs.find(({ name }) => active === `tab-${name}`);
      if (chosen !== undefined) select(chosen.name);
    }}
  >
    ${tabs.map(({ name, title }) => html`<mw-panel-tab id=${`tab-${name}`}>${title}</mw-panel-tab>`)}
    ${tabs.map(({ name, content }) => html`<mw-panel-view id=${`view-${name}`}>${content}</mw-panel-view>`)}
  </mw-panels>`;
};
