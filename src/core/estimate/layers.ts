import { constantBytes, constantKey } from '../model/constants';
import type { Graph, Model, Operator, Tensor } from '../model/model';
import { operatorName } from '../model/model';
import { macsOf } from '../operators/operators';
import type { CodeSize, OperatorCost } from '../runtimes/runtime';
import type { FlashReadFacts, LayerFacts } from './report';
import type { OperatorCycles } from './timing/operatorCycles';

/** An operator with its place: `layer` counts over all graphs. */
export interface PlacedOperator {
  readonly layer: number;
  readonly graph: Graph;
  readonly operator: Operator;
}

/** The operators of all graphs in the order of the report's layers. */
export function placedOperators(model: Model): readonly PlacedOperator[] {
  const flat = model.graphs.flatMap((graph) => graph.operators.map((operator) => ({ graph, operator })));
  return flat.map((placed, layer) => ({ ...placed, layer }));
}

/** What the parts of the estimate know about single operators. */
interface OperatorFigures {
  readonly names: (graph: Graph, tensor: number) => string;
  readonly stepBytes?: ReadonlyMap<Operator, number>;
  readonly steps?: ReadonlyMap<Operator, number>;
  readonly code?: CodeSize;
  readonly cost: (placed: PlacedOperator) => OperatorCost | undefined;
  /** Absent where no timing is known. */
  readonly cycles: (placed: PlacedOperator) => OperatorCycles | undefined;
  readonly clockHz?: number;
}

/** One row of the report per operator. Constants that several operators share are counted on the first. */
export function layerFacts(placed: readonly PlacedOperator[], figures: OperatorFigures): readonly LayerFacts[] {
  const counted = new Set<unknown>();
  return placed.map((each) => layerOf(each, figures, newConstantBytes(each, counted)));
}

function layerOf(placed: PlacedOperator, figures: OperatorFigures, weightBytes: number): LayerFacts {
  const { layer, graph, operator } = placed;
  const cost = figures.cost(placed);
  const timed = figures.cycles(placed);
  const cycles = timed?.cycles;
  const kernelBytes = figures.code?.marginal.get(operator);
  const output = operator.outputs.at(0);
  return {
    index: layer,
    graph: graph.index,
    position: operator.index,
    operator: operatorName(operator),
    name:
      output === undefined || output < 0 ? `${operatorName(operator)} ${operator.index}` : figures.names(graph, output),
    macs: macsOf(operator, graph),
    step: figures.steps?.get(operator),
    ramBytes: figures.stepBytes?.get(operator),
    flashBytes: weightBytes + (kernelBytes ?? 0),
    weightBytes,
    kernelBytes,
    instructions: cost?.instructions,
    instructionsLow: cost?.instructionsLow,
    instructionsHigh: cost?.instructionsHigh,
    cycles,
    ms: milliseconds(cycles, figures),
    flashWaitMs: milliseconds(timed?.waiting, figures),
    flashRead: flashRead(timed),
    arenaWaitMs: milliseconds(timed?.arenaWaiting, figures),
    variant: cost?.variant,
    variantReason: cost?.variantReason,
    basis: cost === undefined && cycles === undefined ? undefined : 'modelled',
  };
}

function milliseconds(cycles: number | undefined, { clockHz }: OperatorFigures): number | undefined {
  return cycles === undefined || clockHz === undefined ? undefined : (cycles / clockHz) * 1000;
}

function flashRead(timed: OperatorCycles | undefined): FlashReadFacts | undefined {
  if (timed?.wait === undefined || timed.wait.fetchedBytes === 0) return undefined;
  const { weightBytes, fetchedBytes, cacheBytes } = timed.wait;
  return { weightBytes, fetchedBytes: Math.round(fetchedBytes), cacheBytes };
}

function newConstantBytes({ graph, operator }: PlacedOperator, counted: Set<unknown>): number {
  let bytes = 0;
  for (const tensor of constantsOf(graph, operator)) {
    const key = constantKey(tensor);
    if (key === undefined || counted.has(key)) continue;
    counted.add(key);
    bytes += constantBytes(tensor);
  }
  return bytes;
}

function constantsOf(graph: Graph, operator: Operator): readonly Tensor[] {
  return operator.inputs.filter((index) => index >= 0).map((index) => graph.tensors[index]);
}
