import type { Graph, Model } from '../../model/model';
import type { Channels } from '../channels/channels';
import { outlineWithout, removeChannels } from '../channels/removeChannels';
import { definitionOf } from '../../operators/operators';
import { fileOf } from '../rewrite/fileOf';
import { redraw } from '../rewrite/redraw';
import type { Report } from '../../estimate/report';
import type { PrunedPlace } from './writtenCosts';
import { constantBytes } from './steppedCosts';
import { writtenReportOf } from './writtenCosts';
import { reportOf } from '../costs';

/** The model without these channels. */
function prunedModel(model: Model, channels: Channels, removed: Iterable<number>): Model {
  return redraw(model, removeChannels(channels, removed));
}

/**
 * What the model will cost without these channels, computed from the file that would be written: exact, before anything
 * is trained. With `changesWeights`, weights that shared a buffer are counted apart, since they will not hold the same
 * any more.
 */
export function forecast(
  { model, channels, place }: { readonly model: Model; readonly channels: Channels; readonly place: PrunedPlace },
  removed: Iterable<number>,
  changesWeights: boolean,
): Report {
  const graph = changesWeights ? withOwnWeights(channels.graph) : channels.graph;
  return writtenReportOf(fileOf(prunedModel(model, { ...channels, graph }, removed)).model, place);
}

/**
 * As `forecast`, faster: the size of the file follows from its constants and is a few bytes off. For comparing many
 * candidates.
 */
export function quickForecast(
  { model, channels, place }: { readonly model: Model; readonly channels: Channels; readonly place: PrunedPlace },
  removed: Iterable<number>,
): Report {
  const next = redraw(model, outlineWithout(channels, removed));
  if (place.asWritten !== undefined) return writtenReportOf(next, place);
  const fileBytes = model.fileBytes - constantBytes(model) + constantBytes(next);
  return reportOf({ ...next, fileBytes }, place);
}

/** Weights and biases with buffers of their own. */
export function withOwnWeights(graph: Graph): Graph {
  const own = new Set(weightTensors(graph));
  return {
    ...graph,
    tensors: graph.tensors.map((tensor) =>
      own.has(tensor.index) && tensor.data !== undefined ? { ...tensor, data: tensor.data.slice() } : tensor,
    ),
  };
}

/** Tensors that are weights or biases of an operator. */
export function weightTensors(graph: Graph): readonly number[] {
  const found = graph.operators.flatMap((operator) => {
    const definition = definitionOf(operator);
    return operator.inputs.filter((index, position) => {
      const role = definition?.role(position);
      return index >= 0 && graph.tensors[index].data !== undefined && (role === 'weights' || role === 'bias');
    });
  });
  return [...new Set(found)];
}
