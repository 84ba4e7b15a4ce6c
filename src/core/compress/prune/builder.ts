import { goOnUnasked } from '../../model/budget';
import type { Model } from '../../model/model';
import { splitFor } from '../../samples/stream';
import { dequantizeModel, isQuantizedModel } from '../rewrite/dequantizeModel';
import type { Channels } from '../channels/channels';
import { countText } from '../wording';
import { compensateBiases } from './compensate';
import type { ChannelJudgement } from './importance';
import type { PruneWork } from './pruneWork';
import { reconstruct } from './reconstruct/reconstruct';
import { repairStudent } from './repair';
import type { RepairOptions } from './request';
import type { PathPoint } from './pathPoint';
import { studentOf } from './student';
import type { Student } from './student';

/** A pruned model, trained where that was possible. */
interface BuiltModel {
  readonly model: Model;
  readonly wasRepaired: boolean;
  readonly wasCancelled: boolean;
  readonly decisions: readonly string[];
}

const defaultRepair: RepairOptions = { epochs: 40, batchSize: 16, learningRate: 0.001, patience: 8, seed: 1 };

/** Makes the model of a point of a search: channels removed, their means in the biases, the rest fine-tuned. */
export class Builder {
  readonly #work: PruneWork;
  readonly #base: Model;
  readonly #channels: Channels;
  readonly #judged: ChannelJudgement;
  readonly #built = new Map<ReadonlySet<number>, BuiltModel>();

  constructor(
    work: PruneWork,
    {
      base,
      channels,
      judged,
    }: { readonly base: Model; readonly channels: Channels; readonly judged: ChannelJudgement },
  ) {
    this.#work = work;
    this.#base = base;
    this.#channels = channels;
    this.#judged = judged;
  }

  /** The model of `point` without fine-tuning. */
  plain(point: PathPoint): Model {
    return this.#student(point).model;
  }

  /** The model of `point`; the same one again when asked again. */
  async build(point: PathPoint): Promise<BuiltModel> {
    const known = this.#built.get(point.removed);
    if (known !== undefined) return known;
    const built = await this.#make(point);
    if (!built.wasCancelled) this.#built.set(point.removed, built);
    return built;
  }

  #student(point: PathPoint): ReturnType<typeof studentOf> {
    const { statistics } = this.#judged;
    const channels =
      statistics === undefined ? this.#channels : compensateBiases(this.#channels, point.removed, statistics);
    return studentOf(this.#base, channels, point.removed);
  }

  async #make(point: PathPoint): Promise<BuiltModel> {
    const { request, tools, warnings } = this.#work;
    const cut = this.#student(point);
    const plain: BuiltModel = { model: cut.model, wasRepaired: false, wasCancelled: false, decisions: [] };
    const { samples, options } = request;
    if (!options.repair || samples === undefined || point.removed.size === 0) return plain;
    if (tools.trainer === undefined || isQuantizedModel(this.#base)) {
      warnings.push('Nothing was fine-tuned: gradients or the quantization that must follow are not available here.');
      return plain;
    }
    const { student, decisions } = await this.#solved(cut);
    const repair: RepairOptions = { ...defaultRepair, ...options.repairOptions };
    // Fine-tuning has a best at any time.
    goOnUnasked();
    const { model, result } = await repairStudent(
      { teacher: dequantizeModel(this.#base), student, samples: samples.calibration },
      { trainer: tools.trainer, options: repair },
      (epoch, loss) => {
        tools.progress?.({
          stage: 'Fine-tuning',
          share: 0.45 + 0.35 * (epoch / repair.epochs),
          curve: { series: 'loss', x: epoch, y: loss },
        });
      },
      tools.signal,
    );
    const text = `Fine-tuned for ${countText(result.epochs, 'pass', 'passes')} over ${samples.calibration.source}: loss ${result.lossBefore.toPrecision(3)} -> ${result.lossAfter.toPrecision(3)} on samples set aside.`;
    return { model, wasRepaired: true, wasCancelled: result.wasCancelled, decisions: [...decisions, text] };
  }

  /** Weights behind what is gone solved again, by samples that the fine-tuning does not judge itself by. */
  async #solved(student: Student): Promise<{ readonly student: Student; readonly decisions: readonly string[] }> {
    const { request, tools } = this.#work;
    const { engine, signal } = tools;
    if (engine === undefined || request.samples === undefined) return { student, decisions: [] };
    const samples = splitFor(this.#base.graphs[0], request.samples.calibration).calibration;
    const teacher = dequantizeModel(this.#base);
    const progress = (share: number): void =>
      tools.progress?.({ stage: 'Solving weights again', share: 0.3 + 0.15 * share });
    const solved = await reconstruct({ teacher, student, samples, engine }, progress, signal);
    if (solved.layers === 0) return { student, decisions: [] };
    const layers = countText(solved.layers, 'layer', 'layers');
    return {
      student: solved.student,
      decisions: [`The weights of ${layers} were solved again by least squares over ${samples.source}.`],
    };
  }
}
