import type { PlacedGroup } from '../../core/serial/eventGroups';
import { groupText } from '../../core/serial/groupText';
import type { EventCard } from '../../protocol/monitor';
import type { EventAction, FirmwareEventHub, Heard, HeardAt } from './firmwareEvents';

/** Cards of one tab that are kept; the oldest go. */
export const mostCards = 500;

/** The cards of one tab, with what their buttons do. */
export class EventCards {
  readonly #hub: Pick<FirmwareEventHub, 'actionsFor'>;
  /** Up to twice as many as are kept, so that they need not be moved for every new one. */
  #cards: { readonly card: EventCard; readonly actions: readonly EventAction[] }[] = [];
  #nextId = 1;

  constructor(hub: Pick<FirmwareEventHub, 'actionsFor'>) {
    this.#hub = hub;
  }

  get all(): readonly EventCard[] {
    return this.#cards.slice(-mostCards).map(({ card }) => card);
  }

  add({ line, timeMs, group }: PlacedGroup, at: HeardAt): EventCard {
    const heard = heardOf(group, at);
    const actions = heard === undefined ? [] : this.#hub.actionsFor(heard);
    const { severity, ...text } = groupText(group);
    const card: EventCard = {
      id: this.#nextId++,
      line,
      timeMs,
      ...text,
      severity: severity === 'hint' ? 'information' : severity,
      actions: actions.map(({ label }) => label),
    };
    this.#cards.push({ card, actions });
    if (this.#cards.length > 2 * mostCards) this.#cards = this.#cards.slice(-mostCards);
    return card;
  }

  /** Runs what a button of a card does. */
  async run(id: number, action: number): Promise<void> {
    const found = this.#cards.find(({ card }) => card.id === id)?.actions.at(action);
    await found?.run();
  }

  clear(): void {
    this.#cards = [];
  }
}

/** What actions are asked for: a dump by its first event, tables of allocations not at all. */
function heardOf(group: PlacedGroup['group'], at: HeardAt): Heard | undefined {
  switch (group.type) {
    case 'profile':
      return { ...at, profile: group.profile };
    case 'allocations':
      return undefined;
    case 'crash-dump':
      return { ...at, event: group.crash };
    default:
      return { ...at, event: group };
  }
}
