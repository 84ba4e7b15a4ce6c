import type { ArenaDetail, Report } from '../estimate/report';
import type { Listing } from '../listing/listing';
import type { MeasuredChoice } from '../measure/measuredChoice';
import type { Problem } from '../model/problem';
import type { Program } from '../model/program';
import type { BudgetChoice, TargetChoice } from '../estimate/choice';
import type { RuleChoice } from '../rules/choice';
import type { ReadResult } from '../formats/readResult';
import type { ModelSource } from '../formats/source';

export type { BudgetChoice, TargetChoice } from '../estimate/choice';
export type { RuleChoice } from '../rules/choice';

export interface AnalysisRequest extends ModelSource {
  readonly target: TargetChoice;
  readonly budget?: BudgetChoice;
  readonly rules?: RuleChoice;
  /** Entries of the overhead and input-stage tables that share the memory, by id. */
  readonly overheads?: readonly string[];
  readonly inputStages?: readonly { readonly id: string; readonly mode?: string }[];
  /**
   * What `.milliwatt/measurements.json` holds: shown beside the estimates of the same model, and correcting those of
   * the same board.
   */
  readonly measured?: MeasuredChoice;
  /** The model, where it was read from these bytes already. */
  readonly read?: ReadResult;
}

/** Everything the editor shows of a model, computed once per content and target. */
export interface Analysis {
  readonly report: Report;
  readonly listing: Listing;
  readonly problems: readonly Problem[];
  readonly operators: readonly OperatorCard[];
  readonly tensors: readonly TensorCard[];
  readonly arenaDetail?: ArenaDetail;
  /** Of a program that builds the model. */
  readonly program?: Program;
}

/** Ready-made facts for a hover over an operator, in the order of the report's layers. */
export interface OperatorCard {
  readonly graph: number;
  readonly index: number;
  readonly kind: string;
  readonly summary: string;
  readonly version: number;
  /** Tensor indices; -1 for an optional input that is absent. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: readonly (readonly [name: string, value: string])[];
}

export interface TensorCard {
  readonly graph: number;
  readonly tensor: number;
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly shapeSignature?: readonly number[];
  readonly bytes: number;
  readonly constant: boolean;
  readonly variable: boolean;
  /** `scale 0.0235 zero point -3`, `per-channel, 64 scales 0.0011 to 0.0094 along axis 3`. */
  readonly quantization?: string;
  /** Of a constant; read only when somebody looks. */
  readonly range?: ValueRange;
}

/** What the values of a constant span. */
export interface ValueRange {
  readonly min: number;
  readonly max: number;
  /** Values that are 0 as real numbers. */
  readonly zeros: number;
  /** `stored`: integers of several scales, which no one scale turns into real numbers. */
  readonly unit: 'real' | 'stored';
}
