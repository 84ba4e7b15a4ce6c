import type { Model } from '../../model/model';
import { pickSamples } from '../../samples/samples';
import { spread } from '../../samples/spread';
import type { Samples } from '../../samples/samples';
import type { Channels } from '../channels/channels';
import { activationImportance } from './activationImportance';
import { activationStatistics } from './activationStatistics';
import type { ChannelStatistics } from './activationStatistics';
import { filterImportance } from './filterImportance';
import type { ChannelImportances } from './filterImportance';
import { readingsOf } from './readings';
import type { Importance, PruneTools } from './request';
import { judgedOutputs } from '../judge/judgedOutputs';
import { taylorImportance } from './taylorImportance';
import { HumanError } from '../../model/problem';

/** What is known about the channels before any goes. */
export interface ChannelJudgement {
  readonly kind: Importance;
  readonly importances: ChannelImportances;
  /** Of the tensors that channels are read from; absent without samples or engine. */
  readonly statistics?: ReadonlyMap<number, ChannelStatistics>;
}

/**
 * Importances by the kind that was asked for, or by the best that there is what it takes for.
 * @param twin the float twin of the graph that `channels` were found in, with the same indices.
 */
export async function judgeChannels(
  { twin, channels, samples }: { readonly twin: Model; readonly channels: Channels; readonly samples?: Samples },
  asked: Importance | 'auto',
  { engine, trainer, signal }: PruneTools,
): Promise<ChannelJudgement> {
  const data = samples !== undefined && engine !== undefined ? { samples, engine } : undefined;
  const best = data === undefined ? 'l2' : trainer === undefined ? 'activation' : 'taylor';
  const kind = asked === 'auto' ? best : asked;
  const tensors = [...new Set(readingsOf(channels).map(({ reader }) => reader.image.index))];
  const statistics =
    data && (await activationStatistics(data.engine, twin, { samples: data.samples, tensors }, signal));
  if (kind !== 'activation' && kind !== 'taylor') {
    return { kind, importances: filterImportance(channels, kind), statistics };
  }
  if (statistics === undefined) throw needs(kind, 'samples (--data) and TensorFlow.js');
  if (kind === 'activation') return { kind, importances: activationImportance(channels, statistics), statistics };
  if (trainer === undefined) throw needs(kind, 'gradients, which this engine does not compute');
  const judged = { trainer, model: twin, channels: { ...channels, graph: twin.graphs[0] } };
  const outputs = [...new Set(judgedOutputs(twin.graphs[0]).map(({ tensor }) => tensor))];
  const few = pickSamples(samples!, spread(samples!.count, gradientSamples));
  const importances = await taylorImportance(judged, { samples: few, statistics }, outputs, signal);
  return { kind, importances, statistics };
}

/** Samples that gradients are computed for: enough for an order of channels. */
const gradientSamples = 192;

function needs(kind: Importance, what: string): HumanError {
  return new HumanError(
    'prune-importance',
    `The importance "${kind}" needs ${what}. Choose "l2", which looks at the weights alone.`,
  );
}
