import { arenaBytesToReserve } from '../../model/arenaReserve';
import type { Model } from '../../model/model';
import { HumanError } from '../../model/problem';
import { bytesText, millisecondsText } from '../../text/units';
import type { Channels, ChannelLayer } from '../channels/channels';
import { findChannels } from '../channels/findChannels';
import { changesText } from '../changesText';
import { worseCostsText } from '../worseCosts';
import type { OfferWithOptions } from '../kind';
import type { OfferSubject } from '../offer';
import { whyUntouched } from './checks';
import { filterImportance } from './filterImportance';
import type { ChannelImportances } from './filterImportance';
import { forecast } from './pruned';
import { defaultPruneOptions } from './request';
import type { PruneOptions } from './request';
import type { Goal } from '../goals/goal';
import type { PathPoint } from './pathPoint';
import { searchPath } from './searchPath';
import { unheard } from './heard';
import { passOver } from './passOver';
import { selectByRatio } from './selection';
import { SelectionTotals } from './selectionTotals';
import { unreachableText, isMet } from '../goals/distances';
import { unstructuredOffer } from './unstructuredOffer';
import type { Report } from '../../estimate/report';
import type { PrunedPlace } from './writtenCosts';
import { reportOf } from '../costs';
import { totalsOf } from '../totals';

/** Share of a layer's channels that is offered on its line, and of all layers' for the model. */
const offeredRatio = 0.25;

const everyNumberIsWorse = 'The kernels of this target handle every smaller number of these channels worse.';

/** Steps a group when a search only has to say what a goal takes. */
const coarseSteps = 8;

/**
 * What pruning would bring, for the model and for each layer, computed from the files that would be written: exact,
 * whatever the samples will say about which channels matter.
 */
export function pruneOffers(subject: OfferSubject): readonly OfferWithOptions<PruneOptions>[] {
  const { model, ...place } = subject;
  try {
    const reason = whyUntouched(model, place.target);
    if (reason !== undefined) return [refusedOffer(reason)];
    const before = reportOf(model, place);
    const channels = findChannels(model);
    const totals = new SelectionTotals({ model, channels, place }, before);
    const importances = filterImportance(channels, 'l2');
    const offering: Offering = { model, place, before, totals, channels, importances };
    return [
      ratioOffer(offering),
      ...goalOffers(offering),
      ...channels.layers.map((layer) => layerOffer(offering, layer)),
      unstructuredOffer(model, before),
    ];
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    return [refusedOffer(error.message)];
  }
}

function refusedOffer(reason: string): OfferWithOptions<PruneOptions> {
  return { offer: { possible: false, id: 'prune', title: 'Why not prune this model?', reason } };
}

interface Offering {
  readonly model: Model;
  readonly place: PrunedPlace;
  readonly before: Report;
  readonly totals: SelectionTotals;
  readonly channels: Channels;
  readonly importances: ChannelImportances;
}

function layerOffer(offering: Offering, layer: ChannelLayer): OfferWithOptions<PruneOptions> {
  const { channels, before, totals } = offering;
  const id = `prune:${layer.name}`;
  const place = before.layers.findIndex(({ graph, position }) => graph === 0 && position === layer.operator);
  const options = { ...defaultPruneOptions, clean: false, layers: [{ name: layer.name, ratio: offeredRatio }] };
  const own = layer.groups.map((group) => channels.groups[group]).filter((group) => group.channels.length > 1);
  const refuse = (reason: string): OfferWithOptions<PruneOptions> => ({
    offer: { possible: false, id, title: `Why not prune ${layer.name}?`, reason, layer: place },
  });
  if (own.length === 0) return refuse(layer.reason ?? 'It has one channel, which has to stay.');
  const asked = selectByRatio(channels, offering.importances, options);
  if (asked.size === 0) return refuse('A quarter of its channels is less than one.');
  const removed = unheard(passOver(offering, asked, offering.importances));
  if (removed.size === 0) return refuse(everyNumberIsWorse);
  const after = totals.of(removed);
  const worse = worseCostsText(totals.before, after);
  if (worse !== undefined) return refuse(worse);
  const left = channelsText(layer, removedOutputs(channels, layer, removed));
  const title = `Prune ${layer.name}${left}: ${changesText(totals.before, after)}`;
  return { offer: { possible: true, id, title, before: totals.before, after, layer: place }, options };
}

