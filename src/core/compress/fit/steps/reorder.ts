import { orderModel } from '../order/order';
import type { FitStep } from '../step';

/** Puts the operators of branching graphs into an order that needs less. */
export const reorder: FitStep = {
  id: 'order',
  summary: 'run the operators of branches in the order that needs least',
  apply: (model, target, isCancelled) => {
    const ordered = orderModel(model, target, isCancelled);
    if (ordered === undefined) return { reason: 'No order of the operators needs less than the one that they have.' };
    const decision = 'The operators of branches run in another order, each after those whose results it needs.';
    return { model: ordered, decisions: [decision] };
  },
};
