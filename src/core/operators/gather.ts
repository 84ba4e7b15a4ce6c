import { numberOption } from '../model/options';
import type { Operator } from '../model/model';
import { inputRank } from './checks';
import { define } from './define';
import { joinParts, numberText } from './optionsText';
import { zeroPointOf } from './quantizationChecks';
import { dimension } from './shapes';
import { each } from './signature';
import { refuse, type Check, type OperatorView } from './view';
import { axisOf, open, type Shape, type ShapeView } from './outputShapes';

/** Values picked by index. */

/** Source: MAX_INDICES_ND in kernels/gather_nd.cc. */
const mostIndices = 5;

/** Facts from kernels/gather.cc. */
export const gather = define({
  kind: 'GATHER',
  resolverMethod: 'AddGather',
  summary: 'Picks slices along a dimension by index.',
  roles: ['activation'],
  inputs: 2,
  outputs: 1,
  accepts: each('float32 int8', 'T int32 -> T'),
  allocates: ['float32|int8 int32 -> any'],
  checks: [axisCheck],
  outputShapes: gatheredShape,
  optionsText: (operator) => {
    const batch = numberOption(operator, 'batchDims', 0);
    return joinParts(numberText(operator, 'axis', 'axis'), batch === 0 ? '' : `batch ${batch}`);
  },
});

/** Facts from kernels/gather_nd.cc. */
export const gatherNd = define({
  kind: 'GATHER_ND',
  resolverMethod: 'AddGatherNd',
  summary: 'Picks elements or slices by indices over several dimensions.',
  roles: ['activation'],
  inputs: 2,
  outputs: 1,
  accepts: each('float32 int8', 'T int32 -> T'),
  allocates: ['float32|int8 int32 -> any'],
  checks: [inputRank(0, 1, 6), inputRank(1, 1, 6), indicesCheck],
  outputShapes: ({ shape }) => {
    const [table, indices] = [shape(0), shape(1)];
    const depth = indices?.at(-1);
    if (table === undefined || indices === undefined || depth === undefined || depth === open) return undefined;
    return [[...indices.slice(0, -1), ...table.slice(depth)]];
  },
});

/** Facts from kernels/embedding_lookup.cc. */
export const embeddingLookup = define({
  kind: 'EMBEDDING_LOOKUP',
  resolverMethod: 'AddEmbeddingLookup',
  summary: 'Picks rows of a table by index.',
  roles: ['activation', 'weights'],
  inputs: 2,
  outputs: 1,
  accepts: ['int32 float32 -> float32', 'int32 int8 -> float32|int8'],
  checks: [inputRank(0, 1), inputRank(1, 2, 6), symmetricTable],
  outputShapes: ({ shape }) => {
    const [indices, table] = [shape(0), shape(1)];
    return indices === undefined || table === undefined ? undefined : [[...indices, ...table.slice(1)]];
  },
});

function gatheredShape({ operator, shape }: ShapeView): readonly Shape[] | undefined {
  const [table, indices] = [shape(0), shape(1)];
  const axis = axisOf(numberOption(operator, 'axis', 0), table?.length ?? 0);
  if (table === undefined || indices === undefined || axis === undefined) return undefined;
  const batch = numberOption(operator, 'batchDims', 0);
  const batches = batch < 0 ? batch + indices.length : batch;
  return [[...table.slice(0, axis), ...indices.slice(batches), ...table.slice(axis + 1)]];
}

function axisCheck(view: OperatorView): ReturnType<Check> {
  const rank = view.input(0)?.shape.length ?? 0;
  const positions = view.input(1)?.shape.length ?? 0;
  const axis = fromStart(view.operator, 'axis', rank);
  const batch = fromStart(view.operator, 'batchDims', positions);
  if (axis >= 0 && axis < rank && batch >= 0 && batch <= axis && batch <= positions) return undefined;
  return refuse(
    'options-unsupported',
    `${view.name} picks along dimension ${axis} of ${rank} with ${batch} batch dimensions, which TFLite Micro does not take; convert the model again.`,
  );
}

function fromStart(operator: Operator, option: string, rank: number): number {
  const value = numberOption(operator, option, 0);
  return value < 0 ? value + rank : value;
}

function indicesCheck(view: OperatorView): ReturnType<Check> {
  const count = dimension(view.input(1), -1) ?? 0;
  const rank = view.input(0)?.shape.length ?? 0;
  if (count <= rank && count <= mostIndices) return undefined;
  return refuse(
    'shape-unsupported',
    `${view.name} picks by ${count} indices from ${rank} dimensions, but TFLite Micro takes at most ${Math.min(rank, mostIndices)}; reshape the model's tensors.`,
  );
}

function symmetricTable(view: OperatorView): ReturnType<Check> {
  const table = view.input(1);
  if (table?.type !== 'int8' || view.output(0)?.type !== 'float32' || zeroPointOf(table) === 0) return undefined;
  return refuse(
    'quantization-unsupported',
    `Input 1 (weights) of ${view.name} has the zero point ${zeroPointOf(table)}, but TFLite Micro needs 0 to give float32; quantize the table symmetrically.`,
  );
}
