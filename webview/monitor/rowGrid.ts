import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { repeat } from 'lit-html/directives/repeat.js';
import type { ListPlan } from './list';
import type { Scroller } from './scroller';
import { spacerPx } from './virtual';

/** A grid of rows of which only those in view exist. */
interface RowGrid {
  /** For screen readers. */
  readonly label: string;
  /** Classes beside `lines`. */
  readonly classes: string;
  readonly plan: ListPlan;
  readonly scroller: Scroller;
  readonly rowView: (row: number) => TemplateResult;
  /** Shown where there is no row. */
  readonly empty: TemplateResult;
  readonly onKey: (event: KeyboardEvent) => void;
  /** Present where rows can be chosen: id of the one with the cursor, if any. */
  readonly choosing?: { readonly activeId?: string };
}

/** Draws the rows of a plan within a list that scrolls as if all of them were there. */
export function rowGrid(grid: RowGrid): TemplateResult {
  const { plan, scroller, choosing } = grid;
  const numbers = Array.from({ length: plan.end - plan.first }, (_, index) => plan.first + index);
  return html`
    <div
      class="lines ${grid.classes}"
      role="grid"
      aria-label=${grid.label}
      aria-rowcount=${plan.rows}
      aria-multiselectable=${choosing === undefined ? nothing : 'true'}
      aria-activedescendant=${choosing?.activeId ?? nothing}
      tabindex="0"
      ${ref(scroller.attach)}
      @scroll=${scroller.onScroll}
      @wheel=${scroller.onWheel}
      @keydown=${grid.onKey}
    >
      <div class="spacer" .style=${`height: ${spacerPx(scroller.geometry(plan.rows))}px`}>
        <div class="layer" role="presentation">
          <div class="shift" role="presentation" .style=${`transform: translateY(${plan.offsetPx}px)`}>
            ${repeat(numbers, (row) => row, grid.rowView)}
          </div>
        </div>
      </div>
      ${plan.rows === 0 ? grid.empty : nothing}
    </div>
  `;
}
