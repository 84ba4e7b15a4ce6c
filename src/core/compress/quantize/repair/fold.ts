import type { Model, Operator } from '../../../model/model';
import { enumOption } from '../../../model/options';
import type { GraphDraft } from '../../rewrite/graphDraft';
import { draftOf, producerOf, readerCount } from '../../rewrite/graphDraft';
import { arithmeticBehind } from '../../rewrite/foldArithmetic';
import { redraw } from '../../rewrite/redraw';
import type { Repaired } from './repair';
import { lookup } from '../../../text/lookup';

/**
 * Folds what follows a layer into it, where that changes nothing but the rounding of float32: a constant factor or
 * summand for each output channel (a batch normalization that was not fused) into weights and bias, an activation
 * function into the layer's own.
 */
export function fold(model: Model): Repaired {
  const draft = draftOf(model.graphs[0]);
  let [arithmetic, activations] = [0, 0];
  for (const { index } of model.graphs[0].operators) {
    const operator = draft.operators.find((candidate) => candidate.index === index)!;
    if (foldArithmetic(draft, operator)) arithmetic++;
    else if (foldActivation(draft, operator)) activations++;
  }
  const decisions = [
    ...(arithmetic === 1
      ? ['1 multiplication or addition of constants was folded into the layer before it.']
      : arithmetic > 1
        ? [`${arithmetic} multiplications and additions of constants were folded into the layers before them.`]
        : []),
    ...(activations === 1
      ? ['1 activation function was fused into the layer before it.']
      : activations > 1
        ? [`${activations} activation functions were fused into the layers before them.`]
        : []),
  ];
  return { model: redraw(model, draft), decisions };
}

const fusable: Readonly<Record<string, string>> = lookup({
  RELU: 'RELU',
  RELU6: 'RELU6',
  RELU_N1_TO_1: 'RELU_N1_TO_1',
});
const fusing: ReadonlySet<string> = new Set(['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED', 'ADD', 'SUB', 'MUL']);

/** The operator before, when nobody else reads its result and it has no activation of its own. */
function soleProducer(draft: GraphDraft, tensor: number): Operator | undefined {
  const producer = producerOf(draft, tensor);
  if (producer === undefined || !fusing.has(producer.kind) || readerCount(draft, tensor) !== 1) return undefined;
  return enumOption(producer, 'fusedActivationFunction', 'NONE') === 'NONE' ? producer : undefined;
}

function foldActivation(draft: GraphDraft, operator: Operator): boolean {
  const name = fusable[operator.kind];
  const producer = name === undefined ? undefined : soleProducer(draft, operator.inputs[0]);
  if (producer?.options === undefined) return false;
  const values = { ...producer.options.values, fusedActivationFunction: name };
  absorb(draft, operator, { ...producer, options: { ...producer.options, values } });
  return true;
}

/** `producer` computes from now on what `operator` did. */
function absorb(draft: GraphDraft, operator: Operator, producer: Operator): void {
  const [result] = operator.outputs;
  draft.operators = draft.operators
    .filter(({ index }) => index !== operator.index)
    .map((each) => (each.index === producer.index ? { ...producer, outputs: [result] } : each));
}

function foldArithmetic(draft: GraphDraft, operator: Operator): boolean {
  const found = arithmeticBehind(draft, operator);
  if (found !== undefined) absorb(draft, operator, { ...found.folded, index: found.layer.index });
  return found !== undefined;
}
