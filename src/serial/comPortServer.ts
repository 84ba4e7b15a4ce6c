import { HumanError } from '../core/model/problem';
import type { PortSettings, SignalSettings } from '../protocol/serialPort';
import { comPort, flowControls, parities, stopSizes } from './comPortCodes';
import { subnegotiation, telnet, TelnetDecoder, telnetEscaped, telnetOption } from './telnet';
import type { TelnetCommand } from './telnet';

/** The port that a bridge serves. */
export interface BridgedPort {
  readonly settings: PortSettings;
  write(bytes: Uint8Array): Promise<void>;
  open(settings: PortSettings): Promise<void>;
  setSignals(signals: SignalSettings): Promise<void>;
}

/** Counts the bytes of what waits in memory, until the function it gives is called. */
export interface Holding {
  holding(bytes: number): () => void;
}

/** What a command that waits costs in memory at the least. */
const commandBytes = 128;
/** A server's answer to a command has its code and this much more (RFC 2217, section 3). */
const answerOffset = 100;
const knownOptions: ReadonlySet<number> = new Set(Object.values(telnetOption));

/** The server's side of RFC 2217 for one client: takes its commands out of the stream, does and answers them. */
export class ComPortServer {
  readonly #port: BridgedPort;
  readonly #send: (bytes: Uint8Array) => void;
  readonly #holding: Holding;
  readonly #decoder = new TelnetDecoder((command) => this.#take(command));
  readonly #agreed = new Set<string>();
  /** What the port has, the levels of its lines too. */
  #settings: PortSettings;
  /** Commands are done one after another, and all that wait at once where they change settings. */
  #waiting: { readonly bytes: readonly number[]; readonly done: () => void }[] = [];
  #isBusy = false;

  constructor(port: BridgedPort, send: (bytes: Uint8Array) => void, holding: Holding) {
    this.#port = port;
    this.#holding = holding;
    this.#settings = port.settings;
    this.#send = send;
  }

  /** The data in what a client sent. */
  received(bytes: Uint8Array): Uint8Array {
    return this.#decoder.push(bytes);
  }

  encoded(bytes: Uint8Array): Uint8Array {
    return telnetEscaped(bytes);
  }

  #take(command: TelnetCommand): void {
    if (command.type === 'negotiation') {
      this.#negotiate(command.verb, command.option);
      return;
    }
    if (command.option !== telnetOption.comPort || command.bytes.length === 0) return;
    const done = this.#holding.holding(commandBytes + command.bytes.length * 8);
    this.#waiting.push({ bytes: command.bytes, done });
    if (!this.#isBusy) void this.#work();
  }

  /** Agrees to what is known, once, and refuses the rest. */
  #negotiate(verb: 'will' | 'wont' | 'do' | 'dont', option: number): void {
    if (verb === 'wont' || verb === 'dont') return;
    const isAsked = verb === 'do';
    const answer = knownOptions.has(option) ? (isAsked ? telnet.will : telnet.do) : isAsked ? telnet.wont : telnet.dont;
    const key = `${answer} ${option}`;
    if (this.#agreed.has(key)) return;
    this.#agreed.add(key);
    this.#send(Uint8Array.from([telnet.iac, answer, option]));
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    // Let the rest of the chunk be heard first: clients send all settings together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const commands = this.#waiting;
      this.#waiting = [];
      await this.#apply(commands.map(({ bytes }) => bytes));
      for (const { bytes, done } of commands) {
        this.#answer(bytes);
        done();
      }
    }
    this.#isBusy = false;
  }

  /** Opens the port again only where a setting changed: opening resets many boards. What fails shows in the answers. */
  async #apply(commands: readonly (readonly number[])[]): Promise<void> {
    const before = this.#settings;
    const wanted = commands.reduce(withCommand, before);
    const isOther = !isSame(before, wanted);
    try {
      if (isOther) await this.#port.open(wanted);
      else if (before.dtr !== wanted.dtr || before.rts !== wanted.rts) await this.#port.setSignals(wanted);
      this.#settings = wanted;
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      if (isOther) await this.#port.open(before).catch(() => undefined);
    }
  }

  #answer([code, ...values]: readonly number[]): void {
    const answer = answers[code]?.(this.#settings, values) ?? values;
    this.#send(subnegotiation(telnetOption.comPort, [code + answerOffset, ...answer]));
  }
}

type Answer = (settings: PortSettings, values: readonly number[]) => readonly number[];

/** What the port has now, by command; other commands are answered as they were. */
const answers: Readonly<Record<number, Answer>> = {
  [comPort.signature]: () => [...new TextEncoder().encode('Milliwatt')],
  [comPort.setBaudRate]: ({ baudRate }) => [24, 16, 8, 0].map((shift) => (baudRate >>> shift) & 0xff),
  [comPort.setDataSize]: ({ dataBits }) => [dataBits],
  [comPort.setParity]: ({ parity }) => [parities[parity]],
  [comPort.setStopSize]: ({ stopBits }) => [stopSizes[stopBits]],
  [comPort.setControl]: ({ flowControl, dtr, rts }, [value]) => {
    if (value >= 7 && value <= 9) return [dtr ? 8 : 9];
    if (value >= 10 && value <= 12) return [rts ? 11 : 12];
    return value <= 3 ? [flowControls[flowControl]] : [value];
  },
};

/** The settings that a command asks for; a query or a value that is not known leaves them. */
function withCommand(settings: PortSettings, [code, ...values]: readonly number[]): PortSettings {
  const [value] = values;
  switch (code) {
    case comPort.setBaudRate: {
      const baudRate = values.reduce((sum, byte) => sum * 256 + byte, 0);
      return values.length === 4 && baudRate > 0 ? { ...settings, baudRate } : settings;
    }
    case comPort.setDataSize:
      return value >= 5 && value <= 8 ? { ...settings, dataBits: value as PortSettings['dataBits'] } : settings;
    case comPort.setParity:
      return { ...settings, parity: keyWith(parities, value) ?? settings.parity };
    case comPort.setStopSize: {
      const stopBits = ([1, 2, 1.5] as const).find((each) => stopSizes[each] === value);
      return { ...settings, stopBits: stopBits ?? settings.stopBits };
    }
    case comPort.setControl:
      return withControl(settings, value);
    default:
      return settings;
  }
}

function withControl(settings: PortSettings, value: number): PortSettings {
  if (value === 8 || value === 9) return { ...settings, dtr: value === 8 };
  if (value === 11 || value === 12) return { ...settings, rts: value === 11 };
  return { ...settings, flowControl: keyWith(flowControls, value) ?? settings.flowControl };
}

function keyWith<Key extends string>(codes: Readonly<Record<Key, number>>, code: number): Key | undefined {
  return (Object.keys(codes) as Key[]).find((key) => codes[key] === code);
}

function isSame(left: PortSettings, right: PortSettings): boolean {
  const keys = ['baudRate', 'dataBits', 'parity', 'stopBits', 'flowControl'] as const;
  return keys.every((key) => left[key] === right[key]);
}