function channelsText({ outputs }: ChannelLayer, removed: number): string {
  return `: ${outputs} -> ${outputs - removed} channels`;
}

/** How many of a layer's outputs these channels are. */
function removedOutputs(
  { channels, graph }: Channels,
  { operator }: ChannelLayer,
  removed: ReadonlySet<number>,
): number {
  const output = graph.operators[operator].outputs[0];
  const axis = graph.tensors[output].shape.length - 1;
  const indices = [...removed].flatMap((id) =>
    channels[id].places
      .filter((place) => place.tensor === output && place.axis === axis)
      .flatMap((place) => place.indices),
  );
  return new Set(indices).size;
}

function ratioOffer(offering: Offering): OfferWithOptions<PruneOptions> {
  const { channels, importances, totals } = offering;
  const options: PruneOptions = { ...defaultPruneOptions, clean: false, ratio: offeredRatio };
  const asked = selectByRatio(channels, importances, options);
  if (asked.size === 0) {
    const reason = channels.layers.map(({ reason: each }) => each).find((each) => each !== undefined);
    return refusedOffer(reason ?? 'No layer has channels of its own that could go.');
  }
  const removed = unheard(passOver(offering, asked, importances));
  if (removed.size === 0) return refusedOffer(everyNumberIsWorse);
  const after = totals.of(removed);
  const worse = worseCostsText(totals.before, after);
  if (worse !== undefined) return refusedOffer(worse);
  const title = `Prune a quarter of the channels of every layer: ${changesText(totals.before, after)}`;
  return { offer: { possible: true, id: 'prune', title, before: totals.before, after }, options };
}

/** One offer for each limit that is exceeded. */
function goalOffers(offering: Offering): readonly OfferWithOptions<PruneOptions>[] {
  const { before } = offering;
  const { budget, arena, flash, latency } = before;
  const goals: (readonly [string, Goal])[] = [];
  const ram = budget?.ramBytes;
  if (ram !== undefined && arena !== undefined && arenaBytesToReserve(arena) > ram) {
    goals.push([`it fits ${bytesText(ram)} RAM`, { ramBytes: ram }]);
  }
  if (budget?.flashBytes !== undefined && flash !== undefined && flash.totalBytes > budget.flashBytes) {
    goals.push([`it fits ${bytesText(budget.flashBytes)} flash`, { flashBytes: budget.flashBytes }]);
  }
  if (budget?.latencyMs !== undefined && latency?.ms !== undefined && latency.ms > budget.latencyMs) {
    goals.push([`an inference takes ${millisecondsText(budget.latencyMs)}`, { latencyMs: budget.latencyMs }]);
  }
  return goals.map(([text, goal]) => goalOffer(offering, text, goal));
}

/** The offer names how much goes of each layer, so that the samples decide only which channels that are. */
function goalOffer(offering: Offering, text: string, goal: Goal): OfferWithOptions<PruneOptions> {
  const { channels, before } = offering;
  const id = `prune:${Object.keys(goal).join()}`;
  let nearest: PathPoint | undefined;
  for (const point of searchPath({ ...offering, goal, stepsPerGroup: coarseSteps })) nearest = point ?? nearest;
  const removed = nearest?.removed ?? new Set();
  const after = forecast(offering, removed, true);
  if (!isMet(goal, after, before)) {
    const reason = unreachableText(goal, after, before);
    return { offer: { possible: false, id, title: `Why not prune until ${text}?`, reason } };
  }
  const title = `Prune until ${text}: ${changesText(totalsOf(before), totalsOf(after))}`;
  const options = { ...defaultPruneOptions, clean: false, layers: sharesOf(channels, removed) };
  return { offer: { possible: true, id, title, before: totalsOf(before), after: totalsOf(after) }, options };
}

function sharesOf({ groups, layers }: Channels, removed: ReadonlySet<number>): PruneOptions['layers'] {
  return groups.flatMap((group) => {
    const gone = group.channels.filter((id) => removed.has(id)).length;
    const layer = layers.find(({ operator }) => operator === group.layers[0]);
    return gone === 0 || layer === undefined ? [] : [{ name: layer.name, ratio: gone / group.channels.length }];
  });
}
