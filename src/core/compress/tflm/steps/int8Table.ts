import { gelu } from '../../../execute/meaning/gelu';
import type { Operator } from '../../../model/model';
import { booleanOption } from '../../../model/options';
import { encodeReal } from '../../../model/values/real';
import { encode } from '../../../model/values/stored';
import { lookup } from '../../../text/lookup';
import { patternRewrite } from '../patternRewrite';

/** What an operator makes of one real number. */
const functions: Readonly<Record<string, (operator: Operator) => (value: number) => number>> = lookup({
  COS: () => Math.cos,
  ELU: () => (value: number) => (value < 0 ? Math.expm1(value) : value),
  EXP: () => Math.exp,
  GELU: (operator: Operator) => gelu(booleanOption(operator, 'approximate', false)),
  LOG: () => Math.log,
  NEG: () => (value: number) => -value,
  SIN: () => Math.sin,
  SQRT: () => Math.sqrt,
  SQUARE: () => (value: number) => value * value,
});

/** Functions of single int8 values that have no int8 kernel look their 256 results up. */
export const int8Table = patternRewrite({
  id: 'int8-table',
  exactWhen: 'Each of the 256 results is rounded from the real number as TF Lite rounds it for its own table.',
  kinds: ['COS', 'ELU', 'EXP', 'GELU', 'LOG', 'NEG', 'SIN', 'SQRT', 'SQUARE'],
  match: (operator, view) => {
    const [from, to] = [view.tensor(operator.inputs[0]), view.tensor(operator.outputs[0])];
    const [scale, zero = 0] = [from?.quantization?.scales[0], from?.quantization?.zeroPoints[0]];
    if (from?.type !== 'int8' || to?.type !== 'int8' || scale === undefined || to.quantization === undefined)
      return undefined;
    const compute = functions[operator.kind](operator);
    const results = Float64Array.from({ length: 256 }, (_, index) => compute(scale * (index - 128 - zero)));
    const table = view.add({
      ...to,
      name: `${to.name}/table`,
      shape: [256],
      shapeSignature: undefined,
      data: encodeReal(to, results),
    });
    const offset = view.add({
      name: `${to.name}/offset`,
      type: 'int32',
      shape: [1],
      isVariable: false,
      data: encode('int32', [128]),
    });
    const wide = { ...from, type: 'int32', quantization: undefined } as const;
    const [integers, places] = [
      view.add({ ...wide, name: `${to.name}/integers` }),
      view.add({ ...wide, name: `${to.name}/places` }),
    ];
    return {
      removed: [operator],
      inserted: [
        {
          ...{ kind: 'CAST', inputs: [operator.inputs[0]], outputs: [integers] },
          options: { table: 'CastOptions', values: { inDataType: 'INT8', outDataType: 'INT32' } },
        },
        {
          ...{ kind: 'ADD', inputs: [integers, offset], outputs: [places] },
          options: { table: 'AddOptions', values: { fusedActivationFunction: 'NONE' } },
        },
        {
          ...{ kind: 'GATHER', version: 2, inputs: [table, places], outputs: operator.outputs },
          options: { table: 'GatherOptions', values: { axis: 0, batchDims: 0 } },
        },
      ],
      sentence: (name) => `${operator.kind} "${name}" of int8 looks its results up in a table of 256 bytes.`,
    };
  },
});
