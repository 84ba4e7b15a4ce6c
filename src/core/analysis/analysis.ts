import type { ArenaDetail, Report } from '../estimate/report';
import type { Listing } from '../listing/listing';
import type { Problem, Severity } from '../model/problem';

/** What the user chose, before it is resolved against the tables. All keys optional: absent takes the default. */
export interface TargetChoice {
  readonly board?: string;
  readonly runtime?: string;
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
  /** Where each choice came from, by key ("milliwatt.json", "setting", "command line"). */
  readonly origins?: Readonly<Record<string, string>>;
}

export interface BudgetChoice {
  readonly ramBytes?: number;
  readonly flashBytes?: number;
  readonly latencyMs?: number;
  readonly averageMilliwatts?: number;
  readonly inferencesPerSecond?: number;
}

/** What the user decided about findings, by code. From `milliwatt.json`. */
export type RuleChoice = Readonly<Record<string, RuleSeverity | RuleException>>;

export type RuleSeverity = Severity | 'off';

export interface RuleException {
  readonly severity?: RuleSeverity;
  /** Names of layers (as in the listing) for which the finding is silent. */
  readonly except?: readonly string[];
}

export interface AnalysisRequest {
  /** Path shown to people and used for deciding the format. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly target: TargetChoice;
  readonly budget?: BudgetChoice;
  readonly rules?: RuleChoice;
  /** Names of entries of the overhead and input-stage tables that share the memory. */
  readonly overheads?: readonly string[];
}

/** Everything the editor shows of a model, computed once per content and target. */
export interface Analysis {
  readonly report: Report;
  readonly listing: Listing;
  readonly problems: readonly Problem[];
  readonly operators: readonly OperatorCard[];
  readonly tensors: readonly TensorCard[];
  readonly arenaDetail?: ArenaDetail;
}

/** Ready-made facts for a hover over an operator, in the order of the report's layers. */
export interface OperatorCard {
  readonly graph: number;
  readonly index: number;
  readonly kind: string;
  readonly summary: string;
  readonly version: number;
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
  /** Smallest and largest stored value of a constant, dequantized where it is quantized. */
  readonly range?: { readonly min: number; readonly max: number; readonly zeros: number };
}
