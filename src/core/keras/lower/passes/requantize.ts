import type { Draft, DraftNode, DraftValue } from '../draft';

/** Operators whose float inputs and outputs have one scale. Source: `SameOperandsAndResultsScale` of tfl_ops.td. */
const jointKinds: ReadonlySet<string> = new Set([
  'AVERAGE_POOL_2D',
  'BATCH_TO_SPACE_ND',
  'CONCATENATION',
  'EXPAND_DIMS',
  'FILL',
  'GATHER',
  'MAXIMUM',
  'MAX_POOL_2D',
  'MINIMUM',
  'PACK',
  'PAD',
  'REDUCE_MAX',
  'REDUCE_MIN',
  'RESHAPE',
  'RESIZE_BILINEAR',
  'RESIZE_NEAREST_NEIGHBOR',
  'REVERSE_V2',
  'SELECT',
  'SELECT_V2',
  'SLICE',
  'SPACE_TO_BATCH_ND',
  'SPLIT',
  'SPLIT_V',
  'STRIDED_SLICE',
  'TILE',
  'TRANSPOSE',
  'UNPACK',
]);

/** Whether all that `node` reads and gives has one scale. */
function hasJointScale({ kind }: DraftNode): boolean {
  return jointKinds.has(kind);
}

/** Where a value is given a second scale. */
export interface Requantized {
  /** All that read it read it under the second scale. */
  readonly forAll: ReadonlySet<DraftValue>;
  /** Only these read it so: one more scale for each list. */
  readonly forSome: ReadonlyMap<DraftValue, readonly (readonly DraftNode[])[]>;
}

interface State {
  /** A number for each scale; absent where none is known yet. */
  scale?: number;
  /** Of what calibration saw. */
  readonly isSeen: boolean;
}

/**
 * Where the official converter writes a QUANTIZE from one scale to another, found as it does: scales that calibration
 * has seen hold where no other follows from them, and go along operators with one scale from the last operator to the
 * first; an output of a fixed range that shall have another scale, and a value that shall have two, are requantized.
 * Source: `RemoveRedundantStatsOps` and `QuantizationDriver` of tensorflow/compiler/mlir/quantization.
 */
export function requantized(
  draft: Draft,
  how: { readonly fixed: ReadonlyMap<string, unknown>; readonly isFloat: (kind: string) => boolean },
): Requantized {
  const producers = draft.producers();
  const readers = draft.readers();
  const isReal = (value: DraftValue | undefined): value is DraftValue => value?.type === 'float32';
  const operands = ({ inputs }: DraftNode): readonly DraftValue[] =>
    inputs.filter(isReal).filter(({ constant }) => constant === undefined);
  const results = ({ outputs }: DraftNode): readonly DraftValue[] => outputs.filter(isReal);
  const values = [...draft.inputs.filter(isReal), ...draft.nodes.flatMap(results)];
  const isFixed = (node: DraftNode | undefined): boolean => node !== undefined && how.fixed.has(node.kind);

  const followed = new Set<DraftValue>();
  const forward = values.slice();
  for (let value = forward.pop(); value !== undefined; value = forward.pop()) {
    if (isFixed(producers.get(value))) followed.add(value);
    for (const reader of readers.get(value) ?? []) {
      if (!hasJointScale(reader) || operands(reader).length !== 1) continue;
      for (const result of results(reader)) {
        if (followed.has(result)) continue;
        followed.add(result);
        forward.push(result);
      }
    }
  }
  const backward = values.filter((value) => !followed.has(value));
  const seenBackward = new Set<DraftValue>();
  for (let value = backward.pop(); value !== undefined; value = backward.pop()) {
    const producer = producers.get(value);
    if (producer === undefined || !hasJointScale(producer)) continue;
    for (const operand of operands(producer)) {
      if (seenBackward.has(operand)) continue;
      seenBackward.add(operand);
      followed.add(operand);
      backward.push(operand);
    }
  }

  let count = 0;
  const fixedScales = new Map([...how.fixed.keys()].map((kind) => [kind, ++count]));
  const states = new Map<DraftValue, State>();
  for (const value of values)
    states.set(value, followed.has(value) ? { isSeen: false } : { scale: ++count, isSeen: true });
  const stateOf = (value: DraftValue): State => {
    const known = states.get(value) ?? { isSeen: false };
    states.set(value, known);
    return known;
  };

  const forAll = new Set<DraftValue>();
  const forSome = new Map<DraftValue, Map<number, DraftNode[]>>();
  const work = draft.nodes.filter(({ kind }) => !how.isFloat(kind));
  const done = new Set<DraftNode>();
  const jointOf = (node: DraftNode): number | undefined => {
    const [before, after] = [operands(node).map(stateOf), results(node).map(stateOf)];
    const seen = after.length === 1 && after[0].isSeen ? after[0] : [...before, ...after].find(({ isSeen }) => isSeen);
    if (seen !== undefined) return seen.scale;
    if (before.length === 1 && before[0].scale !== undefined) return before[0].scale;
    if (after.length === 1 && after[0].scale !== undefined) return after[0].scale;
    return [...before, ...after].find(({ scale }) => scale !== undefined)?.scale;
  };
  const setResult = (value: DraftValue, scale: number): void => {
    const state = stateOf(value);
    if (state.scale === scale) return;
    if (state.scale !== undefined) forAll.add(value);
    else {
      state.scale = scale;
      work.push(...(readers.get(value) ?? []));
    }
  };
  const setOperand = (node: DraftNode, value: DraftValue, scale: number): void => {
    const state = stateOf(value);
    if (state.scale === scale) return;
    if (state.scale === undefined) {
      state.scale = scale;
      const producer = producers.get(value);
      if (producer !== undefined) work.push(producer);
      return;
    }
    const scales = forSome.get(value) ?? new Map<number, DraftNode[]>();
    forSome.set(value, scales);
    scales.set(scale, [...(scales.get(scale) ?? []), node]);
  };
  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    if (done.has(node) || how.isFloat(node.kind)) continue;
    if (hasJointScale(node)) {
      const scale = jointOf(node);
      if (scale === undefined) continue;
      done.add(node);
      for (const value of operands(node)) setOperand(node, value, scale);
      for (const value of results(node)) setResult(value, scale);
      continue;
    }
    done.add(node);
    const fixed = fixedScales.get(node.kind);
    if (fixed !== undefined) for (const value of results(node)) setResult(value, fixed);
  }
  return { forAll, forSome: new Map([...forSome].map(([value, scales]) => [value, [...scales.values()]])) };
}
