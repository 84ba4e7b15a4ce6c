import type { Model } from '../../model/model';
import { roundUp } from '../../runtimes/memory/layout';
import type { ArenaFacts, PlannedBuffer } from '../../runtimes/facts';
import type { ArenaOutcome } from '../../runtimes/runtime';
import type { Target } from '../../runtimes/target';
import { planArena } from '../../runtimes/tflm/arena';
import { bufferAlignment } from '../../runtimes/tflm/tail';
import { exactBytesText } from '../../text/units';
import { allConfigurations, type Configuration } from './configurations';
import { placeJointly, type ScratchSet } from './placement/joint';
import { placeBuffers } from './placement/placement';
import { PlacementProblem, type LiveBuffer } from './placement/problem';
import { withoutPlan, withPlan } from './planMetadata';

/** What a memory plan brings a model on a target, or why none was made. */
export type PlanOutcome =
  | {
      readonly isPlanned: true;
      /** The same model with the plan in its metadata. */
      readonly model: Model;
      /** Smallest arena before and with the plan. */
      readonly bytesBefore: number;
      readonly bytesAfter: number;
      /** No plan for this target can do with less. */
      readonly isShortest: boolean;
      /** On which libraries and cores the plan needs fewer bytes as well; it needs more on none. */
      readonly helpsOn: readonly string[];
    }
  | Refused;

interface Refused {
  readonly isPlanned: false;
  readonly reason: string;
}

/** As a `PlanOutcome`, with the bytes that a plan needs though it is refused. */
type JudgedPlan = PlanOutcome & { readonly bytesAfter?: number };

type KnownArena = Extract<ArenaOutcome, { known: true }>;

/**
 * The model with a plan for the interpreter's memory that needs fewer bytes than the interpreter's own planner: the
 * tensors' offsets as metadata, found by a search. The outputs cannot change. Taken only when no library, version or
 * core that is described needs more bytes than before.
 */
export function planModel(model: Model, target: Target, isCancelled: () => boolean): PlanOutcome {
  if (target.preserveAllTensors) return refused(preservingText);
  const now = planArena(model, target);
  const bare = planArena(withoutPlan(model), target);
  if (!bare.known) return refused(bare.reason);
  if (bare.lowerBound !== undefined) return refused(bare.lowerBound.reason);
  const before: Before = { model, bytes: arenaOf(now) ?? Infinity, bare, configurations: allConfigurations(target) };
  const { model: planned, isShortest } = planFor(before, isCancelled);
  const first = judgePlan(before, planned, target);
  if (first.isPlanned) return { ...first, isShortest };
  if (first.bytesAfter === undefined || first.bytesAfter >= before.bytes) return first;
  return jointPlans(before, target, isCancelled) ?? first;
}

/** The model as it is: smallest arena, and how the interpreter's own planner places it. */
interface Before {
  readonly model: Model;
  readonly bytes: number;
  readonly bare: KnownArena;
  readonly configurations: readonly Configuration[];
}

/** Whether a plan needs fewer bytes on the target and no more anywhere else. */
function judgePlan(before: Before, planned: Model, target: Target): JudgedPlan {
  const bytesAfter = arenaOf(planArena(planned, target)) ?? Infinity;
  if (bytesAfter >= before.bytes) return { ...refused(noGainText(before)), bytesAfter };
  const judged = before.configurations.map((configuration) => judge(configuration, before.model, planned));
  const worse = judged.find(({ gain }) => gain < 0);
  if (worse !== undefined) return { ...refused(worseText(worse.name, -worse.gain)), bytesAfter };
  const helpsOn = judged.filter(({ gain }) => gain > 0).map(({ name }) => name);
  return { isPlanned: true, model: planned, bytesBefore: before.bytes, bytesAfter, isShortest: false, helpsOn };
}

/**
 * The best of the plans that suit all libraries: how few bytes the target can do with is tried in steps, from the
 * least that any plan needs up to what the interpreter's own planner takes, with all tensors fixed, or the larger ones.
 */
function jointPlans(before: Before, target: Target, isCancelled: () => boolean): PlanOutcome | undefined {
  const needs = jointNeeds(before, target);
  for (let step = 0; step < goalSteps; step++) {
    for (const share of fixedShares) {
      if (isCancelled()) return undefined;
      const goalBytes = needs.leastBytes + roundDown(((needs.mostBytes - needs.leastBytes) * step) / goalSteps);
      const planned = jointPlan(before.model, needs, { share, goalBytes, isCancelled });
      const outcome = planned === undefined ? undefined : judgePlan(before, planned, target);
      if (outcome?.isPlanned === true) return { ...outcome, isShortest: step === 0 };
    }
  }
  return undefined;
}

const goalSteps = 4;
/** Shares of the tensors, the largest first, that a plan fixes. */
const fixedShares = [1, 0.5, 0.25];

