import type { Operator, Tensor } from '../../../model/model';
import type { NewOperator } from '../graphView';
import { hasSameShape } from '../../clean/equalTensors';
import { patternRewrite } from '../patternRewrite';

/** SELECT as SELECT_V2, and both as arithmetic for int32, which TFLM's kernel does not take. */
export const select = patternRewrite({
  id: 'select',
  exactWhen:
    'Condition and values have one shape, where SELECT and SELECT_V2 are the same; of int32 the two values are less than 2^31 apart.',
  kinds: ['SELECT', 'SELECT_V2'],
  match: (operator, view) => {
    const [condition, yes, no, made] = [...operator.inputs, ...operator.outputs].map((index) => view.tensor(index));
    if (condition === undefined || yes === undefined || no === undefined || made === undefined) return undefined;
    const isOneShape = [condition, yes, no].every((tensor) => hasSameShape(tensor, made));
    const isPlain = made.type === 'int32';
    if (!isOneShape || (operator.kind === 'SELECT_V2' && !isPlain)) return undefined;
    if (!isPlain) {
      const options = { table: 'SelectV2Options', values: {} };
      const renamed: Operator = { ...operator, kind: 'SELECT_V2', version: 1, options };
      return {
        ...{ removed: [operator], inserted: [renamed] },
        sentence: (name) => `SELECT "${name}" is a SELECT_V2 now, which does the same.`,
      };
    }
    const like: Omit<Tensor, 'index'> = { ...made, data: undefined };
    const [mask, distance, share] = ['mask', 'distance', 'share'].map((name) =>
      view.add({ ...like, name: `${made.name}/${name}` }),
    );
    const [first, second, third] = operator.inputs;
    const plain = (kind: string, table: string, inputs: readonly number[], to: number): NewOperator => ({
      ...{ kind, inputs, outputs: [to], options: { table, values: { fusedActivationFunction: 'NONE' } } },
    });
    return {
      removed: [operator],
      inserted: [
        {
          ...{ kind: 'CAST', inputs: [first], outputs: [mask] },
          options: { table: 'CastOptions', values: { inDataType: 'BOOL', outDataType: 'INT32' } },
        },
        plain('SUB', 'SubOptions', [second, third], distance),
        plain('MUL', 'MulOptions', [mask, distance], share),
        plain('ADD', 'AddOptions', [third, share], operator.outputs[0]),
      ],
      sentence: (name) => `${operator.kind} "${name}" of int32 is computed by CAST, SUB, MUL and ADD now.`,
    };
  },
});
