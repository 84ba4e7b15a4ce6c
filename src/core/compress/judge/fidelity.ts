import type { Samples } from '../../samples/samples';
import type { ErrorFigures, Fidelity, OutputFidelity } from '../proof';
import type { Answers, OutputAnswers } from './answers';
import { classesThatLose } from './classFidelity';
import { addSamples, errorsBetween, ErrorSums } from './errorSums';
import { largest } from './judgedOutputs';

/** How far the answers `after` are from those `before`, to the same samples. */
export function fidelityOf(
  before: Answers,
  after: Answers,
  { count, labels }: Pick<Samples, 'count' | 'labels'>,
): Fidelity {
  const all = new ErrorSums();
  before.outputs.forEach(({ values }, output) => addSamples(all, [values, after.outputs[output].values], count));
  const outputs = before.outputs.map((each, output) => outputFidelity(each, after.outputs[output], count));
  const beforeActivation = outputs.length === 1 ? outputs[0].beforeActivation : undefined;
  const [first, second] = [classesOf(before, count), classesOf(after, count)];
  const losing = first && second ? classesThatLose({ before: first, after: second, labels }) : [];
  const share = (isRight: (sample: number) => boolean): number =>
    Array.from({ length: count }, (_, sample) => isRight(sample)).filter(Boolean).length / Math.max(1, count);
  return {
    ...all.figures,
    ...(first && second && { top1Agreement: share((sample) => first[sample] === second[sample]) }),
    ...(beforeActivation?.operator === 'SOFTMAX' && { beforeSoftmax: withoutOperator(beforeActivation) }),
    ...(beforeActivation && { beforeActivation }),
    ...(outputs.length > 1 && { outputs }),
    ...(first &&
      second &&
      labels && {
        accuracy: {
          before: share((sample) => first[sample] === labels[sample]),
          after: share((sample) => second[sample] === labels[sample]),
        },
      }),
    ...(losing.length > 0 && { classes: losing }),
  };
}

function withoutOperator({ sqnrDb, meanSquareError, cosine }: ErrorFigures): ErrorFigures {
  return { sqnrDb, meanSquareError, ...(cosine !== undefined && { cosine }) };
}

function outputFidelity(before: OutputAnswers, after: OutputAnswers, count: number): OutputFidelity {
  const figures = errorsBetween(before.values, after.values, count).figures;
  if (before.before === undefined || after.before === undefined) return { name: before.name, ...figures };
  const inner = errorsBetween(before.before.values, after.before.values, count).figures;
  return { name: before.name, ...figures, beforeActivation: { operator: before.before.kind, ...inner } };
}

/** The class of the largest output of each sample; `undefined` where the output is no vector of classes. */
function classesOf({ outputs, classes }: Answers, count: number): readonly number[] | undefined {
  if (classes === undefined) return undefined;
  const [{ values }] = outputs;
  return Array.from({ length: count }, (_, sample) =>
    largest(values.subarray(sample * classes, (sample + 1) * classes)),
  );
}

/** By what an output is judged: before a final saturating function, which hides differences, else the output itself. */
export function judgedFigures(output: ErrorFigures & Pick<OutputFidelity, 'beforeActivation'>): ErrorFigures {
  return output.beforeActivation ?? output;
}

/** The signal to noise ratio by which a result is judged: that of the output which is worst. */
export function judgedSqnrDb(fidelity: Fidelity): number {
  return Math.min(...(fidelity.outputs ?? [fidelity]).map((output) => judgedFigures(output).sqnrDb));
}
