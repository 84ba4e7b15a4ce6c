import type { Origin, SourcePlace } from './origin';

/** What a program says of the model that it builds: layers as it names them, of which operators alone show little. */
export interface Program {
  /** The variable that holds the model, or the function that makes it. */
  readonly name?: string;
  /** The model's own name. */
  readonly modelName?: string;
  /** In the program's own order; layers of nested models follow their owner. */
  readonly layers: readonly ProgramLayer[];
  /** What the program leaves open, and what was taken for it. */
  readonly openValues: readonly OpenValue[];
  /** How it is converted, and what says so. */
  readonly conversion?: readonly ProgramFact[];
  /** What the program leaves open and somebody gave. */
  readonly given?: readonly ProgramFact[];
  /** False where too much is open for operators: the model then stands for nothing but its layers. */
  readonly isCosted: boolean;
  /** What was taken for granted, as whole sentences for people. */
  readonly assumptions: readonly string[];
  /** The file beside the program that the model was trained to. */
  readonly trained?: ProgramWeights;
  /** What is wrong with operators that a layer becomes, in the words of the program: rules use those of a file. */
  readonly known: readonly KnownTrouble[];
}

/** A file that a program names, with trained weights. */
export interface ProgramWeights {
  /** From the program's folder. */
  readonly file: string;
  /** It has the layers as well, so that it can be looked at by itself. */
  readonly isWhole: boolean;
  /** Whole sentences: why its weights are not taken. */
  readonly misfit?: string;
}

/** Something about a layer that rules find in its operators, as often as there are such operators. */
export interface KnownTrouble {
  /** Indices of the layer's operators in the main graph. */
  readonly operators: readonly number[];
  /** Whole sentences: what happens, and what to do. */
  readonly message: string;
}

/** Something that a program's figures hold for, and what says it. */
export interface ProgramFact {
  /** As `milliwatt.json` has it. */
  readonly key: string;
  /** Both for people. */
  readonly name: string;
  readonly value: string;
  /** What says so: "default", "comment", "milliwatt.json", a file of the project. */
  readonly origin: string;
  /** Where that is said in the project, relative to the program's folder. */
  readonly place?: SourcePlace;
  /** Of a value: the parameter that it is for. */
  readonly parameter?: SourcePlace;
}

export interface ProgramLayer {
  readonly name: string;
  /** What it is, for instance `Conv2D`. */
  readonly kind: string;
  /** Its name behind those of the models that it is in, with `/` between them. */
  readonly path: string;
  /** Models that it is in, but for the whole. */
  readonly depth: number;
  /** Of its last use, with the batch in front; `null` where a dimension is open; absent where it is not known. */
  readonly outputShape?: readonly (number | null)[];
  /** Weights and other stored values; absent where they are not known. */
  readonly parameters?: number;
  readonly origin?: Origin;
  /** Indices of its operators in the main graph: none of a layer that is gone in the converted model. */
  readonly operators: readonly number[];
  /** Its figures hold for what was taken for open values, or leave out what is not known. */
  readonly isOpen: boolean;
}

/** A value that nothing in the program says: a parameter that nobody passes, what is read from a file. */
export interface OpenValue {
  readonly name: string;
  readonly place?: SourcePlace;
  /** A comment in the program, `# milliwatt: name=value`, may say it. */
  readonly canBeGiven: boolean;
  /** A whole sentence: why it is not known. */
  readonly reason: string;
}
