import type { Rule } from './rule';
import { supportRule } from './rule';

/** The reasons for which TFLM refuses an operator, as `src/core/operators` gives them. */
export const supportRules: readonly Rule[] = [
  supportRule(
    'operator-unsupported',
    'TensorFlow Lite Micro has no kernel for this operator: AllocateTensors() fails.',
  ),
  supportRule(
    'operator-custom-unknown',
    'A custom operator that TensorFlow Lite Micro does not bring: the firmware must register its own kernel, and its costs are not known.',
  ),
  supportRule(
    'hybrid-operator',
    'Float activations meet int8 weights (dynamic-range quantization), which TensorFlow Lite Micro refuses at run time.',
  ),
  supportRule('type-unsupported', 'TensorFlow Lite Micro has no kernel of this operator for these element types.'),
  supportRule(
    'dynamic-shape',
    'A dimension is known only at run time, but TensorFlow Lite Micro plans its memory once, before the first inference.',
  ),
  supportRule('options-unsupported', 'TensorFlow Lite Micro has the operator, but not with these options or ranks.'),
];
