import type { Operator } from '../model/model';
import { operatorName } from '../model/model';
import type { Refusal } from './operator';
import { refuse } from './view';
import { lookup } from '../text/lookup';

/** What to do instead of builtin operators that TFLM does not have; for others `otherRemedy`. */
const remedies: Readonly<Record<string, string>> = lookup({
  BIDIRECTIONAL_SEQUENCE_LSTM: 'use a one-directional LSTM layer',
  BIDIRECTIONAL_SEQUENCE_RNN: 'use a one-directional LSTM layer',
  CONV_3D: 'use 2-dimensional convolutions',
  CONV_3D_TRANSPOSE: 'use 2-dimensional convolutions',
  DELEGATE: 'save the model before a delegate is applied',
  DENSIFY: 'convert the model again without sparse weights',
  FAKE_QUANT: 'convert the model again with full integer quantization, which removes it',
  GELU: 'use RELU or HARD_SWISH, or write it out with TANH or LOGISTIC and MUL',
  HASHTABLE: 'look words up in the application',
  HASHTABLE_FIND: 'look words up in the application',
  HASHTABLE_IMPORT: 'look words up in the application',
  HASHTABLE_LOOKUP: 'look words up in the application',
  HASHTABLE_SIZE: 'look words up in the application',
  LSTM: 'keep the Keras LSTM layer over the whole sequence, which converts to UNIDIRECTIONAL_SEQUENCE_LSTM',
  NON_MAX_SUPPRESSION_V4: 'use TFLite_Detection_PostProcess, or choose the boxes in the application',
  NON_MAX_SUPPRESSION_V5: 'use TFLite_Detection_PostProcess, or choose the boxes in the application',
  ONE_HOT: 'make the vector in the application',
  POW: 'write it out with SQUARE, SQRT or MUL',
  REDUCE_ANY: 'write it out with LOGICAL_NOT and REDUCE_ALL',
  RELU_0_TO_1: 'use RELU6 or write it out with MINIMUM and MAXIMUM',
  RELU_N1_TO_1: 'fuse it into the layer before, or write it out with MINIMUM and MAXIMUM',
  REVERSE_SEQUENCE: 'use REVERSE_V2 where every sequence has the full length',
  RNN: 'use an LSTM layer over the whole sequence',
  SELECT: 'use SELECT_V2, which a current converter writes for tf.where',
  STABLEHLO_COMPOSITE: 'convert the model again without composites, as the builtin operators they are made of',
  TILE: 'use BROADCAST_TO or CONCATENATION',
  TOPK_V2: 'choose the best values in the application',
  UNIDIRECTIONAL_SEQUENCE_RNN: 'use an LSTM layer',
});

const otherRemedy = 'write it out with operators that TFLite Micro has, or compute it in the application';
const stableHloRemedy = "convert the model again to TFLite's builtin operators instead of StableHLO";

/** Custom operators that people meet, by the start of their code, and what to do about them. */
const knownCustom: readonly (readonly [string, string])[] = [
  ['Flex', 'It needs TensorFlow itself ("Select TF ops"): convert the model again with TFLite builtin operators only.'],
  ['edgetpu-custom-op', "It was compiled for Google's Edge TPU: use the model from before the Edge TPU compiler."],
];

/**
 * Why TFLM does not run an operator of which there is no definition: a builtin that it lacks, or a custom operator of
 * somebody else.
 */
export function unknownOperator(operator: Operator): Refusal {
  const name = operatorName(operator);
  if (operator.kind === 'CUSTOM') return unknownCustom(name);
  const remedy = remedies[name] ?? (name.startsWith('STABLEHLO_') ? stableHloRemedy : otherRemedy);
  return refuse('operator-unsupported', `TFLite Micro has no operator ${name}; ${remedy}.`);
}

function unknownCustom(name: string): Refusal {
  const known = knownCustom.find(([start]) => name.startsWith(start))?.[1];
  const next = known ?? 'Register your own kernel for it with AddCustom, or replace it in the model.';
  return refuse(
    'operator-custom-unknown',
    `${name} is a custom operator that TFLite Micro does not bring along. ${next}`,
  );
}
