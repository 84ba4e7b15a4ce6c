import type { SourcePlace } from '../../model/origin';
import type { KerasFlavour, KerasModel, KerasValue } from '../kerasModel';

/** What was read of a source. */
export interface KerasSource {
  readonly models: readonly KerasSourceModel[];
  readonly problems: readonly SourceProblem[];
}

/** A model that the source makes. */
export interface KerasSourceModel {
  readonly model: KerasModel;
  /** Variables that hold it in the end. */
  readonly names: readonly string[];
  /** Of a function or class that nobody calls: it is shown for values of its parameters. */
  readonly template?: Template;
  /** What is not known and matters; none: the model is known wholly, but for what was assumed. */
  readonly openValues: readonly OpenSourceValue[];
  /** Values that were given from outside and used. */
  readonly givenValues: readonly string[];
  readonly assumptions: readonly Assumption[];
}

export interface Template {
  readonly name: string;
  readonly place: SourcePlace;
  readonly parameters: readonly OpenParameter[];
}

interface OpenParameter {
  readonly name: string;
  readonly place: SourcePlace;
  /** Text of its default. */
  readonly initial?: string;
  /** What another program passes, where the model is shown for that. */
  readonly passed?: PassedValue;
}

/** What a parameter gets where another program calls its function, as Python writes it. */
export interface PassedValue {
  readonly value: string;
  readonly place: SourcePlace;
  /** Calls that pass something else, the first with each value. */
  readonly others: readonly { readonly value: string; readonly place: SourcePlace }[];
}

/** What other programs pass, by `function.parameter`. */
export type PassedValues = ReadonlyMap<string, PassedValue>;

/** Something that only running the program would tell. */
export interface OpenSourceValue {
  /** Under which it can be given: the text of the expression, or the name of a parameter. */
  readonly name?: string;
  readonly why: string;
  readonly place?: SourcePlace;
  /** Where it goes. */
  readonly layer: string;
  readonly parameter: string;
}

/** A condition that is not known, and what was taken for it. */
export interface Assumption {
  readonly text: string;
  readonly place: SourcePlace;
}

export interface SourceProblem {
  readonly message: string;
  readonly place?: SourcePlace;
}

export interface ReadOptions {
  /** What names of `tensorflow.keras` and `keras` stand for, unless the source says it. */
  readonly flavour?: KerasFlavour;
  /** Values of what is open, by the names of `OpenValue`. */
  readonly openValues?: ReadonlyMap<string, KerasValue>;
  /** Programs that may call what the source only defines, in the order in which they are believed. */
  readonly callers?: readonly string[];
  /** Steps for all ways through the source together. */
  readonly steps?: number;
}
