import type { Operator, Tensor } from '../../model/model';
import { encodeReal } from '../../model/values/real';
import { encode } from '../../model/values/stored';
import type { GraphView, NewOperator } from './graphView';

/** Whether each of 256 inputs has one result that can be looked up. */
function hasInt8Results(from: Tensor | undefined, to: Tensor | undefined): boolean {
  const isWhole = [from, to].every((tensor) => tensor?.quantization?.scales.length === 1);
  return from?.type === 'int8' && to?.type === 'int8' && isWhole;
}

/**
 * What a function of single int8 values makes of the first input, looked up in a table of its 256 results; `undefined`
 * where a tensor is of another type or has no scale.
 */
export function int8Lookup(
  view: GraphView,
  operator: Operator,
  compute: (value: number) => number,
): readonly NewOperator[] | undefined {
  const [from, to] = [view.tensor(operator.inputs[0]), view.tensor(operator.outputs[0])];
  const [scale, zero = 0] = [from?.quantization?.scales[0], from?.quantization?.zeroPoints[0]];
  if (from === undefined || to === undefined || scale === undefined || !hasInt8Results(from, to)) return undefined;
  const results = Float64Array.from({ length: 256 }, (_, index) => compute(scale * (index - 128 - zero)));
  const table = view.addConstant({ ...to, data: encodeReal(to, results) }, `${to.name}/table`, [256]);
  const data = encode('int32', [128]);
  const offset = view.add({ name: `${to.name}/offset`, type: 'int32', shape: [1], isVariable: false, data });
  const wide = { ...from, type: 'int32', quantization: undefined } as const;
  const integers = view.addLike(wide, `${to.name}/integers`, from.shape);
  const places = view.addLike(wide, `${to.name}/places`, from.shape);
  return [
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
  ];
}
