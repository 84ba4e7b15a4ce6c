import { elementCount } from '../../model/dataType';
import { HumanError } from '../../model/problem';
import { numberOption } from '../../model/options';
import { positiveAxis, stridesOf } from '../broadcast';
import { input, output, type KernelInvocation, type KernelMaker } from '../kernel';

export const gather: KernelMaker = (call) => {
  const [from, places, to] = [input(call, 0), input(call, 1), output(call)];
  const axis = positiveAxis(numberOption(call.operator, 'axis', 0), from.shape.length);
  const batchRank = positiveAxis(numberOption(call.operator, 'batchDims', 0), places.shape.length);
  const batches = elementCount(from.shape.slice(0, batchRank));
  const outer = elementCount(from.shape.slice(batchRank, axis));
  const length = from.shape[axis];
  const inner = elementCount(from.shape.slice(axis + 1)) * from.elementBytes;
  const count = places.elements / batches;
  const indices = places.int32;
  return () => {
    let at = 0;
    for (let batch = 0; batch < batches; batch++) {
      for (let slice = 0; slice < outer; slice++) {
        for (let place = 0; place < count; place++) {
          const index = checkedIndex(call, indices[batch * count + place], length);
          const source = ((batch * outer + slice) * length + index) * inner;
          to.bytes.set(from.bytes.subarray(source, source + inner), at);
          at += inner;
        }
      }
    }
  };
};

export const gatherNd: KernelMaker = (call) => {
  const [from, places, to] = [input(call, 0), input(call, 1), output(call)];
  const depth = places.shape.at(-1) ?? 1;
  const strides = stridesOf(from.shape);
  const run = elementCount(from.shape.slice(depth)) * from.elementBytes;
  const count = places.elements / Math.max(1, depth);
  const indices = places.int32;
  return () => {
    for (let place = 0; place < count; place++) {
      let source = 0;
      for (let axis = 0; axis < depth; axis++) {
        source += checkedIndex(call, indices[place * depth + axis], from.shape[axis]) * strides[axis];
      }
      const start = source * from.elementBytes;
      to.bytes.set(from.bytes.subarray(start, start + run), place * run);
    }
  };
};

/** EMBEDDING_LOOKUP: rows of the second input, which may be int8 behind floats. */
export const embeddingLookup: KernelMaker = (call) => {
  const [places, table, to] = [input(call, 0), input(call, 1), output(call)];
  const rows = table.shape[0];
  const run = table.elements / rows;
  const indices = places.int32;
  if (table.type === 'int8' && to.type === 'float32') {
    const [values, out] = [table.int8, to.float32];
    return () => {
      for (let place = 0; place < indices.length; place++) {
        const start = checkedIndex(call, indices[place], rows) * run;
        for (let index = 0; index < run; index++) {
          out[place * run + index] = Math.fround(values[start + index] * table.scale);
        }
      }
    };
  }
  const bytes = run * table.elementBytes;
  return () => {
    for (let place = 0; place < indices.length; place++) {
      const start = checkedIndex(call, indices[place], rows) * bytes;
      to.bytes.set(table.bytes.subarray(start, start + bytes), place * bytes);
    }
  };
};

/** On a device an index out of range reads whatever memory there is. */
function checkedIndex(call: KernelInvocation, index: number, length: number): number {
  if (index >= 0 && index < length) return index;
  throw new HumanError(
    'index-out-of-range',
    `Operator ${call.operator.index} (${call.operator.kind}) looks up index ${index} where there are ${length}. Give inputs within range.`,
  );
}
