import type {
  ArenaAllocation,
  ArenaSection,
  Crash,
  CrashBacktrace,
  CrashRegisters,
  FirmwareEvent,
  InferenceTime,
  PlotSamples,
  ProfileDamage,
  ProfileEnd,
  ProfileEntry,
  ProfileStart,
  ProfileTagSum,
  TaskWatchdog,
} from './events';
import type { Profile, TickHints } from './profile';
import { withTickMeaning } from './inferenceTicks';
import { ProfileAssembler } from './profile';

/** One line of a profile. */
type ProfileLine = ProfileStart | ProfileEntry | ProfileTagSum | ProfileEnd | ProfileDamage;

/** An event that means something by itself. */
type SingleEvent = Exclude<
  FirmwareEvent,
  ProfileLine | PlotSamples | ArenaSection | ArenaAllocation | Crash | CrashRegisters | CrashBacktrace
>;

/** What a person wants to be told of: an event, or what the lines of a table or dump mean together. */
export type EventGroup =
  | SingleEvent
  | { readonly type: 'profile'; readonly profile: Profile }
  | {
      readonly type: 'allocations';
      readonly sections: readonly ArenaSection[];
      readonly allocations: readonly ArenaAllocation[];
    }
  | {
      readonly type: 'crash-dump';
      readonly crash: Crash;
      readonly registers: Readonly<Record<string, number>>;
      readonly addresses: readonly number[];
      /** True where the dump says that the trace stops early. */
      readonly corrupted: boolean;
    };

/** A group with the line and time of what completed it. */
export interface PlacedGroup {
  readonly line: number;
  readonly timeMs: number;
  readonly group: EventGroup;
}

interface Dump {
  crash: Crash;
  registers: Readonly<Record<string, number>>;
  addresses: readonly number[];
  corrupted: boolean;
}

/** Lines without an event after which a table or a dump is over: dumps have many that mean nothing here. */
const tablePatience = 8;
const dumpPatience = 64;
const mostAllocations = 256;
/** Times of inferences within this share of each other are the same. */
const sameTimeShare = 0.02;
const sameTimeMs = 30_000;

/**
 * Puts the events of one stream together. Only lines with events need be given, in order; `flush` when the board has
 * been silent, as the last table and the last dump have no end of their own.
 */
export class EventGrouper {
  readonly #profiles = new ProfileAssembler();
  #sections: ArenaSection[] = [];
  #allocations: ArenaAllocation[] = [];
  #dump?: Dump;
  #watchdog?: TaskWatchdog;
  /** The time of an inference that was told last. */
  #inference = { amount: -1, timeMs: 0 };
  #line = 0;
  #timeMs = 0;

  /** True where something waits for its end. */
  get isWaiting(): boolean {
    return (
      this.#sections.length + this.#allocations.length > 0 ||
      this.#dump !== undefined ||
      this.#watchdog !== undefined ||
      this.#profileWaits
    );
  }

  #profileWaits = false;

