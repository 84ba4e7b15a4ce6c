import type { Graph, Model } from '../../../model/model';
import type { PlannedBuffer } from '../../../runtimes/facts';
import { roundUp } from '../../../runtimes/memory/layout';
import type { Target } from '../../../runtimes/target';
import { planArena } from '../../../runtimes/tflm/arena';
import { bufferAlignment } from '../../../runtimes/tflm/tail';
import { draftOf } from '../../rewrite/graphDraft';
import { redraw } from '../../rewrite/redraw';
import { withoutPlan } from '../planMetadata';
import { orderOf } from './orderSearch';

/**
 * The model with the operators of its main graph in the order at whose worst step the fewest bytes are alive on the
 * target. Every operator still runs after those that it needs, so that the outputs are the same bits. `undefined` where
 * no order is better, and where what operators take is not known. A plan that the model has is of another order: it
 * goes.
 * @throws HumanError `rewrite-compressed` where constants are compressed.
 */
export function orderModel(model: Model, target: Target, isCancelled: () => boolean): Model | undefined {
  const bare = withoutPlan(model);
  const outcome = planArena(bare, target);
  const [graph] = bare.graphs;
  if (!outcome.known || outcome.lowerBound !== undefined || graph === undefined) return undefined;
  const order = orderOf(graph, sizesOf(outcome.arena.detail?.buffers ?? []), isCancelled);
  if (order.every((operator, position) => operator === position)) return undefined;
  return redraw(bare, draftOf(graph, { operators: operatorsIn(graph, order) }));
}

function operatorsIn({ operators }: Graph, order: readonly number[]): Graph['operators'] {
  return order.map((index) => operators[index]);
}

/** Bytes by index of what is planned in the main graph. */
function sizesOf(buffers: readonly PlannedBuffer[]): Parameters<typeof orderOf>[1] {
  const [tensors, scratch] = [new Map<number, number>(), new Map<number, number>()];
  for (const { kind, graph, index, bytes } of buffers) {
    if (graph !== 0) continue;
    const sums = kind === 'tensor' ? tensors : scratch;
    sums.set(index, (sums.get(index) ?? 0) + roundUp(bytes, bufferAlignment));
  }
  return {
    tensorBytes: (tensor) => tensors.get(tensor) ?? 0,
    scratchBytes: (operator) => scratch.get(operator) ?? 0,
  };
}
