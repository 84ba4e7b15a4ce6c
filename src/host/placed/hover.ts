import * as vscode from 'vscode';
import type { TensorCard } from '../../core/analysis/analysis';
import { layerMannersText, modelMannersText } from '../../core/analysis/mannersText';
import type { Analyses } from '../analysis/analyses';
import type { OperandFacts, OperatorWords, TensorRange } from './hoverText';
import { operatorHover, tensorHover } from './hoverText';
import type { PlacedLayer, PlacedTensor, PlacedView, PlacedViews } from './placedView';
import { layerFacts, tensorCard } from './placedView';

/** Layers that one hover describes; a line that stands for a whole block may have dozens. */
const mostLayers = 4;

/** Hovers over operators and tensors. Ranges of weights are read only here, when somebody looks. */
export function registerHover(views: PlacedViews, analyses: Analyses): vscode.Disposable {
  return vscode.languages.registerHoverProvider(views.selector, {
    provideHover: async (document, position, token) => {
      const found = await views.of(document, token);
      const hovers = await Promise.all(found.map((view) => hoverOver(view, position, analyses)));
      return joined(hovers.filter((hover) => hover !== undefined));
    },
  });
}

async function hoverOver(
  view: PlacedView,
  position: vscode.Position,
  analyses: Analyses,
): Promise<HoverParts | undefined> {
  const tensor = view.tensorAt(position);
  const layers = layersNear(view, position);
  if (tensor !== undefined && !isNameOf(view, layers, tensor)) return hoverOverTensor(view, tensor, analyses);
  const told = view.isSummedUpAt?.(position.line) === true ? [] : layers;
  const said = view.saidAt?.(position);
  const manners = await mannersAt(view, { line: position.line, layers }, analyses);
  // Of one operator, what it is comes first.
  const isOne = said === undefined && told.length === 1;
  const beside = isOne ? manners : [];
  const hovers = await Promise.all(
    told.slice(0, mostLayers).map((layer, place) => hoverOverLayer(view, { layer, beside, place }, analyses)),
  );
  const parts = [...(said === undefined ? [] : [said]), ...(isOne ? [] : manners)];
  const known = [...(parts.length === 0 ? [] : [{ parts }]), ...hovers.filter((hover) => hover !== undefined)];
  const left = told.length - mostLayers;
  if (left <= 0) return joinedParts(known);
  return joinedParts([...known, { parts: [`${left} more operators stand on this line.`] }]);
}

/**
 * What the official converter makes of the Keras layers, and at the head of the whole model, beside ours. Nothing where
 * that cannot be found out any more: the rest of the hover still holds.
 */
async function mannersAt(
  { analysis, head, key }: PlacedView,
  { line, layers }: { readonly line: number; readonly layers: readonly number[] },
  analyses: Analyses,
): Promise<readonly string[]> {
  const isHead = line === head.start.line;
  if (!isHead && layers.length === 0) return [];
  const all = analysis.report.layers;
  const isProgram = analysis.program !== undefined;
  const positions = layers.flatMap((layer) => (all.at(layer)?.graph === 0 ? [all[layer].position] : []));
  try {
    const comparison = await analyses.entry(key).manners();
    if (comparison === undefined) return [];
    const texts = [
      isHead ? modelMannersText(comparison) : undefined,
      layerMannersText(comparison, positions, isProgram),
    ];
    return texts.filter((text) => text !== undefined);
  } catch {
    return [];
  }
}

/** Of the layers on a line those whose own text is pointed at; all of them where it is none's or everybody's. */
function layersNear(view: PlacedView, position: vscode.Position): readonly number[] {
  const layers = view.layersAt(position.line);
  const pointedAt = layers.filter((layer) => view.placeOf(layer)?.name.contains(position) === true);
  return pointedAt.length === 0 ? layers : pointedAt;
}

/** The name of a layer stands for the layer, though it defines a tensor. */
function isNameOf(view: PlacedView, layers: readonly number[], { range }: PlacedTensor): boolean {
  return layers.some((layer) => view.placeOf(layer)?.name.start.isEqual(range.start) === true);
}

/** What is said at a place, and of which stretch of text. */
interface HoverParts {
  readonly parts: readonly string[];
  readonly range?: vscode.Range;
}

/** One after the other; of several stretches of text none is marked. */
function joinedParts(hovers: readonly HoverParts[]): HoverParts | undefined {
  if (hovers.length === 0) return undefined;
  return { parts: hovers.flatMap(({ parts }) => parts), range: hovers.length === 1 ? hovers[0].range : undefined };
}

function joined(hovers: readonly HoverParts[]): vscode.Hover | undefined {
  const all = joinedParts(hovers);
  return (
    all &&
    new vscode.Hover(
      all.parts.map((part) => new vscode.MarkdownString(part)),
      all.range,
    )
  );
}

async function hoverOverTensor(
  view: PlacedView,
  { graph, tensor, range }: PlacedTensor,
  analyses: Analyses,
): Promise<HoverParts | undefined> {
  const card = tensorCard(view.analysis, graph, tensor);
  return card && { parts: [tensorHover(card, await rangeOfValues(view, card, analyses))], range };
}

async function hoverOverLayer(
  view: PlacedView,
  { layer, ...how }: OperatorWords & { readonly layer: number },
  analyses: Analyses,
): Promise<HoverParts | undefined> {
  const facts = layerFacts(view.analysis, layer);
  if (facts === undefined) return undefined;
  const operands = await Promise.all([
    ...facts.card.inputs.map((tensor, position) => operand(view, facts, { tensor, place: `in ${position}` }, analyses)),
    ...facts.card.outputs.map((tensor, position) =>
      operand(view, facts, { tensor, place: `out ${position}` }, analyses),
    ),
  ]);
  const known = operands.filter((each) => each !== undefined);
  return { parts: [operatorHover(facts, known, view.analysis, how)], range: view.placeOf(layer)?.range };
}

async function operand(
  view: PlacedView,
  { card: { graph } }: PlacedLayer,
  { tensor, place }: { readonly tensor: number; readonly place: string },
  analyses: Analyses,
): Promise<OperandFacts | undefined> {
  const card = tensor < 0 ? undefined : tensorCard(view.analysis, graph, tensor);
  return card && { place, card, range: await rangeOfValues(view, card, analyses) };
}

/** Nothing where the constant cannot be read any more (the file is gone): the rest of the hover still holds. */
async function rangeOfValues({ key }: PlacedView, card: TensorCard, analyses: Analyses): Promise<TensorRange> {
  if (!card.constant) return undefined;
  try {
    return await analyses.entry(key).tensorRange(card.graph, card.tensor);
  } catch {
    return undefined;
  }
}
