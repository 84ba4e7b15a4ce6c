import { readSource } from '../readSource';
import { pickSamples } from '../../samples/samples';
import { spread } from '../../samples/spread';
import { findChannels } from '../channels/findChannels';
import type { ChannelGroup, Channels } from '../channels/channels';
import type { Totals } from '../offer';
import { dequantizeModel } from '../rewrite/dequantizeModel';
import { checkPrunable, nothingToPrune } from './checks';
import { answersOf } from '../judge/answers';
import { fidelityOf, judgedSqnrDb } from '../judge/fidelity';
import type { Answers } from '../judge/answers';
import { compensateBiases } from './compensate';
import { judgeChannels } from './importance';
import type { ChannelJudgement } from './importance';
import { quickForecast } from './pruned';
import type { PruneRequest, PruneTools } from './request';
import { inOrder } from './searchPath';
import { studentOf } from './student';
import { reportOf } from '../costs';
import { totalsOf } from '../totals';

/** What becomes of outputs and costs when one layer alone loses channels. */
export interface SensitivityPoint {
  /** Share of the channels that go. */
  readonly ratio: number;
  readonly removedChannels: number;
  /** Costs of the model without them. */
  readonly totals: Totals;
  /**
   * Against the original on test samples, before a final function that saturates where there is one, nothing repaired;
   * absent without samples.
   */
  readonly fidelity?: { readonly sqnrDb: number; readonly top1Agreement?: number };
}

/** Layers whose channels only go together. */
export interface LayerSensitivity {
  readonly names: readonly string[];
  readonly channels: number;
  readonly points: readonly SensitivityPoint[];
}

export interface Sensitivity {
  /** How channels were ranked. */
  readonly importance: string;
  readonly original: Totals;
  readonly layers: readonly LayerSensitivity[];
  /** Layers that cannot lose channels, and why. */
  readonly fixed: readonly { readonly name: string; readonly reason: string }[];
}

/** Shares of a layer's channels that are tried. */
const ratios = [0.25, 0.5, 0.75];

/** Test samples that are looked at: errors of this size show with few. */
const mostSamples = 64;

/**
 * Takes channels from one layer after another, each time from the whole model, and measures what the outputs lose and
 * the target saves. Of an int8 model the outputs are those of its float twin: what pruning costs, without the rounding.
 * Nothing is written or trained.
 * @throws HumanError where nothing can be pruned; rejects with the signal's reason once that is aborted.
 */
export async function scanSensitivity(
  { path, bytes, read, target, limits, samples, options }: Omit<PruneRequest, 'resultPath'>,
  tools: PruneTools,
): Promise<Sensitivity> {
  const model = readSource({ read, bytes, path });
  checkPrunable(model);
  const channels = findChannels(model);
  const groups = channels.groups.filter((group) => group.channels.length > 1);
  if (groups.length === 0) throw nothingToPrune(channels);
  const twin = dequantizeModel(model);
  const place = { path, target, limits };
  const judged = await judgeChannels({ twin, channels, samples: samples?.calibration }, options.importance, tools);
  const measure = await measurer(
    { channels: { ...channels, graph: twin.graphs[0] }, judged },
    { twin, samples },
    tools,
  );
  const layers: LayerSensitivity[] = [];
  for (const [index, group] of groups.entries()) {
    tools.progress?.({ stage: 'Scanning layers', share: 0.1 + (0.9 * index) / groups.length });
    const points: SensitivityPoint[] = [];
    for (const { ratio, removed } of triesOf(group, judged)) {
      await tools.pause?.();
      tools.signal?.throwIfAborted();
      const totals = totalsOf(quickForecast({ model, channels, place }, removed));
      points.push({ ratio, removedChannels: removed.size, totals, fidelity: await measure(removed) });
    }
    layers.push({ names: namesOf(channels, group), channels: group.channels.length, points });
  }
  const fixed = channels.layers.flatMap(({ name, groups: own, reason }) =>
    own.length === 0 && reason !== undefined ? [{ name, reason }] : [],
  );
  return { importance: judged.kind, original: totalsOf(reportOf(model, place)), layers, fixed };
}

interface Try {
  readonly ratio: number;
  readonly removed: ReadonlySet<number>;
}

function triesOf({ channels }: ChannelGroup, { importances }: ChannelJudgement): readonly Try[] {
  const order = inOrder(channels, importances);
  const tries = ratios.map((ratio) => {
    const count = Math.min(Math.max(1, Math.round(ratio * channels.length)), channels.length - 1);
    return { ratio, removed: new Set(order.slice(0, count)) };
  });
  return tries.filter(({ removed }, index) => removed.size !== tries[index - 1]?.removed.size);
}

function namesOf({ layers }: Channels, group: ChannelGroup): readonly string[] {
  return layers.filter(({ operator }) => group.layers.includes(operator)).map(({ name }) => name);
}

type Measure = (removed: ReadonlySet<number>) => Promise<SensitivityPoint['fidelity']>;

async function measurer(
  { channels, judged }: { readonly channels: Channels; readonly judged: ChannelJudgement },
  { twin, samples }: Pick<PruneRequest, 'samples'> & { readonly twin: ReturnType<typeof dequantizeModel> },
  { engine, pause, signal }: PruneTools,
): Promise<Measure> {
  if (samples === undefined || samples.test.count === 0) return () => Promise.resolve(undefined);
  const test = pickSamples(samples.test, spread(samples.test.count, mostSamples));
  const runner = { engine, rounding: 'double', pause, signal } as const;
  const before: Answers = await answersOf(twin, test, runner);
  return async (removed) => {
    const own = judged.statistics === undefined ? channels : compensateBiases(channels, removed, judged.statistics);
    const after = await answersOf(studentOf(twin, own, removed).model, test, runner);
    const fidelity = fidelityOf(before, after, test);
    return { sqnrDb: judgedSqnrDb(fidelity), top1Agreement: fidelity.top1Agreement };
  };
}
