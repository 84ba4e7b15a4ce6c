import type { Graph, Model, Operator } from '../../model/model';
import type { Shape, ShapeFunction } from '../../operators/outputShapes';
import type { Rounding } from '../executable';
import type { KernelMaker } from '../kernel';
import type { KnownValue } from './known';

/** An operator that makes something else than the file declares. */
export interface ShapeFinding {
  readonly graph: Graph;
  readonly operator: Operator;
  /** Position of the output. */
  readonly output: number;
  readonly declared: Shape;
  /** What it makes, -1 where that depends on values; `undefined` where it can make nothing, for `reason`. */
  readonly made?: Shape;
  /** Why it can make nothing, as a clause. */
  readonly reason?: string;
  /** Inputs that say how large the output is and are computed while the model runs. */
  readonly computedInputs: readonly number[];
  /** The pass through the loop, from 1, in which this is so; absent outside of loops. */
  readonly pass?: number;
}

/** How a model is followed: with which kernels, and what may be computed ahead. */
export interface FollowOptions {
  readonly kernelOf: (operator: Operator, graph: Graph) => KernelMaker | undefined;
  /** Tensors of more elements are not computed; their shapes are. */
  readonly mostElements: number;
  /** Operators that are followed before it is given up. */
  readonly mostSteps: number;
  /** Whether an operator that cannot be computed ends it; otherwise its output is only unknown. */
  readonly onFailure: 'throw' | 'unknown';
  readonly onFinding: (finding: ShapeFinding) => void;
  /** Shapes of operators that TFLM lacks; absent: the file's own shapes count for them. */
  readonly shapesOf?: (operator: Operator) => ShapeFunction | undefined;
  /** How integers are rescaled; `double` where it is absent. */
  readonly rounding?: Rounding;
  /** In the first run, variable tensors hold what they are set to before; else that is not known. */
  readonly isFirstRun?: boolean;
  /** Called with what each operator passes on. */
  readonly onOutputs?: (graph: Graph, operator: Operator, outputs: readonly KnownValue[]) => void;
}

/** What follows a model, as operators that run other graphs see it. */
export interface Following {
  readonly model: Model;
  readonly options: FollowOptions;
  /** Graphs that CALL_ONCE has run. */
  readonly initialized: Set<number>;
  /** The pass through the innermost loop, from 1. */
  pass: number | undefined;
  /** Follows one graph from what is known of its inputs to what is known of its outputs. */
  graph(index: number, inputs: readonly (KnownValue | undefined)[]): readonly KnownValue[];
  /** Notes what an operator passes on, and whether the file declares it so. */
  finish(graph: Graph, operator: Operator, outputs: readonly KnownValue[]): readonly KnownValue[];
  report(finding: Omit<ShapeFinding, 'computedInputs' | 'pass'> & Partial<ShapeFinding>): void;
}
