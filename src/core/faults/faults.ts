import type { Graph, Operator } from '../model/model';
import type { Fault } from './fault';
import { isAffected, newestReference, type KernelsInUse } from './kernelsInUse';
import { addInt32Activation } from './known/addInt32Activation';
import { batchMatmulAdjoint } from './known/batchMatmulAdjoint';
import { batchMatmulLeftShape } from './known/batchMatmulLeftShape';
import { convolutionBiasAbsent } from './known/convolutionBiasAbsent';
import { convolutionInt16Sum } from './known/convolutionInt16Sum';
import { convolutionInt16SumCmsis } from './known/convolutionInt16SumCmsis';
import { convolutionInt16Tail } from './known/convolutionInt16Tail';
import { densePerChannelIgnored } from './known/densePerChannelIgnored';
import { densePerChannelRefused } from './known/densePerChannelRefused';
import { depthwiseBiasAbsent } from './known/depthwiseBiasAbsent';
import { depthwiseBiasLeftOut } from './known/depthwiseBiasLeftOut';
import { dequantizeSeveralScales } from './known/dequantizeSeveralScales';
import { espConvolutionEdges } from './known/espConvolutionEdges';
import { espDenseRows } from './known/espDenseRows';
import { espDepthwiseScratch } from './known/espDepthwiseScratch';
import { espPlainConvolution } from './known/espPlainConvolution';
import { espShortDense } from './known/espShortDense';
import { espTallPadding } from './known/espTallPadding';
import { greaterInt16 } from './known/greaterInt16';
import { groupedPointwise } from './known/groupedPointwise';
import { ifWithoutOutputs } from './known/ifWithoutOutputs';
import { l2NormalizationOtherScale } from './known/l2NormalizationOtherScale';
import { logisticOtherScale } from './known/logisticOtherScale';
import { lstmStateScale } from './known/lstmStateScale';
import { maximumRank } from './known/maximumRank';
import { maximumRankFive } from './known/maximumRankFive';
import { packOtherScale } from './known/packOtherScale';
import { padRank } from './known/padRank';
import { padRankFive } from './known/padRankFive';
import { poolingBatch } from './known/poolingBatch';
import { relu6OtherScale } from './known/relu6OtherScale';
import { rowWithoutScratch } from './known/rowWithoutScratch';
import { rsqrtBelowZero } from './known/rsqrtBelowZero';
import { spaceToBatchPadding } from './known/spaceToBatchPadding';
import { tanhOtherScale } from './known/tanhOtherScale';
import { transposedRows } from './known/transposedRows';
import { transposedScratch } from './known/transposedScratch';

/** Every known fault of the kernels: a new one is a file in `known/` and a line here. */
const faults: readonly Fault[] = [
  addInt32Activation,
  batchMatmulAdjoint,
  batchMatmulLeftShape,
  convolutionBiasAbsent,
  convolutionInt16Sum,
  convolutionInt16SumCmsis,
  convolutionInt16Tail,
  densePerChannelIgnored,
  densePerChannelRefused,
  depthwiseBiasAbsent,
  depthwiseBiasLeftOut,
  dequantizeSeveralScales,
  espConvolutionEdges,
  espDenseRows,
  espDepthwiseScratch,
  espPlainConvolution,
  espShortDense,
  espTallPadding,
  greaterInt16,
  groupedPointwise,
  ifWithoutOutputs,
  l2NormalizationOtherScale,
  logisticOtherScale,
  lstmStateScale,
  maximumRank,
  maximumRankFive,
  packOtherScale,
  padRank,
  padRankFive,
  poolingBatch,
  relu6OtherScale,
  rowWithoutScratch,
  rsqrtBelowZero,
  spaceToBatchPadding,
  tanhOtherScale,
  transposedRows,
  transposedScratch,
];

/** The same by id. */
export const faultsById: ReadonlyMap<string, Fault> = new Map(faults.map((fault) => [fault.id, fault]));

/** The faults that an operator meets in the kernels of a firmware. */
export function faultsOf(operator: Operator, graph: Graph, use: KernelsInUse = newestReference): readonly Fault[] {
  return faults.filter(
    (fault) =>
      fault.operators.includes(operator.kind) && isAffected(fault.affected, use) && fault.applies(operator, graph),
  );
}
