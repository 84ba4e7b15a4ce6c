import type { Report } from '../../estimate/report';
import { sizesLike, tfliteBytes } from '../../formats/tflite/size';
import type { Model, Operator, Tensor } from '../../model/model';
import type { Totals } from '../offer';
import { totalsOf } from '../totals';
import { forecast, withOwnWeights } from './pruned';
import type { Costed } from './steppedCosts';
import { SteppedCosts } from './steppedCosts';
import { writtenReportOf } from './writtenCosts';

/**
 * Totals of one model with one selection of channels gone after another: those of `forecast`, weights that shared a
 * buffer counted apart. Only what a selection touches is counted again, as far as that is possible.
 */
export class SelectionTotals {
  readonly before: Totals;
  readonly #known = new WeakMap<ReadonlySet<number>, Totals>();
  readonly #costed: Costed;
  readonly #report: Report;
  readonly #stepped: SteppedCosts | undefined;
  /** The model with weights of its own. */
  readonly #model: Model;
  readonly #sizeOf: ((changed: Model) => number) | undefined;

  constructor(costed: Costed, report = writtenReportOf(costed.model, costed.place)) {
    const { model, channels } = costed;
    const graph = withOwnWeights(channels.graph);
    this.#costed = costed;
    this.#report = report;
    this.before = totalsOf(report);
    this.#model = { ...model, graphs: model.graphs.map((each) => (each.index === graph.index ? graph : each)) };
    const own = { ...costed, model: this.#model, channels: { ...channels, graph } };
    if (!SteppedCosts.canPlan(costed)) return;
    this.#stepped = new SteppedCosts(own, report);
    this.#sizeOf = sizesLike(this.#model);
  }

  /** Totals without these channels; those of the same set are worked out once. */
  of(removed: ReadonlySet<number>): Totals {
    const known = this.#known.get(removed) ?? this.#without(removed);
    this.#known.set(removed, known);
    return known;
  }

  #without(removed: ReadonlySet<number>): Totals {
    const stepped = this.#stepped;
    if (stepped === undefined) return totalsOf(forecast(this.#costed, removed, true));
    return stepped.without(removed, (model) => {
      const arena = stepped.arena();
      const arenaBytes = arena.known && arena.arena.isLowerBound !== true ? arena.arena.minimumBytes : undefined;
      const { flash } = this.#report;
      const isFlashKnown = flash !== undefined && flash.isLowerBound !== true;
      return {
        ...(arenaBytes !== undefined && { arenaBytes }),
        ...(isFlashKnown && { flashBytes: flash.totalBytes - flash.modelBytes + this.#fileBytes(model) }),
        ...stepped.sums,
      };
    });
  }

  #fileBytes(model: Model): number {
    const isAlike = this.#sizeOf !== undefined && isOfSameForm(this.#model, model);
    return isAlike ? this.#sizeOf(model) : tfliteBytes(model);
  }
}

/** Whether the tables of both files have the same fields, with lists of the same lengths. */
function isOfSameForm({ graphs: [before] }: Model, { graphs: [after] }: Model): boolean {
  return (
    before.tensors.length === after.tensors.length &&
    before.tensors.every((tensor, index) => tensor === after.tensors[index] || isAlike(tensor, after.tensors[index])) &&
    before.operators.every(
      (operator, index) => operator === after.operators[index] || isSame(operator, after.operators[index]),
    )
  );
}

function isAlike(before: Tensor, after: Tensor): boolean {
  return formOf(before) === formOf(after);
}

function formOf({ shape, shapeSignature, quantization, data }: Tensor): string {
  const { scales, zeroPoints, min, max } = quantization ?? {};
  const lengths = [shape, shapeSignature, scales, zeroPoints, min, max].map((list) => list?.length ?? -1);
  return [...lengths, data === undefined ? -1 : Math.min(data.byteLength, 1)].join();
}

function isSame(before: Operator, after: Operator): boolean {
  return JSON.stringify([before.options, before.inputs]) === JSON.stringify([after.options, after.inputs]);
}