/** A plan that fixes the larger tensors; the others are placed by each library's planner with its scratch buffers. */
function jointPlan(
  model: Model,
  { tensors, sets }: JointNeeds,
  { share, goalBytes, isCancelled }: JointGoal,
): Model | undefined {
  const bySize = [...tensors].sort((a, b) => b.bytes - a.bytes);
  const fixed = new Set(bySize.slice(0, Math.ceil(share * tensors.length)));
  const free = tensors.filter((tensor) => !fixed.has(tensor)).map(liveBuffer);
  const [own, ...others] = sets.map(({ buffers, limitBytes }) => ({
    buffers: inPlannersOrder([...free, ...buffers]),
    limitBytes,
  }));
  const offsets = placeJointly([...fixed].map(liveBuffer), [{ ...own, limitBytes: goalBytes }, ...others], isCancelled);
  return offsets === undefined ? undefined : withPlan(model, [...fixed], offsets);
}

interface JointGoal {
  readonly share: number;
  readonly goalBytes: number;
  readonly isCancelled: () => boolean;
}

/** The tensors, and what each library places around them within what it takes without a plan; the target's first. */
interface JointNeeds {
  readonly tensors: readonly PlannedBuffer[];
  readonly sets: readonly ScratchSet[];
  /** Of tensors and scratch on the target: what no placement can do without, and what the interpreter's planner takes. */
  readonly leastBytes: number;
  readonly mostBytes: number;
}

function roundDown(bytes: number): number {
  return bytes - (bytes % bufferAlignment);
}

const preservingText =
  'The interpreter keeps all tensors (preserve_all_tensors), and then refuses a plan. Do not preserve all tensors.';

function noGainText({ bytes, bare }: Before): string {
  return bare.arena.detail?.minimumDecidedBy === 'run'
    ? `The interpreter's own planner needs ${exactBytesText(bytes)}, and no plan was found that needs less.`
    : `The arena of ${exactBytesText(bytes)} is what setting up takes, not what running takes: no plan can make it smaller.`;
}

function worseText(name: string, bytes: number): string {
  return `The plan would need ${exactBytesText(bytes)} more with ${name}, so it was not taken.`;
}

function refused(reason: string): Refused {
  return { isPlanned: false, reason };
}

function planFor(
  { model, bare }: Before,
  isCancelled: () => boolean,
): { readonly model: Model; readonly isShortest: boolean } {
  const buffers = buffersOf(bare);
  const placement = placeBuffers(buffers.map(liveBuffer), isCancelled);
  return { model: withPlan(model, buffers, placement.offsets), isShortest: placement.isShortest };
}

function jointNeeds({ model, bare, configurations }: Before, target: Target): JointNeeds {
  const sets = new Map<string, ScratchSet>();
  for (const other of [target, ...configurations.map((configuration) => configuration.target)]) {
    const outcome = planArena(model, other);
    if (arenaOf(outcome) === undefined || !outcome.known) continue;
    const buffers = buffersOf(outcome).filter(({ kind }) => kind === 'scratch');
    const set = { buffers: buffers.map(liveBuffer), limitBytes: headBytes(outcome.arena) };
    const key = JSON.stringify(set.buffers);
    const known = sets.get(key);
    if (known === undefined || known.limitBytes > set.limitBytes) sets.set(key, set);
  }
  const { goal } = new PlacementProblem(buffersOf(bare).map(liveBuffer));
  const tensors = buffersOf(bare).filter(({ kind }) => kind === 'tensor');
  return { tensors, sets: [...sets.values()], leastBytes: goal, mostBytes: bare.arena.plannedBytes };
}

/** The most bytes that tensors and scratch may take for the arena to stay as small as it is. */
function headBytes({ minimumBytes, persistentBytes, plannedBytes }: ArenaFacts): number {
  return Math.max(plannedBytes, roundDown(minimumBytes - persistentBytes));
}

/** Largest first, and of equal ones the later. */
function inPlannersOrder(scratch: readonly LiveBuffer[]): readonly LiveBuffer[] {
  return [...scratch].reverse().sort((a, b) => b.bytes - a.bytes);
}

function buffersOf({ arena }: KnownArena): readonly PlannedBuffer[] {
  return arena.detail?.buffers ?? [];
}

function liveBuffer({ bytes, firstStep, lastStep }: PlannedBuffer): LiveBuffer {
  return { bytes: roundUp(bytes, bufferAlignment), first: firstStep, last: lastStep };
}

function arenaOf(outcome: ArenaOutcome): number | undefined {
  return outcome.known && outcome.lowerBound === undefined ? outcome.arena.minimumBytes : undefined;
}

/** Bytes that a configuration needs less with the plan than before; 0 where its memory is not known either way. */
function judge(
  { name, target }: Configuration,
  before: Model,
  after: Model,
): { readonly name: string; readonly gain: number } {
  const [least, withPlan] = [arenaOf(planArena(before, target)), arenaOf(planArena(after, target))];
  return { name, gain: least === undefined || withPlan === undefined ? 0 : least - withPlan };
}
