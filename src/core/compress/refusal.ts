import type { Graph, Model, Operator } from '../model/model';
import { refusedOperators, type RefusedOperator } from '../operators/modelSupport';
import type { KernelLibrary, Refusal } from '../operators/operator';
import { supportOf } from '../operators/operators';
import { runtimeById } from '../runtimes/runtimes';
import type { Proof } from './proof';
import type { Target } from '../runtimes/target';

/**
 * Why TFLM with the kernels of `target` refuses a model: what it says of the first operator, or `undefined` where it
 * takes all.
 */
export function whyRefused(model: Model, target: Target): string | undefined {
  const runtime = runtimeById(target.runtime);
  return runtime && refusalsOf(model, runtime.kernelLibrary)[0]?.refusal.reason;
}

/** Why TFLM refuses a result, as a proof has it. */
export function refusalOfResult(model: Model, target: Target): Pick<Proof, 'afterRefusal'> {
  const reason = whyRefused(model, target);
  return reason === undefined ? {} : { afterRefusal: reason };
}

/** What to know of a result that TFLM refuses, as a complete sentence. */
export function refusedResultText(model: Model, target: Target): readonly string[] {
  const reason = whyRefused(model, target);
  return reason === undefined ? [] : [`TensorFlow Lite Micro will not run the result: ${reason}`];
}

/** The operators of a model that the kernels of a library refuse. */
export function refusalsOf(model: Model, library: KernelLibrary): readonly RefusedOperator[] {
  return refusedOperators(model, library);
}

/** Why the kernels of a library refuse an operator; `undefined` where they take it. */
export function refusalOf(operator: Operator, graph: Graph, library: KernelLibrary): Refusal | undefined {
  const support = supportOf(operator, graph, library);
  return support.supported ? undefined : support;
}
