import type { EventGroup, PlacedGroup } from '../../core/serial/eventGroups';
import { withTickMeaning } from '../../core/serial/inferenceTicks';
import { reinterpretProfile } from '../../core/serial/profile';
import type { EventCard } from '../../protocol/monitorState';
import { EventCards } from './eventCards';
import type { FirmwareEventHub, HeardAt } from './firmwareEvents';

/** Cards are told no more often than this. */
const cardsMs = 50;
/** So many are made at once, that the host is not held up. */
const mostCardsAtOnce = 100;

interface HearingOptions {
  readonly hub: Pick<FirmwareEventHub, 'tell' | 'actionsFor' | 'tickHints'>;
  /** Where something is heard now, at a line and time of the stream. */
  readonly at: (line: number, timeMs: number) => HeardAt;
  readonly tellCards: (cards: readonly EventCard[]) => void;
}

/** What one tab's thread has understood: told to the rest of the extension, and shown as cards. */
export class TabHearing {
  readonly cards: EventCards;
  readonly #options: HearingOptions;
  #untold: readonly PlacedGroup[] = [];
  #telling?: NodeJS.Timeout;

  constructor(options: HearingOptions) {
    this.#options = options;
    this.cards = new EventCards(options.hub);
  }

  /** In the order of the stream; so many at most that the host is not held up. */
  hear(groups: readonly PlacedGroup[]): void {
    const { hub, at } = this.#options;
    const placed = groups.map(({ line, timeMs, group }) => {
      const place = at(line, timeMs);
      const heard = { ...place, group: withTicks(group, place, hub) };
      hub.tell(heard);
      return { line, timeMs, group: heard.group };
    });
    this.#untold = [...this.#untold, ...placed].slice(-mostCardsAtOnce);
    if (this.#telling === undefined) this.#tellCards();
  }

  /** What ticks are has changed: profiles that were heard are told again, as they are now. */
  reinterpretProfiles(): void {
    const { changed, latest } = this.cards.reinterpret();
    if (changed.length > 0) this.#options.tellCards(changed);
    if (latest !== undefined) this.#options.hub.tell(latest);
  }

  clear(): void {
    this.#untold = [];
    this.cards.clear();
  }

  dispose(): void {
    clearTimeout(this.#telling);
  }

  /** At once, but not again for a while: of a board that floods, only the newest are worth a card. */
  #tellCards(): void {
    this.#telling = undefined;
    if (this.#untold.length === 0) return;
    const { at, tellCards } = this.#options;
    const cards = this.#untold.map((group) => this.cards.add(group, at(group.line, group.timeMs)));
    this.#untold = [];
    tellCards(cards);
    this.#telling = setTimeout(() => this.#tellCards(), cardsMs);
  }
}

/** The thread knows what the board prints; what else is known of ticks is known here. */
function withTicks(group: EventGroup, at: HeardAt, hub: HearingOptions['hub']): EventGroup {
  if (group.type === 'inference-time') return withTickMeaning(group, hub.tickHints(at));
  if (group.type !== 'profile') return group;
  return { type: 'profile', profile: reinterpretProfile(group.profile, hub.tickHints(at)) };
}
