import * as vscode from 'vscode';
import type { Board } from '../../core/boards/board';
import type { BoardCard, PortCard, PortList } from '../../protocol/monitorState';
import type { PortSettings } from '../../protocol/serialPort';
import type { ListedPort, ListedPorts } from '../../serial/portList';
import { listPorts } from '../../serial/portList';
import { signalPresetOf } from '../../serial/signalPresets';
import type { DetectedBoard, DetectedBoards } from '../boards/detectedBoards';
import { Disposables } from '../disposables';

/** How often ports are looked for while somebody looks at them; listing may start a program. */
const lookMs = 2000;

/** The ports of this machine and the boards behind them. They are looked for while somebody watches. */
export class Ports implements DetectedBoards {
  readonly #list: () => Promise<ListedPorts>;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<void>());
  #known?: ListedPorts;
  #looking?: Promise<ListedPorts>;
  #timer?: NodeJS.Timeout;

  constructor(list: () => Promise<ListedPorts> = listPorts) {
    this.#list = list;
  }

  onDidChange(listener: () => void): vscode.Disposable {
    return this.#emitter.event(listener);
  }

  /** What was found last; nothing before the first look. */
  get known(): ListedPorts | undefined {
    return this.#known;
  }

  portOf(address: string): ListedPort | undefined {
    return this.#known?.ports.find(({ path }) => path === address);
  }

  /** Looks now; a caller that asks meanwhile gets the same answer. */
  look(): Promise<ListedPorts> {
    this.#looking ??= this.#list()
      .then((found) => {
        const isNew = JSON.stringify(found) !== JSON.stringify(this.#known);
        this.#known = found;
        if (isNew) this.#emitter.fire();
        return found;
      })
      .finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  /** Looks again and again, or no longer. */
  watch(isWatched: boolean): void {
    clearInterval(this.#timer);
    this.#timer = isWatched ? setInterval(() => void this.look(), lookMs) : undefined;
    if (isWatched) void this.look();
  }

  async list(): Promise<readonly DetectedBoard[]> {
    const { ports } = await this.look();
    return ports.flatMap(({ boards, path }) => boards.map(({ id }) => ({ board: id, port: path })));
  }

  dispose(): void {
    this.watch(false);
    this.#disposables.dispose();
  }
}

/** What the page needs to know besides the ports. */
interface PortContext {
  readonly tabOf: (address: string) => number | undefined;
  readonly settingsOf: (port: ListedPort) => PortSettings;
}

/** The ports as the page shows them. */
export function portList(known: ListedPorts | undefined, context: PortContext): PortList {
  if (known === undefined) return { ports: [], isLooking: true };
  const ports = known.ports.map((port) => portCard(port, context));
  const notice = known.notice ?? (ports.length === 0 ? emptyNotice() : undefined);
  return { ports, isLooking: false, ...(notice === undefined ? {} : { notice }) };
}

function portCard(port: ListedPort, { tabOf, settingsOf }: PortContext): PortCard {
  const { path, manufacturer, serialNumber } = port;
  const detail = [manufacturer, serialNumber && `serial number ${serialNumber}`].filter(Boolean).join(', ');
  return {
    address: path,
    ...(detail === '' ? {} : { detail }),
    boards: port.boards.map(boardCard),
    tab: tabOf(path),
    settings: settingsOf(port),
  };
}

export function boardCard({ id, name }: Board): BoardCard {
  return { id, name };
}

/** Levels that suit the device, over the usual settings. */
export function settingsFor(port: ListedPort, usual: PortSettings): PortSettings {
  return { ...usual, ...signalPresetOf(port.usb)?.signals };
}

function emptyNotice(): string {
  if (vscode.env.remoteName !== undefined) {
    return (
      'No port found on the machine that this window works on. A board on your own machine is reached by running ' +
      '"milliwatt bridge PORT" there and connecting to the socket:// address that it prints.'
    );
  }
  return 'No port found. Plug the board in with a cable that carries data, or type an address.';
}
