import type { Origin, Origins } from '../../model/origin';
import type { Model } from '../../model/model';
import { HumanError } from '../../model/problem';
import type { KerasLayer, KerasModel } from '../kerasModel';
import type { LoweringOptions } from './context';
import type { Draft, DraftNode } from './draft';
import { convertEdges, type EdgeTypes } from './edges';
import { emitModel } from './emit';
import { draftModel, type Batch, type LayerOrigin } from './lowerModel';
import { officialNames } from './officialNames';
import { sortNodes } from './order';
import { quantizeDraft, type QuantizedNumbers } from './quantized';
import { shareCommonParts } from './passes/commonParts';
import { fuseDilation } from './passes/dilation';
import { fuseBefore, fuseBehind } from './passes/fuseBehind';
import { movesBehind } from './passes/moves';
import { absorbPadding } from './passes/padding';
import {
  broadcastReshaped,
  constantsBeforeReshape,
  denseOfAnyRank,
  expandAsReshape,
  joinReshapes,
  joinTransposes,
  sameOrder,
  sharedOrders,
  transposeAsReshape,
  transposeBefore,
} from './passes/reshapes';
import { rewriteAll } from './passes/rewriter';
import { keepScalars, noteScalars } from './passes/unreadConstants';
import { expandLists, placeVariables } from './passes/variables';

/** What a model is converted to. */
interface ConversionOptions extends EdgeTypes {
  readonly manner: LoweringOptions['manner'];
  /** Of the program that converts; that of the model where it is absent. */
  readonly flavour?: LoweringOptions['flavour'];
  readonly batch: Batch;
  /** float32 where it is absent. */
  readonly numbers?: QuantizedNumbers;
  /** Of a layer that nobody knows: an operator that TFLM does not know stands in, or the model is refused. */
  readonly unknown?: LoweringOptions['unknown'];
}

interface ConvertedModel {
  readonly model: Model;
  readonly origins: Origins;
  /** Layers of which the official converter may write other operators than these: no official file was equal. */
  readonly unproven: readonly string[];
  /** Of each operator the layer that it is of. */
  readonly layers: readonly KerasLayer[];
}

/** A Keras model as the TFLite model that a conversion makes of it. */
export function convertKeras(
  model: KerasModel,
  { manner, flavour = model.flavour, batch, numbers, unknown = 'refuse', ...edges }: ConversionOptions,
): ConvertedModel {
  const { draft, origins } = draftModel(model, { manner, flavour, unknown }, manner === 'ours' ? 1 : batch);
  draft.dropUnread();
  const graphs = draft.all();
  if (numbers !== undefined && manner === 'official' && graphs.length > 1) throw quantizedLoop(draft, origins);
  graphs.forEach((graph) => finish(graph, { flavour, manner }));
  placeVariables(draft);
  keepScalars(draft);
  if (numbers !== undefined) {
    quantizeDraft(draft, numbers);
    convertEdges(draft, edges);
  }
  const classOf = ({ origin }: DraftNode): string => origins[origin]?.layer.className ?? '';
  const names =
    manner === 'official' ? officialNames(draft, { model, flavour, isWrapped: batch === 1, classOf }) : undefined;
  const emitted = emitModel(draft, 'keras', names);
  const layers = emitted.origins[0].map((origin) => origins[origin].layer);
  const operators = emitted.origins.map((graph) => graph.map((origin) => originOf(origins[origin])));
  const doubts = graphs.flatMap((graph) => [...graph.doubts]).map((origin) => origins[origin].layer.name);
  const unproven =
    manner === 'official' ? [...new Set([...doubts, ...unprovenLayers(model, { flavour, batch, numbers })])] : [];
  return { model: emitted.model, origins: { operators }, unproven, layers };
}

/** Puts the operations of one graph into their order, and joins what is joined. */
function finish(draft: Draft, { flavour, manner }: Pick<LoweringOptions, 'flavour' | 'manner'>): void {
  draft.dropUnread();
  sortNodes(draft);
  expandLists(draft);
  noteScalars(draft);
  shareCommonParts(draft);
  rewriteAll(draft, [sameOrder, fuseDilation]);
  rewriteAll(draft, [joinTransposes, ...(flavour === 'keras3' ? [transposeBefore] : [])]);
  const byReshape = transposeAsReshape(sharedOrders(draft));
  const reshaping = [expandAsReshape, byReshape, joinReshapes, denseOfAnyRank, absorbPadding];
  rewriteAll(draft, [denseOfAnyRank]);
  rewriteAll(draft, reshaping);
  rewriteAll(draft, [fuseBehind]);
  rewriteAll(draft, [fuseBehind, fuseBefore, ...reshaping]);
  const moving = [...movesBehind(manner), constantsBeforeReshape, broadcastReshaped];
  rewriteAll(draft, [...moving, fuseBehind, fuseBefore, ...reshaping]);
  draft.dropUnread();
}

/** The official converter's process ends while it calibrates a loop. */
function quantizedLoop({ nodes }: Draft, origins: readonly LayerOrigin[]): HumanError {
  const node = nodes.find(({ graphs }) => graphs !== undefined);
  const name = node === undefined ? '' : origins[node.origin].layer.name;
  return new HumanError(
    'keras-loop',
    `The official converter makes a loop of the recurrent layer "${name}" and ends while it quantizes that. Set unroll=True, or quantize the model here.`,
  );
}

/** Layers of steps: unrolled, their order was not always the official one; masks are not followed. */
const stepped: ReadonlySet<string> = new Set(['GRU', 'SimpleRNN', 'LSTM', 'RNN', 'Bidirectional', 'TimeDistributed']);

function unprovenLayers(
  model: KerasModel,
  how: Pick<ConversionOptions, 'flavour' | 'batch' | 'numbers'>,
): readonly string[] {
  const isMasked = model.layers.some(
    ({ className, config }) => className === 'Masking' || config.get('mask_zero') === true,
  );
  return model.layers.flatMap((layer): readonly string[] => {
    if (layer.model !== undefined) return unprovenLayers(layer.model, how);
    const { className, name, config } = layer;
    const isScaledElu = className === 'ELU' && config.get('alpha') !== 1 && how.numbers !== undefined;
    const isStateful = config.get('stateful') === true;
    const isRecurrent = stepped.has(className) && (isMasked || isUnrolled(layer));
    return isScaledElu || isStateful || isRecurrent ? [name] : [];
  });
}

function isUnrolled({ config, wraps = [] }: KerasLayer): boolean {
  return config.get('unroll') === true || wraps.some(isUnrolled);
}

/** Of a layer that stands in a program. */
function originOf({ layer }: LayerOrigin): Origin | undefined {
  if (layer.origin === undefined) return undefined;
  return {
    place: layer.origin,
    layer: layer.name,
    layerKind: layer.className,
    ...(layer.calledFrom && { calls: layer.calledFrom.slice().reverse() }),
  };
}
