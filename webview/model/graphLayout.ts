import { Graph, layout } from '@dagrejs/dagre';
import type { OperatorCard, TensorCard } from '../../src/core/analysis/analysis';

/** A box of the picture: a layer, or an input of the model. Left, top, width and height in pixels. */
export interface NodeBox {
  readonly id: string;
  /** Index into the report's layers; absent for an input of the model. */
  readonly layer?: number;
  /** Name of the input. */
  readonly input?: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A line from what makes a tensor to what takes it. */
interface EdgeLine {
  readonly points: readonly (readonly [number, number])[];
}

export interface GraphPicture {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly NodeBox[];
  readonly edges: readonly EdgeLine[];
}

/** Laying out takes longer than in proportion to the layers: of more a picture would show nothing, either. */
export const mostDrawnLayers = 400;

const layerSize = { width: 168, height: 38 };
const inputSize = { width: 120, height: 22 };

/**
 * The main graph from top to bottom. `operators` in the order of the report's layers. `undefined` where it has more
 * layers than are drawn.
 */
export function graphPicture(
  operators: readonly OperatorCard[],
  tensors: readonly TensorCard[],
): GraphPicture | undefined {
  const layers = operators.map((card, layer) => ({ card, layer })).filter(({ card }) => card.graph === 0);
  if (layers.length > mostDrawnLayers) return undefined;
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 24, ranksep: 22, marginx: 4, marginy: 4 });
  graph.setDefaultEdgeLabel(() => ({}));
  const maker = new Map<number, string>();
  for (const { card, layer } of layers) {
    graph.setNode(String(layer), { ...layerSize });
    for (const tensor of card.outputs) maker.set(tensor, String(layer));
  }
  const inputs = new Map<string, string>();
  for (const { card, layer } of layers) {
    for (const tensor of card.inputs) {
      const from = maker.get(tensor) ?? inputOf(tensor);
      // What a layer keeps for the next run is no line of the picture.
      if (from !== undefined && from !== String(layer)) graph.setEdge(from, String(layer));
    }
  }
  layout(graph);
  return pictureOf();

  /** The box of an input of the model, made when it is first met. */
  function inputOf(tensor: number): string | undefined {
    const card = tensors.find((each) => each.graph === 0 && each.tensor === tensor);
    if (card === undefined || card.constant || card.variable) return undefined;
    const id = `in${tensor}`;
    if (!inputs.has(id)) {
      inputs.set(id, card.name);
      graph.setNode(id, { ...inputSize });
    }
    return id;
  }

  function pictureOf(): GraphPicture {
    const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
    const nodes = graph.nodes().map((id): NodeBox => {
      const { x, y, width: wide, height: high } = graph.node(id) as Box;
      const what = inputs.has(id) ? { input: inputs.get(id) } : { layer: Number(id) };
      return { id, ...what, left: x - wide / 2, top: y - high / 2, width: wide, height: high };
    });
    const edges = graph.edges().map((edge) => {
      const { points } = graph.edge(edge) as { readonly points: readonly { readonly x: number; readonly y: number }[] };
      return { points: points.map(({ x, y }) => [x, y] as const) };
    });
    return { width, height, nodes, edges };
  }
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
