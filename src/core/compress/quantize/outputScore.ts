import type { Graph } from '../../model/model';
import { numberOption } from '../../model/options';
import type { OutputAnswers } from '../judge/answers';
import { errorsBetween, ErrorSums } from '../judge/errorSums';
import type { JudgedOutput } from '../judge/judgedOutputs';
import { largest } from '../judge/judgedOutputs';
import type { SaturatingKind } from '../proof';

/** How near one output of a quantized graph is to the float one's. */
export interface OutputScore {
  /** Of the output; behind a final function that saturates what is to be expected of it. */
  readonly outputDb: number;
  /** Before a final function that saturates. */
  readonly beforeDb?: number;
  /**
   * Share of answers that are to be expected to stay: classes of each row behind a softmax, signs of single values
   * behind others.
   */
  readonly agreement?: number;
  /** The final function that saturates; absent without one. */
  readonly saturating?: SaturatingKind;
}

/** One output as the float graph and the quantized one answer it, over `count` samples. */
export interface AnswerPair {
  readonly exact: OutputAnswers;
  readonly result: OutputAnswers;
  readonly count: number;
}

/**
 * Behind a function that saturates the few samples near a turn make up most of the error, and which way the error of
 * just these went is chance. So every sample's answer is taken with every sample's error.
 */
export function outputScore(pair: AnswerPair, { saturating }: JudgedOutput, { tensors }: Graph): OutputScore {
  const { exact, result, count } = pair;
  if (saturating === undefined || exact.before === undefined || result.before === undefined) {
    return { outputDb: errorsBetween(exact.values, result.values, count).sqnrDb };
  }
  const classes = tensors[saturating.inputs[0]].shape.at(-1) ?? 1;
  const { apply, hasClasses } = functions[saturating.kind];
  const beta = numberOption(saturating, 'beta', 1);
  const behind: Behind = {
    apply: (values) => (hasClasses ? inRows(values, classes, (row) => apply(row, beta)) : apply(values, beta)),
    rowLength: hasClasses ? classes : 1,
  };
  return {
    ...expectedScore([exact.before.values, result.before.values], behind, count),
    beforeDb: errorsBetween(exact.before.values, result.before.values, count).sqnrDb,
    saturating: saturating.kind,
  };
}

/** Squared error of every sample, before a final function that saturates. */
export function noiseOf({ exact, result, count }: AnswerPair): readonly number[] {
  const [before, after] = judgedValues(exact, result);
  const size = before.length / Math.max(1, count);
  return Array.from({ length: count }, (_, sample) => {
    let sum = 0;
    for (let index = sample * size; index < (sample + 1) * size; index++) sum += (after[index] - before[index]) ** 2;
    return sum;
  });
}

/** Sum of the squares of what an output is judged by. */
export function signalOf({ exact, result }: AnswerPair): number {
  return judgedValues(exact, result)[0].reduce((sum, value) => sum + value * value, 0);
}

function judgedValues(exact: OutputAnswers, result: OutputAnswers): readonly [Float32Array, Float32Array] {
  const isBefore = exact.before !== undefined && result.before !== undefined;
  return isBefore ? [exact.before.values, result.before.values] : [exact.values, result.values];
}

interface SaturatingFunction {
  /** Of the values that the function takes together. */
  readonly apply: (row: Float32Array, beta: number) => Float32Array;
  /** True where it takes the classes of a row together. */
  readonly hasClasses: boolean;
}

const functions: Readonly<Record<SaturatingKind, SaturatingFunction>> = {
  SOFTMAX: { apply: softmax, hasClasses: true },
  LOG_SOFTMAX: { apply: (row) => softmax(row, 1).map(Math.log), hasClasses: true },
  LOGISTIC: { apply: (row) => row.map((value) => 1 / (1 + Math.exp(-value))), hasClasses: false },
  TANH: { apply: (row) => row.map(Math.tanh), hasClasses: false },
};

interface Behind {
  readonly apply: (values: Float32Array) => Float32Array;
  /** Values that decide together. */
  readonly rowLength: number;
}

function expectedScore(
  [exact, result]: readonly [Float32Array, Float32Array],
  { apply, rowLength }: Behind,
  count: number,
): Pick<OutputScore, 'outputDb' | 'agreement'> {
  const size = exact.length / Math.max(1, count);
  const errors = result.map((value, place) => value - exact[place]);
  const sums = new ErrorSums();
  let [same, rows] = [0, 0];
  for (let sample = 0; sample < count; sample++) {
    const own = exact.subarray(sample * size, (sample + 1) * size);
    const answer = apply(own);
    for (let other = 0; other < count; other++) {
      const changed = own.map((value, place) => value + errors[other * size + place]);
      sums.add(answer, apply(changed));
      for (let row = 0; row < size; row += rowLength, rows++) {
        if (decision(own, row, rowLength) === decision(changed, row, rowLength)) same++;
      }
    }
  }
  return { outputDb: sums.sqnrDb, agreement: same / rows };
}

function inRows(values: Float32Array, length: number, apply: (row: Float32Array) => Float32Array): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < values.length; row += length) result.set(apply(values.subarray(row, row + length)), row);
  return result;
}

/** The class of a row; of a single value on which side of the turn it lies. */
function decision(values: Float32Array, row: number, length: number): number {
  return length === 1 ? Number(values[row] > 0) : largest(values.subarray(row, row + length));
}

function softmax(row: Float32Array, beta: number): Float32Array {
  const most = row.reduce((largestValue, value) => Math.max(largestValue, value), -Infinity);
  const powers = row.map((value) => Math.exp(beta * (value - most)));
  const sum = powers.reduce((total, value) => total + value, 0);
  return powers.map((value) => value / sum);
}
