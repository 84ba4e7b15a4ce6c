import type { CorpusModel } from '../corpus/corpus';

/** A project of the corpus that real TFLM judges once it is fixed. */
export interface JudgedCase {
  /** Name of the corpus's row. */
  readonly row: string;
  readonly runtime: 'tflm-reference' | 'tflm-cmsis-nn';
  /** Other models than the row's, by place: of the corpus, `digits` of the examples, or `shared/NAME`. */
  readonly models?: Readonly<Record<string, JudgedModel>>;
}

type JudgedModel = CorpusModel | 'digits' | `shared/${string}`;

const sketch = 'sketch/model.cpp g_model';

/** Rows whose fix writes an arena, and rows whose model is exchanged, so that operators and arena have to follow. */
export const judgedCases: readonly JudgedCase[] = [
  { row: 'an arena that is too small by 16 bytes', runtime: 'tflm-reference' },
  { row: 'an arena that is more than a quarter larger', runtime: 'tflm-cmsis-nn' },
  { row: 'a sum through a macro and a constant of a header', runtime: 'tflm-reference' },
  { row: 'a member of a class whose arena is too small', runtime: 'tflm-reference' },
  { row: 'the second of two models, by the size of the array', runtime: 'tflm-reference' },
  { row: 'a pointer that is rounded up by hand', runtime: 'tflm-cmsis-nn' },
  { row: 'a recording interpreter takes 112 bytes more', runtime: 'tflm-reference' },
  { row: 'a default without such a flag', runtime: 'tflm-cmsis-nn' },
  { row: 'a sketch that is right', runtime: 'tflm-reference', models: { [sketch]: 'digits' } },
  { row: 'a sketch that is right', runtime: 'tflm-cmsis-nn', models: { [sketch]: 'digits' } },
  { row: 'a class that is right', runtime: 'tflm-reference', models: { 'src/model.cpp model_tflite': 'float' } },
  {
    row: 'a sketch that is right',
    runtime: 'tflm-reference',
    models: { [sketch]: 'shared/tflm_hello_world_int8' },
  },
];
