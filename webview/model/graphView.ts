import { html, nothing, svg } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { LayerFacts, Report } from '../../src/core/estimate/report';
import { compactBytes, compactCount, compactShare } from '../../src/core/text/compact';
import type { ModelEditorState } from '../../src/protocol/modelEditor';
import { moveOf } from '../parts/fields';
import type { Actions } from './actions';
import { graphPicture, mostDrawnLayers, type GraphPicture, type NodeBox } from './graphLayout';
import type { GraphCost, PageState } from './store';
import { costOf } from './store';

/** The main graph with the cost of each layer as its colour; a layer is chosen here as in the table. */
export function graphView(page: PageState, report: Report, actions: Actions): TemplateResult {
  const picture = page.editor === undefined ? undefined : pictureOf(page.editor);
  if (picture === undefined) {
    return html`<p class="facts">
      The graph is drawn for models of up to ${mostDrawnLayers} layers: the table and the listing show all of this one.
    </p>`;
  }
  const scale = scaleOf(report, page.graphCost);
  return html`
    <div class="graph">
      <div class="costs" role="group" aria-label="Cost that is shown as colour">
        ${costs.map(
          ({ cost, title }) =>
            html`<button
              class="link"
              aria-pressed=${page.graphCost === cost}
              @click=${() => actions.dispatch({ type: 'graphCost', cost })}
            >
              ${title}
            </button>`,
        )}
      </div>
      <svg
        viewBox="0 0 ${picture.width} ${picture.height}"
        .style=${`width: ${picture.width}px`}
        role="group"
        aria-label="Graph of the model"
        @keydown=${(event: KeyboardEvent) => onKey(event, actions)}
      >
        ${picture.edges.map(({ points }) => svg`<polyline points=${points.map((point) => point.join(',')).join(' ')} />`)}
        ${picture.nodes.map((box) => node(box, { page, report, scale, actions }))}
      </svg>
      ${
        report.layers.some(({ graph }) => graph > 0)
          ? html`<p class="facts">The main graph is drawn; the others are in the table.</p>`
          : nothing
      }
    </div>
  `;
}

const costs: readonly { readonly cost: GraphCost; readonly title: string }[] = [
  { cost: 'cycles', title: 'Cycles' },
  { cost: 'ramBytes', title: 'RAM' },
  { cost: 'flashBytes', title: 'Flash' },
];

interface NodeContext {
  readonly page: PageState;
  readonly report: Report;
  readonly scale: Scale;
  readonly actions: Actions;
}

function node(box: NodeBox, { page, report, scale, actions }: NodeContext): TemplateResult {
  const { left, top, width, height, input } = box;
  const place = `translate(${left} ${top})`;
  if (box.layer === undefined) {
    return svg`<g class="input" transform=${place}>
      <rect width=${width} height=${height} rx="11" />
      <text x=${width / 2} y=${height / 2 + 4}>${shortened(input ?? '', 16)}</text>
    </g>`;
  }
  const layer = report.layers[box.layer];
  const text = costText(layer, scale);
  const isSelected = page.selected === layer.index;
  const isFocusable = isSelected || (page.selected === undefined && layer.index === 0);
  return svg`<g
    class="layer"
    transform=${place}
    role="button"
    data-layer=${layer.index}
    tabindex=${isFocusable ? 0 : -1}
    aria-pressed=${isSelected}
    aria-label=${`${layer.name}, ${layer.operator}, ${text}`}
    @click=${() => actions.dispatch({ type: 'select', layer: layer.index })}
    @dblclick=${() => actions.tell({ type: 'openListing', layer: layer.index })}
  >
    <title>${`${layer.name}: ${layer.operator}, ${text}`}</title>
    <rect class="ground" width=${width} height=${height} rx="3" />
    <rect class=${`fill ${page.graphCost}`} width=${width} height=${height} rx="3" fill-opacity=${opacity(layer, scale)} />
    <text class="name" x="8" y="16">${shortened(layer.name, 15)}</text>
    <text class="cost" x=${width - 8} y="16">${text}</text>
    <text class="operator" x="8" y="31">${shortened(layer.operator, 22)}</text>
  </g>`;
}

function onKey(event: KeyboardEvent, { dispatch, tell }: Actions): void {
  const by = moveOf(event.key);
  const layer = Number((event.target as SVGElement).dataset.layer);
  if (by !== undefined) dispatch({ type: 'move', by });
  else if (event.key === ' ' && !Number.isNaN(layer)) dispatch({ type: 'select', layer });
  else if (event.key === 'Enter' && !Number.isNaN(layer)) tell({ type: 'openListing', layer });
  else return;
  event.preventDefault();
}

/** How a cost is shown: against the largest of all layers, and as text. */
interface Scale {
  readonly of: (layer: LayerFacts) => number | undefined;
  readonly largest: number;
  readonly text: (cost: number) => string;
}

function scaleOf({ layers }: Report, cost: GraphCost): Scale {
  const of = cost === 'cycles' ? costOf : (layer: LayerFacts): number | undefined => layer[cost];
  const known = layers.map((layer) => of(layer) ?? 0);
  const total = known.reduce((sum, each) => sum + each, 0);
  const largest = known.reduce((most, each) => Math.max(most, each), 0);
  const text = cost === 'cycles' ? (each: number): string => share(each, total) : compactBytes;
  return { of, largest, text };
}

function share(cost: number, total: number): string {
  return total === 0 ? compactCount(cost) : compactShare(cost / total).trim();
}

function costText(layer: LayerFacts, { of, text }: Scale): string {
  const cost = of(layer);
  return cost === undefined ? '-' : text(cost).trim();
}

function opacity(layer: LayerFacts, { of, largest }: Scale): string {
  return largest === 0 ? '0' : (((of(layer) ?? 0) / largest) * 0.7).toFixed(2);
}

/** The end of a name tells more than its beginning, which layers of a block have in common. */
function shortened(text: string, most: number): string {
  return text.length <= most ? text : `…${text.slice(1 - most)}`;
}

const pictures = new WeakMap<object, { readonly picture: GraphPicture | undefined }>();

/** Laid out once for each analysis, however often the page is drawn. */
function pictureOf({ operators = [], tensors = [] }: ModelEditorState): GraphPicture | undefined {
  const known = pictures.get(operators);
  if (known !== undefined) return known.picture;
  const picture = graphPicture(operators, tensors);
  pictures.set(operators, { picture });
  return picture;
}
