import { compareOutputs } from '../../../src/core/compress/tflm/compareOutputs';
import { rewriteModel } from '../../../src/core/compress/tflm/rewriteModel';
import { fileOf } from '../../../src/core/compress/rewrite/fileOf';
import type { KernelsInUse } from '../../../src/core/faults/kernelsInUse';
import { knownFaults, wrongShapes } from '../../../src/core/faults/wrongAnswers';
import type { Model, Tensor } from '../../../src/core/model/model';
import { encode } from '../../../src/core/model/values/stored';
import { tensor } from '../../support/build';

/** A constant list of int32. */
export const integers = (name: string, values: readonly number[], shape: readonly number[] = [values.length]): Tensor =>
  tensor(name, 'int32', shape, { data: encode('int32', values) });

/** Operators of the rewritten model in one line each, with the shape that each gives. */
export function operatorsOf(from: Model, use?: KernelsInUse): readonly string[] {
  const { graphs } = rewriteModel(from, use).model;
  return graphs[0].operators.map(
    ({ kind, outputs }) => `${kind} ${outputs.map((index) => graphs[0].tensors[index].shape.join('x')).join(' ')}`,
  );
}

/** What a rewrite did, and whether outputs are what TF Lite makes of the source. */
export async function proved(from: Model, use?: KernelsInUse): Promise<unknown> {
  const source = fileOf(from).model;
  const written = fileOf(rewriteModel(source, use).model).model;
  const { compared, warning } = await compareOutputs(source, written);
  const wrong = [...wrongShapes(written), ...knownFaults(written, use)].map(({ id }) => id);
  const again = rewriteModel(written, use).decisions;
  return {
    operators: operatorsOf(from, use),
    equal: compared?.includes('all values are equal'),
    warning,
    wrong,
    again,
  };
}

/** Outputs that are those of the source to the last bit. */
export const exactly = (operators: readonly string[]): unknown => ({
  ...{ operators, equal: true, warning: undefined, wrong: [], again: [] },
});
