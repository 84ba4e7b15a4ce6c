import type { EdgeType } from '../keras/lower/edges';

/** How a program's models are converted, as far as somebody chose it. */
export interface ConversionChoice {
  readonly numbers?: ConvertedNumbers;
  readonly inputType?: EdgeType;
  readonly outputType?: EdgeType;
  readonly batch?: 'open' | 1;
  readonly withKeras?: 2 | 3;
}

export type ConvertedNumbers = 'float32' | 'int8' | 'int16x8';

/** A value that a program leaves open, as JSON has it: a tuple is a list. */
export type GivenValue = string | number | boolean | null | readonly GivenValue[];

/** One choice about a program: a key of its conversion, or the name of a value that it leaves open. */
export interface ProgramSaying {
  readonly name: string;
  readonly value: GivenValue;
  /** As people read it: "milliwatt.json", "setting". */
  readonly origin: string;
  /** It goes before what the program's own comments say; else those go before it. */
  readonly isOver?: boolean;
}

/** What is chosen about a program from outside of it, each name once. */
export interface ProgramChoice {
  readonly conversion: readonly ProgramSaying[];
  readonly values: readonly ProgramSaying[];
}

/** The keys of a conversion: as comments and flags name them, for people, and the values that they may have. */
export const conversionKeys = {
  numbers: { directive: 'numbers', name: 'Numbers', values: ['int8', 'float32', 'int16x8'] },
  inputType: { directive: 'input_type', name: 'Inputs', values: ['int8', 'float32', 'uint8', 'int16'] },
  outputType: { directive: 'output_type', name: 'Outputs', values: ['int8', 'float32', 'uint8', 'int16'] },
  batch: { directive: 'batch', name: 'Batch', values: ['open', 1] },
  withKeras: { directive: 'keras', name: 'Keras', values: [2, 3] },
} as const satisfies Readonly<
  Record<
    keyof ConversionChoice,
    { readonly directive: string; readonly name: string; readonly values: readonly (string | number)[] }
  >
>;

export type ConversionKey = keyof typeof conversionKeys;

/** The key of a conversion that a comment or a flag names; every other name is that of a value. */
export function conversionKeyOf(directive: string): ConversionKey | undefined {
  const keys = Object.keys(conversionKeys) as ConversionKey[];
  return keys.find((key) => conversionKeys[key].directive === directive);
}

/** A value of a key of a conversion as it is written; `undefined` where the key has no such value. */
export function conversionValue(key: ConversionKey, text: string | number): string | number | undefined {
  const known: readonly (string | number)[] = conversionKeys[key].values;
  return known.find((value) => String(value) === String(text));
}
