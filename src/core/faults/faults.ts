import type { Graph, Operator } from '../model/model';
import type { Fault } from './fault';
import { addInt32Activation } from './known/addInt32Activation';
import { dequantizeSeveralScales } from './known/dequantizeSeveralScales';
import { greaterInt16 } from './known/greaterInt16';
import { lstmStateScale } from './known/lstmStateScale';
import { relu6OtherScale } from './known/relu6OtherScale';
import { rsqrtBelowZero } from './known/rsqrtBelowZero';
import { spaceToBatchPadding } from './known/spaceToBatchPadding';
import { tanhOtherScale } from './known/tanhOtherScale';

/** Every known fault of the kernels: a new one is a file in `known/` and a line here. */
const faults: readonly Fault[] = [
  addInt32Activation,
  dequantizeSeveralScales,
  greaterInt16,
  lstmStateScale,
  relu6OtherScale,
  rsqrtBelowZero,
  spaceToBatchPadding,
  tanhOtherScale,
];

/** The faults that an operator meets. */
export function faultsOf(operator: Operator, graph: Graph): readonly Fault[] {
  return faults.filter((fault) => fault.operators.includes(operator.kind) && fault.applies(operator, graph));
}
