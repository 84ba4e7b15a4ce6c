import { canRewrite, resultKind } from '../../../formats/kinds';
import type { DataType } from '../../../model/dataType';
import type { Graph, Model, Tensor } from '../../../model/model';
import { operatorName } from '../../../model/model';
import { HumanError } from '../../../model/problem';
import { contradictionText, unwrittenText } from '../../claims';
import { whyNotRedrawn } from '../../rewrite/metadata';
import { oneGraphOf } from '../../tflm/oneGraph';
import { isInt16Model } from './int16';
import { isFakeQuantized, isUint8Model } from './uint8';

/**
 * Whether a model can be quantized at all. One with activations of 16 bits can be to 8 bits.
 * @throws HumanError with the first reason why not, as a complete sentence.
 */
export function checkQuantizable(model: Model): void {
  const reason = whyNotQuantizable(model);
  if (reason !== undefined) throw new HumanError(reason.code, reason.sentence);
}

interface Reason {
  readonly code: string;
  readonly sentence: string;
}

/** The first reason why a model cannot be quantized; `undefined` when it can. */
export function whyNotQuantizable(model: Model): Reason | undefined {
  if (!canRewrite(model)) {
    return {
      code: 'quantize-format',
      sentence: `The model is no ${resultKind.written} file. Convert it to one first.`,
    };
  }
  if (model.graphs.length !== 1) {
    const { model: whole } = oneGraphOf(model);
    return whole.graphs.length === 1 ? whyNotQuantizable(whole) : severalGraphs(model);
  }
  const compressed = whyNotRedrawn(model);
  if (compressed !== undefined) return { code: 'quantize-compressed', sentence: compressed };
  const [graph] = model.graphs;
  return (
    dynamicShape(graph) ?? quantizedAlready(graph) ?? custom(graph) ?? nothingToQuantize(graph) ?? wrongShape(model)
  );
}

function severalGraphs(model: Model): Reason {
  const sentence = `The model has ${model.graphs.length} graphs, but only models of one graph can be quantized, or with loops whose number of passes is known. Convert its recurrent layers unrolled (unroll=True), or export a single signature without control flow.`;
  return { code: 'quantize-graphs', sentence };
}

function dynamicShape({ tensors, inputs }: Graph): Reason | undefined {
  const dynamic = inputs
    .map((index) => tensors[index])
    .find(({ shape, shapeSignature }) => (shapeSignature ?? shape).slice(1).some((size) => size < 1) || shape[0] < 1);
  if (dynamic === undefined) return undefined;
  const shape = (dynamic.shapeSignature ?? dynamic.shape).join(',');
  const sentence = `The input "${dynamic.name}" has the shape [${shape}], which is only known at run time. Convert the model again with fixed shapes.`;
  return { code: 'quantize-dynamic-shape', sentence };
}

const integerActivations: ReadonlySet<DataType> = new Set(['int8', 'int16']);

function quantizedAlready(graph: Graph): Reason | undefined {
  if (isFakeQuantized(graph) || isInt16Model(graph)) return undefined;
  const activations = [...graph.inputs, ...graph.operators.flatMap(({ outputs }) => outputs)];
  const found = activations.map((index) => graph.tensors[index]).find(isQuantizedActivation);
  if (found === undefined) return undefined;
  const sentence = `The model is quantized already: "${found.name}" is ${found.type}. Quantize the float model that it was made from.`;
  return { code: 'quantize-already', sentence };
}

function isQuantizedActivation({ type, quantization }: Tensor): boolean {
  return integerActivations.has(type) && quantization !== undefined && quantization.scales.length > 0;
}

function custom({ operators }: Graph): Reason | undefined {
  const found = operators.find(({ kind }) => kind === 'CUSTOM');
  if (found === undefined) return undefined;
  const sentence = `The model has the custom operator ${operatorName(found)} (operator ${found.index}), whose results nobody but its own kernel knows, so that it cannot be calibrated. Replace it by builtin operators.`;
  return { code: 'quantize-custom-operator', sentence };
}

function nothingToQuantize(graph: Graph): Reason | undefined {
  const { tensors, operators } = graph;
  const isFloat = operators.some(({ outputs }) => outputs.some((index) => tensors[index].type === 'float32'));
  if (isFloat || isUint8Model(graph) || isInt16Model(graph)) return undefined;
  return {
    code: 'quantize-no-float',
    sentence: 'The model computes nothing in float, so that there is nothing to quantize.',
  };
}

/** Shapes that the file does not tell: neither the float model nor what is made of it could be computed. */
function wrongShape(model: Model): Reason | undefined {
  const sentence = contradictionText(model) ?? unwrittenText(model);
  return sentence === undefined ? undefined : { code: 'quantize-shapes', sentence };
}
