import type { Model } from '../../model/model';
import { roundUp } from '../../runtimes/memory/layout';
import type { ArenaFacts, PlannedBuffer } from '../../runtimes/facts';
import type { ArenaOutcome } from '../../runtimes/runtime';
import type { Target } from '../../runtimes/target';
import { planArena } from '../../runtimes/tflm/arena';
import { bufferAlignment } from '../../runtimes/tflm/tail';
import { exactBytesText } from '../../text/units';
import { ArenasOf, leastArenaOf, plannedBytesOf } from './compareArenas';
import { allConfigurations, type Configuration } from './configurations';
import type { Placement } from './placement/climb';
import { fixSome, type ScratchSet } from './placement/fixSome';
import { ownPlaces, placesInPlace, type Places } from './placement/inPlace';
import { placeBuffers } from './placement/placement';
import type { LiveBuffer } from './placement/problem';
import { withoutPlan, withPlan } from './planMetadata';

/** What a memory plan brings a model on a target, or why none was made. */
type PlanOutcome =
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
  const bare = planArena(withoutPlan(model), target);
  if (!bare.known) return refused(bare.reason);
  if (bare.lowerBound !== undefined) return refused(bare.lowerBound.reason);
  const buffers = buffersOf(bare);
  const apart = placeApart(buffers, ownPlaces(buffers), isCancelled);
  const inPlace = placesInPlace(model, buffers);
  const placements = inPlace.length < buffers.length ? [placeApart(buffers, inPlace, isCancelled), apart] : [apart];
  const configurations = allConfigurations(target);
  const before: Before = {
    ...{ model, bare, configurations, placement: apart },
    bytes: leastArenaOf(model, target) ?? Infinity,
    arenas: new ArenasOf(model, configurations),
    leastBytes: leastBytesOf(placements),
  };
  const [first, ...others] = placements
    .sort((a, b) => a.endBytes - b.endBytes)
    .map(({ offsets }) => judgePlan(before, withPlan(model, buffers, offsets), target));
  const taken = [first, ...others].find(({ isPlanned }) => isPlanned);
  if (taken !== undefined) return taken;
  if (first.bytesAfter === undefined || first.bytesAfter >= before.bytes) return first;
  return sharedPlan(before, target, isCancelled) ?? first;
}

/** Offsets of all buffers, those of one place at the same one. */
function placeApart(
  buffers: readonly PlannedBuffer[],
  places: Places,
  isCancelled: () => boolean,
): ReturnType<typeof placeBuffers> {
  const found = placeBuffers(
    places.map((positions) => unionOf(positions.map((position) => liveBuffer(buffers[position])))),
    isCancelled,
  );
  const offsets = new Float64Array(buffers.length);
  places.forEach((positions, place) => {
    for (const position of positions) offsets[position] = found.offsets[place];
  });
  return { ...found, offsets };
}

/** From the first step of any to the last of any. */
function unionOf(buffers: readonly LiveBuffer[]): LiveBuffer {
  return {
    bytes: Math.max(...buffers.map(({ bytes }) => bytes)),
    first: Math.min(...buffers.map(({ first }) => first)),
    last: Math.max(...buffers.map(({ last }) => last)),
  };
}

/** What no placement can do with less than, where every way of placing is known to be as short as it can. */
function leastBytesOf(placements: readonly ReturnType<typeof placeBuffers>[]): number | undefined {
  if (!placements.every(({ isShortest }) => isShortest)) return undefined;
  return Math.min(...placements.map(({ endBytes }) => endBytes));
}

/** The model as it is: smallest arena, and how the interpreter's own planner places it. */
interface Before {
  readonly model: Model;
  readonly bytes: number;
  readonly bare: KnownArena;
  readonly configurations: readonly Configuration[];
  readonly arenas: ArenasOf;
  /** Where the target alone would have tensors and scratch. */
  readonly placement: Placement;
  /** No placement takes less; absent where that is not known. */
  readonly leastBytes: number | undefined;
}

/** Whether a plan needs fewer bytes on the target and no more anywhere else. */
function judgePlan(before: Before, planned: Model, target: Target): JudgedPlan {
  const bytesAfter = leastArenaOf(planned, target) ?? Infinity;
  if (bytesAfter >= before.bytes) return { ...refused(noGainText(before)), bytesAfter };
  const { worse, helpsOn } = before.arenas.compare(planned);
  if (worse !== undefined) return { ...refused(worseText(worse)), bytesAfter };
  const isShortest = plannedBytesOf(planned, target) === before.leastBytes;
  return { isPlanned: true, model: planned, bytesBefore: before.bytes, bytesAfter, isShortest, helpsOn };
}

/** A plan that suits all libraries: it fixes some of the tensors only. */
function sharedPlan(before: Before, target: Target, isCancelled: () => boolean): PlanOutcome | undefined {
  const buffers = buffersOf(before.bare);
  const tensors = buffers.filter(({ kind }) => kind === 'tensor');
  const start = { offsets: before.placement.offsets, leastBytes: before.placement.endBytes };
  const fixed = fixSome(tensors.map(liveBuffer), scratchSets(before, target), start, isCancelled);
  if (fixed === undefined) return undefined;
  const indices = [...fixed.keys()];
  const planned = withPlan(
    before.model,
    indices.map((index) => tensors[index]),
    [...fixed.values()],
  );
  const outcome = judgePlan(before, planned, target);
  return outcome.isPlanned ? outcome : undefined;
}

function roundDown(bytes: number): number {
  return bytes - (bytes % bufferAlignment);
}

const preservingText =
  'The interpreter keeps all tensors (preserve_all_tensors), and then refuses a plan. Do not preserve all tensors.';

function noGainText({ bytes, bare }: Before): string {
  return bare.arena.detail?.minimumDecidedBy === 'run'
    ? `The arena takes ${exactBytesText(bytes)}, and no plan was found that needs less.`
    : `The arena of ${exactBytesText(bytes)} is what setting up takes, not what running takes: no plan can make it smaller.`;
}

function worseText({ name, bytes }: { readonly name: string; readonly bytes: number }): string {
  return `The plan would need ${exactBytesText(bytes)} more with ${name}, so it was not taken.`;
}

function refused(reason: string): Refused {
  return { isPlanned: false, reason };
}

/** What each library places around the tensors, within what it takes without a plan; the target's first. */
function scratchSets({ model, configurations }: Before, target: Target): readonly ScratchSet[] {
  const sets = new Map<string, ScratchSet>();
  for (const other of [target, ...configurations.map((configuration) => configuration.target)]) {
    const outcome = planArena(model, other);
    if (!outcome.known || outcome.lowerBound !== undefined) continue;
    const scratch = buffersOf(outcome).filter(({ kind }) => kind === 'scratch');
    const set = { buffers: scratch.map(liveBuffer), limitBytes: headBytes(outcome.arena) };
    const key = JSON.stringify(set.buffers);
    const known = sets.get(key);
    if (known === undefined || known.limitBytes > set.limitBytes) sets.set(key, set);
  }
  return [...sets.values()];
}

/** The most bytes that tensors and scratch may take for the arena to stay as small as it is. */
function headBytes({ minimumBytes, persistentBytes, plannedBytes }: ArenaFacts): number {
  return Math.max(plannedBytes, roundDown(minimumBytes - persistentBytes));
}

function buffersOf({ arena }: KnownArena): readonly PlannedBuffer[] {
  return arena.detail?.buffers ?? [];
}

function liveBuffer({ bytes, firstStep, lastStep }: PlannedBuffer): LiveBuffer {
  return { bytes: roundUp(bytes, bufferAlignment), first: firstStep, last: lastStep };
}
