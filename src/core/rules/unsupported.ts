import type { DataType } from '../model/dataType';
import type { Graph, Operator } from '../model/model';
import type { SupportCode } from '../operators/operator';
import type { Rule } from './rule';
import { supportRule } from './rule';

/** What each reason for which TFLM refuses an operator means: a reason that is forgotten here does not compile. */
const documentation: Readonly<Record<Exclude<SupportCode, 'type-unsupported'>, string>> = {
  'operator-unsupported': 'TensorFlow Lite Micro has no kernel for this operator: AllocateTensors() fails.',
  'operator-custom-unknown':
    'A custom operator that TensorFlow Lite Micro does not bring: the firmware must register its own kernel, and its costs are not known.',
  'operator-needs-driver': 'The operator runs only in a build with the driver of its accelerator.',
  'hybrid-operator':
    'Float activations meet int8 weights (dynamic-range quantization), which TensorFlow Lite Micro refuses at run time.',
  'dynamic-shape':
    'A dimension is known only at run time, but TensorFlow Lite Micro plans its memory once, before the first inference.',
  'shape-unsupported': 'TensorFlow Lite Micro has the operator, but not for tensors of this rank or these shapes.',
  'options-unsupported': 'TensorFlow Lite Micro has the operator, but not with these options.',
  'quantization-unsupported': 'The kernel in TensorFlow Lite Micro refuses these scales or zero points.',
  'inputs-unsupported':
    'The operator has a number of inputs or outputs that the kernel in TensorFlow Lite Micro refuses.',
  'constant-required': 'The kernel in TensorFlow Lite Micro needs this input to be a constant of the model.',
};

/** A refused type that has a repair of its own gets a code of its own. */
const typeRules: readonly Rule[] = [
  supportRule('float16-unsupported', 'Half-precision tensors (float16) have no kernels in TensorFlow Lite Micro.', {
    code: 'type-unsupported',
    applies: (operator, graph) => hasType(operator, graph, 'float16'),
  }),
  supportRule(
    'uint8-unsupported',
    'The older 8-bit quantization (uint8) is refused by most kernels of TensorFlow Lite Micro.',
    {
      code: 'type-unsupported',
      applies: (operator, graph) => hasType(operator, graph, 'uint8') && !hasType(operator, graph, 'float16'),
    },
  ),
  supportRule('type-unsupported', 'TensorFlow Lite Micro has no kernel of this operator for these element types.', {
    code: 'type-unsupported',
    applies: (operator, graph) => !hasType(operator, graph, 'float16') && !hasType(operator, graph, 'uint8'),
  }),
];

/** The reasons for which TFLM refuses an operator, as `src/core/operators` gives them. */
export const supportRules: readonly Rule[] = [
  ...Object.entries(documentation).map(([code, sentence]) => supportRule(code, sentence)),
  ...typeRules,
];

function hasType(operator: Operator, graph: Graph, type: DataType): boolean {
  return [...operator.inputs, ...operator.outputs].some((index) => index >= 0 && graph.tensors[index].type === type);
}
