import type { BudgetChoice, PowerChoice } from '../estimate/choice';
import type { ConversionChoice, GivenValue } from '../formats/programChoice';
import type { RuleChoice } from '../rules/choice';

/** The workspace file `milliwatt.json`, checked against its schema. */
export interface Project {
  readonly board?: string;
  readonly runtime?: string;
  readonly target?: Readonly<Record<string, string | number | boolean>>;
  readonly budgets?: Omit<BudgetChoice, 'inferencesPerSecond' | 'power'>;
  readonly dutyCycle?: { readonly inferencesPerSecond?: number };
  readonly power?: PowerChoice;
  readonly overheads?: readonly string[];
  readonly inputStages?: readonly { readonly id: string; readonly mode?: string }[];
  readonly rules?: RuleChoice;
  /** How the models of programs are converted. */
  readonly conversion?: ConversionChoice;
  readonly models?: readonly ProjectModel[];
}

export interface ProjectModel {
  /** Relative to the workspace file. */
  readonly path: string;
  readonly sources?: readonly string[];
  readonly array?: string;
  readonly calibration?: string;
  /** Names of the classes: a file with one a line, relative to the workspace file, or the names. */
  readonly labels?: string | readonly string[];
  readonly board?: string;
  readonly runtime?: string;
  readonly target?: Readonly<Record<string, string | number | boolean>>;
  readonly budgets?: Omit<BudgetChoice, 'inferencesPerSecond' | 'power'>;
  readonly conversion?: ConversionChoice;
  /** What a program leaves open, by the name of a parameter. */
  readonly values?: Readonly<Record<string, GivenValue>>;
}
