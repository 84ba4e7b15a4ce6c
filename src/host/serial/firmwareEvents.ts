import * as vscode from 'vscode';
import type { EventGroup } from '../../core/serial/eventGroups';
import type { TickHints } from '../../core/serial/profile';
import type { TabId } from '../../protocol/monitorState';
import { Disposables } from '../disposables';

/** Where something was heard. */
export interface HeardAt {
  /** The address as the user gave it: `/dev/ttyACM0`, `socket://localhost:4000`. */
  readonly source: string;
  /** The monitor's tab: one stream of bytes, as long as the window lives. */
  readonly tab: TabId;
  /** Id of the board that the port was recognised as, by its USB ids. */
  readonly board?: string;
  /** Number of the line in the stream; of a profile, that of its last one. */
  readonly line: number;
  /** Milliseconds since 1970. */
  readonly timeMs: number;
}

/** What the firmware said: an event, or what the lines of a profile, table or dump mean together. */
export interface HeardGroup<Group extends EventGroup = EventGroup> extends HeardAt {
  readonly group: Group;
  /** True where it was told before and only its ticks mean something else now. */
  readonly isToldAgain?: boolean;
}

/** A profile that is complete. */
export type HeardProfile = HeardGroup<Extract<EventGroup, { readonly type: 'profile' }>>;

export function isProfile(heard: HeardGroup): heard is HeardProfile {
  return heard.group.type === 'profile';
}

/** Something that can be done about what was heard: a button of its card in the panel. */
export interface EventAction {
  /** Short, as on a button: `Show in the listing`. */
  readonly label: string;
  /** May fail with a `HumanError`, whose sentence the user sees. */
  run(): unknown;
}

/** Gives the actions for something that was heard; none where it is not concerned. */
type EventActions = (heard: HeardGroup) => readonly EventAction[];

/** What is known of the ticks of a board's profiles besides what it prints. */
type TickHintsOf = (at: HeardAt) => TickHints;

/** What the firmware of all connected boards says, as far as it has a meaning. */
export interface FirmwareEvents {
  /** In the order of each stream. */
  readonly onDidHear: vscode.Event<HeardGroup>;
  /** Adds buttons to the cards of what is heard from now on. */
  registerActions(actions: EventActions): vscode.Disposable;
  /** Says what ticks are; all are asked, and the last one registered counts most. */
  registerTickHints(hints: TickHintsOf): vscode.Disposable;
}

/** Passes on what the monitor hears to the parts of the extension that use it. */
export class FirmwareEventHub implements FirmwareEvents {
  readonly #heard = new vscode.EventEmitter<HeardGroup>();
  readonly #disposables = new Disposables();
  readonly #actions = new Set<EventActions>();
  readonly #hints: TickHintsOf[] = [];

  readonly onDidHear = this.#heard.event;

  constructor() {
    this.#disposables.add(this.#heard);
  }

  registerActions(actions: EventActions): vscode.Disposable {
    this.#actions.add(actions);
    return new vscode.Disposable(() => this.#actions.delete(actions));
  }

  registerTickHints(hints: TickHintsOf): vscode.Disposable {
    this.#hints.push(hints);
    return new vscode.Disposable(() => this.#hints.splice(this.#hints.indexOf(hints), 1));
  }

  /** Told by the monitor. */
  tell(heard: HeardGroup): void {
    this.#heard.fire(heard);
  }

  /** Asked by the monitor when it makes a card. */
  actionsFor(heard: HeardGroup): readonly EventAction[] {
    return [...this.#actions].flatMap((actions) => actions(heard));
  }

  tickHints(at: HeardAt): TickHints {
    return Object.assign({}, ...this.#hints.map((hints) => hints(at))) as TickHints;
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
