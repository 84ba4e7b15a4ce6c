import type { CoreId } from '../../../src/core/boards/board';
import type { DataType } from '../../../src/core/model/dataType';
import { operatorCost } from '../../../src/core/runtimes/cost/cost';
import { graph, model, operator, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';
import { targetOf } from './targetOf';

/** What QUANTIZE takes and makes (`EvalQuantizeReference` in `quantize_common.cc` of TFLM 90b983c2). */
const forms: readonly (readonly [from: DataType, to: readonly DataType[]])[] = [
  ['float32', ['int8', 'int16']],
  ['int32', ['int8', 'int16']],
  ['int16', ['int8', 'int16', 'int32']],
  ['int8', ['int8', 'uint8', 'int16', 'int32']],
  ['uint8', ['int8']],
];

/** The forms without a cost on a core. */
function unknownForms(core: CoreId): readonly string[] {
  return forms.flatMap(([from, kinds]) =>
    kinds.flatMap((to) => {
      const made = graph(
        [
          tensor('x', from, [100], { quantization: quantized(0.5) }),
          tensor('y', to, [100], { quantization: quantized(0.25) }),
        ],
        [operator('QUANTIZE', [0], [1])],
      );
      const cost = operatorCost(made.operators[0], made, model(made), targetOf({ core }));
      return cost === undefined ? [`${from} to ${to}`] : [];
    }),
  );
}

check('forms of QUANTIZE whose cost is not known', unknownForms, [
  { name: 'Cortex-M3', input: 'cortex-m3', expected: [] },
  { name: 'Cortex-M4F', input: 'cortex-m4f', expected: [] },
  { name: 'Cortex-M7', input: 'cortex-m7', expected: [] },
  { name: 'Cortex-M33', input: 'cortex-m33', expected: [] },
  { name: 'Cortex-M55', input: 'cortex-m55', expected: [] },
]);
