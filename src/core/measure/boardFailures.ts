import type { EventGroup } from '../serial/eventGroups';
import type { FirmwareEvent } from '../serial/events';

type EventOf<Type extends FirmwareEvent['type']> = Extract<FirmwareEvent, { readonly type: Type }>;

/** Something that keeps the firmware from running the model. `reason`: what the kernel said just before. */
export interface BoardFailure {
  readonly event: EventOf<
    | 'arena-short'
    | 'memory-short'
    | 'operator-missing'
    | 'resolver-full'
    | 'operator-failed'
    | 'hybrid-refused'
    | 'schema-mismatch'
    | 'allocate-failed'
    | 'invoke-failed'
    | 'profiler-full'
    | 'crash'
  >;
  readonly reason?: string;
  /** Of a crash: where it happened, once its registers were printed. */
  readonly addresses?: readonly number[];
}

const failureTypes: ReadonlySet<string> = new Set<BoardFailure['event']['type']>([
  'arena-short',
  'memory-short',
  'operator-missing',
  'resolver-full',
  'operator-failed',
  'hybrid-refused',
  'schema-mismatch',
  'allocate-failed',
  'invoke-failed',
  'profiler-full',
]);

/** Whether something that was heard keeps the firmware from running the model. */
export function isFailure({ type }: EventGroup): boolean {
  return type === 'crash-dump' || failureTypes.has(type);
}

function isSingleFailure(group: EventGroup): group is Exclude<BoardFailure['event'], EventOf<'crash'>> {
  return failureTypes.has(group.type);
}

/** At most this many are kept: a board that fails in a loop says the same again and again. */
const mostFailures = 16;

/** Addresses of a crash that are looked up. */
const mostAddresses = 64;
/** Closing words that say nothing where a reason was given before them. */
const summaries: ReadonlySet<string> = new Set(['allocate-failed', 'invoke-failed']);
/** Registers that hold code addresses, the telling one first. */
const codeRegisters = ['pc', 'mepc', 'lr', 'ra'];

/**
 * What goes wrong on one board, gathered from its events. The same failure counts once, in the words of its last time;
 * a good run (a usable profile) clears all, and so does an arena in use what kept it from being set up.
 */
export class BoardFailures {
  readonly #failures = new Map<string, BoardFailure>();
  #refusal?: string;

  get all(): readonly BoardFailure[] {
    return [...this.#failures.values()];
  }

  /** Takes what was heard; true where the failures changed. */
  hear(group: EventGroup): boolean {
    if (isSingleFailure(group)) return this.#add(group);
    switch (group.type) {
      case 'type-refused':
        this.#refusal = group.message;
        return false;
      case 'check-failed':
        this.#refusal = `${group.file.split(/[\\/]/).at(-1)}, line ${group.line}: ${group.condition}`;
        return false;
      case 'crash-dump': {
        const named = codeRegisters.map((name) => group.registers[name]).filter((value) => value !== undefined);
        const addresses = [...new Set([...named, ...group.addresses])].slice(0, mostAddresses);
        return this.#add(group.crash, addresses);
      }
      case 'arena-used':
        return this.#clearSetUp();
      default:
        return false;
    }
  }

  /** The model ran: whatever kept it from running is over. True where there was something. */
  clear(): boolean {
    this.#refusal = undefined;
    const had = this.#failures.size > 0;
    this.#failures.clear();
    return had;
  }

  #add(event: BoardFailure['event'], addresses: readonly number[] = []): boolean {
    if (summaries.has(event.type) && this.#failures.size > 0) return false;
    for (const name of summaries) if (!summaries.has(event.type)) this.#failures.delete(name);
    const reason = event.type === 'operator-failed' ? this.#refusal : undefined;
    this.#refusal = undefined;
    const key = keyOf(event);
    const failure = {
      event,
      ...(reason === undefined ? {} : { reason }),
      ...(addresses.length === 0 ? {} : { addresses }),
    };
    const before = this.#failures.get(key);
    if (before === undefined && this.#failures.size >= mostFailures) return false;
    this.#failures.set(key, failure);
    return before === undefined || JSON.stringify(before) !== JSON.stringify(failure);
  }

  #clearSetUp(): boolean {
    const setUp = [...this.#failures].filter(([, { event }]) => isSetUp(event)).map(([key]) => key);
    for (const key of setUp) this.#failures.delete(key);
    return setUp.length > 0;
  }
}

/** Whether a failure is one of setting up, which `arena_used_bytes()` is asked after. */
function isSetUp(event: BoardFailure['event']): boolean {
  if (event.type === 'operator-failed') return event.stage === 'prepare';
  return !['invoke-failed', 'profiler-full', 'crash'].includes(event.type);
}

function keyOf(event: BoardFailure['event']): string {
  switch (event.type) {
    case 'arena-short':
    case 'memory-short':
      return 'arena';
    case 'operator-missing':
    case 'resolver-full':
      return `operator ${event.operator}`;
    case 'operator-failed':
      return `failed ${event.position} ${event.stage}`;
    case 'crash':
      return `crash ${event.reason}`;
    default:
      return event.type;
  }
}
