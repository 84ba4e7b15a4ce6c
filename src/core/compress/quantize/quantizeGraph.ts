import type { QuantizedGraph } from './quantizedGraph';
import type { QuantizationSpec } from './quantizationSpec';
import type { Graph, Model, Operator } from '../../model/model';
import { operatorName } from '../../model/model';
import { enumOption } from '../../model/options';
import { shortNames } from '../../model/names';
import { supportOf } from '../../operators/operators';
import { activationRanges } from '../../execute/activationRange';
import { redraw } from '../rewrite/redraw';
import type { ActivationType, Affine } from './affine';
import { rangeOf } from './affine';
import { GraphBuilder } from './graphBuilder';
import type { QuantizedOperator } from './scaleClasses';
import { floatValues, scaleClasses } from './scaleClasses';
import { schemeOf } from './schemes/schemes';
import { setsConstant, stateWriters } from './stateSetters';

/**
 * Rewrites a float model of one graph (after `repair`) with integer activations and weights by the TFLite 8-bit
 * specification. Operators without an integer kernel stay float between DEQUANTIZE and QUANTIZE. Scales are taken from
 * `spec.scales`; nothing is executed.
 */
export function quantizeGraph(model: Model, spec: QuantizationSpec): QuantizedGraph {
  const islands = new Map(floatOperators(model, spec));
  for (;;) {
    const result = build(model, spec, islands);
    const refused = refusals(model, result, spec);
    if (refused.size === 0) return result;
    for (const [operator, reason] of refused) islands.set(operator, reason);
  }
}

/** Operators that are known to stay float before anything is built. */
function* floatOperators(model: Model, spec: QuantizationSpec): Iterable<readonly [number, string]> {
  const [graph] = model.graphs;
  const names = shortNames(graph);
  const writers = stateWriters(graph);
  for (const operator of graph.operators) {
    if (!touchesFloat(operator, model)) continue;
    const layer = names[operator.outputs[0]];
    if (spec.keepFloat.includes(layer))
      yield [operator.index, `${layer} (${operator.kind}) stays float, as asked for.`];
    else {
      const reason = whyStateFloat(operator, graph, writers) ?? whyFloat(operator, spec.activations);
      if (reason !== undefined) yield [operator.index, `${layer} (${operatorName(operator)}) stays float: ${reason}`];
    }
  }
}

function whyFloat(operator: Operator, activations: ActivationType): string | undefined {
  const scheme = schemeOf(operator.kind);
  if (scheme === undefined) {
    return `TFLite Micro has no ${activations} kernel for it that keeps to the specification.`;
  }
  const activation = enumOption(operator, 'fusedActivationFunction', 'NONE');
  if (scheme.recurrent === undefined || scheme.recurrent.activations.includes(activation)) return undefined;
  return `its integer kernel does not compute the activation function ${activation}.`;
}

/** A state that is computed is float as long as what computes it is. */
function whyStateFloat(operator: Operator, graph: Graph, writers: ReadonlyMap<number, Operator>): string | undefined {
  if (operator.outputs.some((index) => graph.tensors[index].isVariable))
    return 'it sets the state of another operator.';
  const isComputed = operator.inputs.some((index) => {
    const writer = writers.get(index);
    return writer !== undefined && !setsConstant(writer, graph);
  });
  return isComputed ? 'its state is computed while the model runs.' : undefined;
}

function touchesFloat(operator: Operator, { graphs: [graph] }: Model): boolean {
  if (setsConstant(operator, graph)) return false;
  const { inputs, outputs } = floatValues(operator, graph);
  return inputs.length + outputs.length > 0;
}

function build(model: Model, spec: QuantizationSpec, islands: ReadonlyMap<number, string>): QuantizedGraph {
  const [graph] = model.graphs;
  const quantized: QuantizedOperator[] = graph.operators.flatMap((operator) => {
    const scheme = islands.has(operator.index) || !touchesFloat(operator, model) ? undefined : schemeOf(operator.kind);
    return scheme === undefined ? [] : [{ operator, scheme }];
  });
  const classes = scaleClasses(graph, quantized, spec.activations, spec.scales);
  const builder = new GraphBuilder(graph, spec, classes);
  const schemes = new Map(quantized.map(({ operator, scheme }) => [operator.index, scheme]));
  for (const operator of graph.operators) {
    const scheme = schemes.get(operator.index);
    if (scheme !== undefined) builder.addQuantized(operator, scheme);
    else if (islands.has(operator.index)) builder.addFloat(operator);
    else builder.addUnchanged(operator);
  }
  const { draft, origins } = builder.finish();
  const values = quantized.flatMap(({ operator }) => {
    const { inputs, outputs } = floatValues(operator, graph);
    return [...inputs, ...outputs];
  });
  return {
    model: { ...redraw(model, draft), fileBytes: 0 },
    activations: spec.activations,
    origins,
    islands,
    affines: new Map(values.map((index) => [index, classes.of(index)])),
    ...(spec.scales.needed && { needed: spec.scales.needed }),
  };
}

/**
 * Quantized operators that the kernels will refuse, with what they say. One that is not quantized here is none of them,
 * whatever tensors it was given: nothing would change where it stayed float.
 */
function refusals(
  model: Model,
  { model: built, origins, affines, islands }: QuantizedGraph,
  spec: QuantizationSpec,
): Map<number, string> {
  const [before, after] = [model.graphs[0], built.graphs[0]];
  const names = shortNames(before);
  const refused = new Map<number, string>();
  for (const operator of spec.scales.ranges.size > 0 ? before.operators : []) {
    const affine = affines.get(operator.outputs[0]);
    if (affine === undefined || islands.has(operator.index) || isActivated(operator, affine)) continue;
    const layer = names[operator.outputs[0]];
    const sentence = `${layer} (${operator.kind}) stays float: its integer kernel applies the activation function by the range of the output, which it shares with other values here.`;
    refused.set(operator.index, sentence);
  }
  after.operators.forEach((operator, place) => {
    const origin = origins[place];
    if (origin < 0 || islands.has(origin) || !touchesFloat(before.operators[origin], model)) return;
    const support = supportOf(operator, after, spec.library);
    if (support.supported) return;
    const layer = names[before.operators[origin].outputs[0]];
    refused.set(origin, `${layer} (${operator.kind}) stays float: ${support.reason}`);
  });
  return refused;
}

/**
 * Whether an operator whose integer kernel knows no activation function computes it all the same: by what the output
 * can hold.
 */
function isActivated(operator: Operator, affine: Affine): boolean {
  const range = activationRanges[enumOption(operator, 'fusedActivationFunction', 'NONE')];
  if (schemeOf(operator.kind)?.recurrent?.isActivatedByRange !== true || range === undefined) return true;
  const { min, max } = rangeOf(affine, 'int8');
  return min >= range.least - affine.scale && max <= range.most + affine.scale;
}
