import { HumanError } from '../../model/problem';
import type { Model } from '../../model/model';
import type { Channels } from '../channels/channels';
import { unreachableText } from '../goals/distances';
import type { Guide } from '../goals/distances';
import { isMet } from '../goals/distances';
import type { ChannelJudgement } from './importance';
import type { PruneOptions } from './request';
import type { Goal } from '../goals/goal';
import { searchPath } from './searchPath';
import { PathPoint } from './pathPoint';
import { heard } from './heard';
import { passOver } from './passOver';
import { selectByRatio } from './selection';
import { SelectionTotals } from './selectionTotals';
import { quickForecast } from './pruned';
import type { Report } from '../../estimate/report';
import type { PrunedPlace } from './writtenCosts';
import { writtenReportOf } from './writtenCosts';
import { countText } from '../wording';

/** Which channels go, and every model on the way there. */
export interface Plan {
  readonly chosen: PathPoint;
  readonly path: readonly PathPoint[];
  readonly guidedBy: Guide;
  readonly unreachable?: string;
  /** What was chosen otherwise than asked for, as complete sentences. */
  readonly remarks?: readonly string[];
}

interface Planning {
  readonly model: Model;
  readonly channels: Channels;
  readonly judged: ChannelJudgement;
  readonly place: PrunedPlace;
  /** What the shares of a goal are shares of: the model as it was given. */
  readonly original: Report;
  readonly options: PruneOptions;
  /** Lets messages in, an order to stop among them. */
  readonly pause?: () => Promise<void>;
  readonly signal?: AbortSignal;
  /** Told with every step of a search: the share of the way to the goal that lies behind, 0 to 1. */
  readonly progress?: (share: number) => void;
}

/** Steps that a group of channels is removed in. */
const stepsPerGroup = 16;

/** Removes by ratio where ratios are given, then on towards the goal where there is one. */
export async function planPruning(planning: Planning): Promise<Plan> {
  const { model, channels, judged, options, place } = planning;
  const hasRatios = options.ratio !== undefined || options.layers.length > 0;
  if (!hasRatios && options.goal === undefined) {
    throw new HumanError(
      'prune-no-target',
      'Nothing says how much to prune: give a ratio, layers, a board to fit or a limit.',
    );
  }
  if (hasRatios) {
    const removed = await selectedByRatio(planning);
    const lost = [...removed].reduce((sum, id) => sum + judged.importances[id], 0);
    const chosen = PathPoint.of({ removed, report: quickForecast({ model, channels, place }, removed), lost });
    const path = [PathPoint.of({ removed: new Set(), report: writtenReportOf(model, place), lost: 0 }), chosen];
    return { chosen, path, guidedBy: guideOf(options.goal), remarks: passedOverText(planning, removed) };
  }
  return planForGoal(planning, options.goal!);
}

/** @throws HumanError `prune-worse` where every number of channels costs more than all of them. */
async function selectedByRatio(planning: Planning): Promise<ReadonlySet<number>> {
  const { model, channels, judged, options, place } = planning;
  const asked = selectByRatio(channels, judged.importances, options);
  if (options.force) return asked;
  const totals = new SelectionTotals({ model, channels, place });
  const removed = await heard(passOver({ channels, totals }, asked, judged.importances), planning);
  if (removed.size > 0 || asked.size === 0) return removed;
  throw new HumanError(
    'prune-worse',
    'The kernels of this target handle every smaller number of these channels worse, so that the result would cost more than the source. Nothing was written; choose other layers, or insist on these numbers (--force on the command line).',
  );
}

function passedOverText({ channels, judged, options }: Planning, removed: ReadonlySet<number>): readonly string[] {
  const asked = selectByRatio(channels, judged.importances, options);
  if ([...asked].every((id) => removed.has(id)) && asked.size === removed.size) return [];
  return [
    `Asked for ${asked.size === 1 ? 'was' : 'were'} ${countText(asked.size, 'channel')} fewer, which the kernels of this target handle worse: ${removed.size} are removed.`,
  ];
}

async function planForGoal(planning: Planning, goal: Goal): Promise<Plan> {
  const { model, channels, judged, place, original } = planning;
  const costs = { ...goal, accuracyDrop: undefined };
  const relative =
    costs.macsShare === undefined ? costs : { ...costs, macsShare: shareOfCleaned(costs.macsShare, planning) };
  const path: PathPoint[] = [];
  const { importances } = judged;
  const { progress } = planning;
  const search = searchPath({ model, channels, place, importances, goal: relative, stepsPerGroup, progress });
  await heard(search, planning, (point) => {
    if (point !== undefined) path.push(point);
  });
  const chosen = path[path.length - 1];
  const hasCosts = Object.values(costs).some((limit) => limit !== undefined);
  const isReached = !hasCosts || isMet(costs, chosen.report, original);
  return {
    chosen,
    path,
    guidedBy: guideOf(goal),
    unreachable: isReached ? undefined : unreachableText(costs, chosen.report, original),
  };
}

/** A share of the given model's MACs as one of the cleaned model's. */
function shareOfCleaned(share: number, { original, model, place }: Planning): number {
  return 1 - (original.model.macs * (1 - share)) / Math.max(1, writtenReportOf(model, place).model.macs);
}

function guideOf(goal: Goal | undefined): Guide {
  if (goal?.ramBytes !== undefined) return 'ram';
  if (goal?.flashBytes !== undefined) return 'flash';
  return goal?.macsShare !== undefined ? 'macs' : 'cycles';
}