  /** What is complete with this event. `line` is its number in the stream. */
  feed(
    event: Exclude<FirmwareEvent, PlotSamples>,
    at: { readonly line: number; readonly timeMs: number },
    hints: TickHints = {},
  ): readonly PlacedGroup[] {
    const done: PlacedGroup[] = [];
    const gap = at.line - this.#line;
    // The assembler counts lines that belong to no profile, and gives up after a few.
    for (let foreign = 1; foreign < Math.min(gap, 4); foreign += 1) {
      done.push(...this.#placed(this.#profiles.feed([], at.timeMs, hints).map(profileGroup)));
    }
    if (gap > tablePatience || !isTable(event)) done.push(...this.#placed(this.#endTable()));
    if (gap > tablePatience || event.type !== 'task-watchdog') done.push(...this.#placed(this.#endWatchdog()));
    if (gap > dumpPatience || this.#isOtherCrash(event)) done.push(...this.#placed(this.#endDump()));
    this.#line = at.line;
    this.#timeMs = at.timeMs;
    done.push(...this.#placed(this.#profiles.feed([event], at.timeMs, hints).map(profileGroup)));
    const meant = event.type === 'inference-time' ? withTickMeaning(event, hints) : event;
    done.push(...this.#placed(this.#take(meant)));
    return done;
  }

  /** Ends whatever is under way. */
  flush(hints: TickHints = {}): readonly PlacedGroup[] {
    this.#profileWaits = false;
    const profiles = this.#profiles.flush(hints).map(profileGroup);
    return this.#placed([...profiles, ...this.#endTable(), ...this.#endWatchdog(), ...this.#endDump()]);
  }

  #take(event: Exclude<FirmwareEvent, PlotSamples>): readonly EventGroup[] {
    switch (event.type) {
      case 'profile-start':
      case 'profile-entry':
      case 'profile-tag-sum':
      case 'profile-damage':
        this.#profileWaits = true;
        return [];
      case 'profile-end':
        this.#profileWaits = false;
        return [];
      case 'arena-section':
        this.#sections.push(event);
        return [];
      case 'arena-allocation':
        if (this.#allocations.length < mostAllocations) this.#allocations.push(event);
        return [];
      case 'crash':
        this.#dump = this.#dump ?? { crash: event, registers: {}, addresses: [], corrupted: false };
        this.#dump.crash = namedAgain(this.#dump.crash, event);
        return [];
      case 'crash-registers':
      case 'crash-backtrace':
        this.#addToDump(event);
        return [];
      case 'task-watchdog':
        return this.#watch(event);
      case 'inference-time':
        return this.#isNewTime(event) ? [event] : [];
      default:
        return [event];
    }
  }

  /** A dump that names its crash again, in other words, goes on. */
  #isOtherCrash(event: FirmwareEvent): boolean {
    const crash = this.#dump?.crash;
    return event.type === 'crash' && (crash?.crash !== event.crash || crash.kind !== event.kind);
  }

  /** Firmware says it with every inference: the same is told again only after a while. */
  #isNewTime({ ms, cycles, ticks }: InferenceTime): boolean {
    const amount = ms ?? cycles ?? ticks ?? 0;
    const { amount: before, timeMs } = this.#inference;
    const isSame = Math.abs(amount - before) <= sameTimeShare * before;
    if (isSame && this.#timeMs - timeMs < sameTimeMs) return false;
    this.#inference = { amount, timeMs: this.#timeMs };
    return true;
  }

  /** Registers that come before the crash itself is named belong to none. */
  #addToDump(event: CrashRegisters | CrashBacktrace): void {
    const dump = this.#dump;
    if (dump?.crash.crash !== event.crash || dump.crash.kind !== event.kind) return;
    if (event.type === 'crash-registers') dump.registers = { ...dump.registers, ...event.registers };
    else {
      dump.addresses = [...dump.addresses, ...event.addresses];
      dump.corrupted ||= event.corrupted;
    }
  }

  #watch(event: TaskWatchdog): readonly EventGroup[] {
    const isNew = event.starved.length + event.running.length === 0 && event.aborts !== true;
    const done = isNew ? this.#endWatchdog() : [];
    const { starved, running } = this.#watchdog ?? event;
    const isFirst = this.#watchdog === undefined;
    this.#watchdog = isFirst
      ? event
      : {
          ...this.#watchdog,
          ...event,
          starved: [...starved, ...event.starved],
          running: [...running, ...event.running],
        };
    return done;
  }

  #endWatchdog(): readonly EventGroup[] {
    const watchdog = this.#watchdog;
    this.#watchdog = undefined;
    return watchdog === undefined ? [] : [watchdog];
  }

  #endTable(): readonly EventGroup[] {
    const [sections, allocations] = [this.#sections, this.#allocations];
    this.#sections = [];
    this.#allocations = [];
    return sections.length + allocations.length === 0 ? [] : [{ type: 'allocations', sections, allocations }];
  }

  #endDump(): readonly EventGroup[] {
    const dump = this.#dump;
    this.#dump = undefined;
    return dump === undefined ? [] : [{ type: 'crash-dump', ...dump }];
  }

  #placed(groups: readonly EventGroup[]): readonly PlacedGroup[] {
    return groups.map((group) => ({ line: this.#line, timeMs: this.#timeMs, group }));
  }
}

function isTable({ type }: FirmwareEvent): boolean {
  return type === 'arena-section' || type === 'arena-allocation';
}

function profileGroup(profile: Profile): EventGroup {
  return { type: 'profile', profile };
}

/** A crash with what a later line of its dump says of it. */
function namedAgain(crash: Crash, more: Crash): Crash {
  const isKnown = crash.reason.toLowerCase().includes(more.reason.toLowerCase());
  return { ...crash, ...more, reason: isKnown ? crash.reason : `${crash.reason}: ${more.reason}` };
}
