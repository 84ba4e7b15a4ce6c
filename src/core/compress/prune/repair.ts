import type { DistillPair, DistillResult, Trainer, TrainingSamples } from '../../execute/trainer';
import type { Model } from '../../model/model';
import type { Samples } from '../../samples/samples';
import { splitFor } from '../../samples/stream';
import { summingLayer } from '../clean/ranges/sums';
import { weightTensors } from './pruned';
import type { RepairOptions } from './request';
import { classCount, judgedOutputs } from '../judge/judgedOutputs';
import type { Student } from './student';
import { withWeights } from './withWeights';

/** What a repair came to. */
interface RepairedStudent {
  readonly model: Model;
  readonly result: DistillResult;
}

/** Share of the loss that layers inside the network have: they guide where samples are few, the outputs decide. */
const insideShare = 0.5;

/**
 * Fine-tunes a pruned float model until it answers as the original does, which needs no labels; with labels both count.
 * What layers compute inside is taught as well, channel by channel of those that are left. A fifth of the samples is
 * set aside to tell when to stop.
 */
export async function repairStudent(
  { teacher, student, samples }: { readonly teacher: Model; readonly student: Student; readonly samples: Samples },
  { trainer, options }: { readonly trainer: Trainer; readonly options: RepairOptions },
  report: (epoch: number, loss: number) => void,
  signal?: AbortSignal,
): Promise<RepairedStudent> {
  const { calibration, test } = splitFor(teacher.graphs[0], samples);
  const [graph] = student.model.graphs;
  const trained = weightTensors(graph).filter((index) => graph.tensors[index].type === 'float32');
  const result = await trainer.distill({
    ...{ teacher, student: student.model, trained, options, report, signal },
    pairs: pairsOf(teacher, student),
    training: trainingSamples(calibration),
    validation: trainingSamples(test),
  });
  return { model: withWeights(student.model, result.weights), result };
}

function trainingSamples({ count, inputs, labels }: Samples): TrainingSamples {
  return { count, inputs, labels };
}

/** Functions of single values: what goes into them are no scores of classes that exclude each other. */
const single: ReadonlySet<string> = new Set(['LOGISTIC', 'TANH']);

function pairsOf(teacher: Model, { tensorIndices, keptChannels }: Student): readonly DistillPair[] {
  const [graph] = teacher.graphs;
  const taught = judgedOutputs(graph);
  const outputs = [...new Set(taught.map(({ tensor }) => tensor))];
  const hasScores = classCount(graph) !== undefined && !single.has(taught[0].saturating?.kind ?? '');
  const inside = graph.operators
    .flatMap((operator) => {
      const layer = summingLayer(operator, graph);
      return layer?.form === 'mixing' && layer.output.shape.length === 4 ? [layer.output.index] : [];
    })
    .filter((index) => !outputs.includes(index) && tensorIndices[index] >= 0);
  const pair = (index: number, weight: number, kind: DistillPair['kind']): DistillPair => ({
    ...{ teacherTensor: index, studentTensor: tensorIndices[index], weight, kind },
    channels: keptChannels(index),
  });
  return [
    ...outputs.map((index) => pair(index, 1, hasScores ? 'scores' : 'values')),
    ...inside.map((index) => pair(index, insideShare / inside.length, 'values')),
  ];
}
