import type { PlacedGroup } from '../../core/serial/eventGroups';
import { groupText } from '../../core/serial/groupText';
import type { Profile } from '../../core/serial/profile';
import { reinterpretProfile } from '../../core/serial/profile';
import type { EventCard } from '../../protocol/monitorState';
import type { EventAction, FirmwareEventHub, HeardAt, HeardProfile } from './firmwareEvents';

/** Cards of one tab that are kept; the oldest go. */
export const mostCards = 500;

type Hub = Pick<FirmwareEventHub, 'actionsFor' | 'tickHints'>;

interface KeptCard {
  readonly card: EventCard;
  readonly actions: readonly EventAction[];
  readonly at: HeardAt;
  readonly group: PlacedGroup['group'];
}

/** The cards of one tab, with what their buttons do. */
export class EventCards {
  readonly #hub: Hub;
  /** Up to twice as many as are kept, so that they need not be moved for every new one. */
  #cards: KeptCard[] = [];
  #nextId = 1;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  get all(): readonly EventCard[] {
    return this.#cards.slice(-mostCards).map(({ card }) => card);
  }

  add({ group }: PlacedGroup, at: HeardAt): EventCard {
    const kept = this.#made(this.#nextId++, group, at);
    this.#cards.push(kept);
    if (this.#cards.length > 2 * mostCards) this.#cards = this.#cards.slice(-mostCards);
    return kept.card;
  }

  /** Makes the cards of profiles again whose ticks mean something else now. `latest` is the newest such profile. */
  reinterpret(): { readonly changed: readonly EventCard[]; readonly latest?: HeardProfile } {
    const changed: EventCard[] = [];
    let latest: HeardProfile | undefined;
    // Cards that nobody shows any more stay as they are: the page would take them for new ones.
    this.#cards = this.#cards.slice(-mostCards).map((kept) => {
      const { group, at, card } = kept;
      if (group.type !== 'profile') return kept;
      const profile = reinterpretProfile(group.profile, this.#hub.tickHints(at));
      const isSame = profile.unit === group.profile.unit && profile.ticksPerSecond === group.profile.ticksPerSecond;
      if (isSame) return kept;
      const renewed = this.#made(card.id, { type: 'profile', profile }, at);
      changed.push(renewed.card);
      latest = { ...at, group: { type: 'profile', profile }, isToldAgain: true };
      return renewed;
    });
    return { changed, latest };
  }

  /** The newest profile of the tab. */
  get latestProfile(): Profile | undefined {
    return this.#cards.flatMap(({ group }) => (group.type === 'profile' ? [group.profile] : [])).at(-1);
  }

  /** Runs what a button of a card does. */
  async run(id: number, action: number): Promise<void> {
    const found = this.#cards.find(({ card }) => card.id === id)?.actions.at(action);
    await found?.run();
  }

  clear(): void {
    this.#cards = [];
  }

  #made(id: number, group: PlacedGroup['group'], at: HeardAt): KeptCard {
    const actions = this.#hub.actionsFor({ ...at, group });
    const { severity, ...text } = groupText(group);
    const card: EventCard = {
      id,
      line: at.line,
      timeMs: at.timeMs,
      ...text,
      severity: severity === 'hint' ? 'information' : severity,
      actions: actions.map(({ label }) => label),
    };
    return { card, actions, at, group };
  }
}
