import type { Model } from '../../model/model';
import type { Range } from './affine';
import type { QuantizationSpec } from './quantizationSpec';
import { quantizeGraph } from './quantizeGraph';
import type { QuantizeOptions } from './request';
import { floatValues } from './scaleClasses';
import { schemeOf } from './schemes/schemes';
import type { Outcome, Work } from './work';
import { specOf } from './work';

/** With ranges that are all known nothing is executed, and nothing chosen. */
export function convertSource(work: Work): Outcome {
  const quantized = quantizeGraph(work.model, { ...specOf(work), scales: { ranges: work.ranges } });
  return { work, quantized, decisions: unusedOptions(work.request.options) };
}

/** What was asked for and has no meaning where nothing is calibrated, as a complete sentence. */
export function unusedOptions({
  method,
  equalise,
  biasCorrection,
  weightFeedback,
}: QuantizeOptions): readonly string[] {
  const unused = [
    ...(method === 'auto' ? [] : [`the method ${method}`]),
    ...(equalise === 'on' ? ['levelled channels'] : []),
    ...(biasCorrection === 'on' ? ['corrected biases'] : []),
    ...(weightFeedback === 'on' ? ['weights rounded so that their errors cancel'] : []),
  ];
  if (unused.length === 0) return [];
  return [
    `All ranges were known already and stay as they are, so that nothing came of what was asked for: ${unused.join(', ')}.`,
  ];
}

/** Values whose range has to be found: neither known nor fixed by a kernel, and quantized in the result. */
export function unknownValues(
  model: Model,
  spec: Omit<QuantizationSpec, 'scales'>,
  known: ReadonlyMap<number, Range>,
): readonly number[] {
  const [graph] = model.graphs;
  const { affines } = quantizeGraph(model, { ...spec, scales: { ranges: new Map() } });
  const fixed = new Set(
    graph.operators
      .filter(({ kind }) => schemeOf(kind)?.fixedOutput?.[spec.activations] !== undefined)
      .flatMap((operator) => floatValues(operator, graph).outputs),
  );
  const edges = [...graph.inputs, ...graph.outputs].filter((index) => graph.tensors[index].type === 'float32');
  const quantized = new Set([...affines.keys(), ...(spec.io === 'float' ? [] : edges)]);
  return [...quantized].filter((index) => !known.has(index) && !fixed.has(index));
}
