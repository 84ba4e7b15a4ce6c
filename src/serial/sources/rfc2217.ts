import { joinBytes } from '../../core/model/values/join';
import { HumanError } from '../../core/model/problem';
import type { PortSettings, SignalSettings } from '../../protocol/serialPort';
import type { OpenPort, OpenRequest, SerialSource } from '../source';
import { comPort, flowControls, parities, stopSizes } from '../comPortCodes';
import { connectTcp, hostAndPort, writeTo } from '../tcp';
import { subnegotiation, telnet, TelnetDecoder, telnetEscaped, telnetOption } from '../telnet';
import type { TelnetCommand } from '../telnet';

const scheme = 'rfc2217://';
const answerTimeoutMs = 3000;

/**
 * A serial port behind a telnet server with COM port control (RFC 2217): ser2net, esp_rfc2217_server, terminal servers.
 */
export const rfc2217Source: SerialSource = {
  id: 'rfc2217',
  addressForm: 'rfc2217://HOST:PORT',
  describes: 'a serial port of another machine (RFC 2217)',
  matches: (address) => address.startsWith(scheme),
  open,
};

const dtrLevels = { on: 8, off: 9 } as const;
const rtsLevels = { on: 11, off: 12 } as const;

async function open({ address, settings, listener }: OpenRequest): Promise<OpenPort> {
  const socket = await connectTcp(hostAndPort(address, scheme), address);
  const write = (bytes: Uint8Array): Promise<void> => writeTo(socket, bytes, address);
  const answers = new Answers();
  const decoder = new TelnetDecoder((command) => answers.take(command, (bytes) => void socket.write(bytes)));
  let isOpen = true;
  socket.on('data', (chunk: Buffer) => {
    const data = decoder.push(chunk);
    if (isOpen && data.length > 0) listener.received(data);
  });
  socket.on('close', () => {
    answers.fail();
    if (isOpen) listener.ended({ kind: 'lost', reason: 'the server closed the connection' });
    isOpen = false;
  });
  const close = (): Promise<void> => {
    isOpen = false;
    socket.destroy();
    return Promise.resolve();
  };
  try {
    await write(offer());
    await answers.accepted(address);
    await write(setUp(settings));
    await answers.baudRate(settings.baudRate, address);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    write: (bytes) => write(telnetEscaped(bytes)),
    setSignals: (signals) => write(signalCommands(signals)),
    setFlowing: (isFlowing) => {
      if (isFlowing) socket.resume();
      else socket.pause();
    },
    close,
  };
}

/** Both directions binary, and the wish to control the port. */
function offer(): Uint8Array {
  const { iac, will, do: please } = telnet;
  const { binary, suppressGoAhead, comPort: option } = telnetOption;
  const wishes = [binary, suppressGoAhead].flatMap((each) => [iac, will, each, iac, please, each]);
  return Uint8Array.from([...wishes, iac, will, option]);
}

function setUp(settings: PortSettings): Uint8Array {
  const { baudRate } = settings;
  const rate = [24, 16, 8, 0].map((shift) => (baudRate >>> shift) & 0xff);
  return joinBytes([
    command(comPort.setBaudRate, rate),
    command(comPort.setDataSize, [settings.dataBits]),
    command(comPort.setParity, [parities[settings.parity]]),
    command(comPort.setStopSize, [stopSizes[settings.stopBits]]),
    command(comPort.setControl, [flowControls[settings.flowControl]]),
    signalCommands(settings),
  ]);
}

function signalCommands({ dtr, rts }: Required<SignalSettings>): Uint8Array {
  return joinBytes([
    command(comPort.setControl, [dtr ? dtrLevels.on : dtrLevels.off]),
    command(comPort.setControl, [rts ? rtsLevels.on : rtsLevels.off]),
  ]);
}

function command(code: number, values: readonly number[]): Uint8Array {
  return subnegotiation(telnetOption.comPort, [code, ...values]);
}

/** What the server says about what was asked of it. */
class Answers {
  readonly #agreed = deferred<boolean>();
  readonly #rate = deferred<number>();
  readonly #refused = new Set<string>();

  take(command: TelnetCommand, send: (bytes: Uint8Array) => void): void {
    if (command.type === 'negotiation') {
      this.#negotiate(command.verb, command.option, send);
      return;
    }
    const [code, ...values] = command.bytes;
    if (command.option !== telnetOption.comPort || code !== comPort.setBaudRate + 100) return;
    this.#rate.resolve(values.reduce((sum, byte) => sum * 256 + byte, 0));
  }

  /** @throws {HumanError} where the server knows no COM ports. */
  async accepted(address: string): Promise<void> {
    if (await inTime(this.#agreed.promise)) return;
    throw new HumanError(
      'port-unreachable',
      `${address} does not answer as an RFC 2217 server. Use socket:// for a server that passes bytes on as they are.`,
    );
  }

  /** @throws {HumanError} where the server sets another rate. A server that does not tell is believed. */
  async baudRate(wanted: number, address: string): Promise<void> {
    const rate = await inTime(this.#rate.promise);
    if (rate === undefined || rate === 0 || rate === wanted) return;
    throw new HumanError(
      'port-settings',
      `The server at ${address} sets ${rate} baud where ${wanted} were asked for. Choose a rate that its port can do.`,
    );
  }

  fail(): void {
    this.#agreed.resolve(false);
    this.#rate.resolve(0);
  }

  /** Options that were not asked for are refused; of those asked for nothing needs an answer. */
  #negotiate(verb: string, option: number, send: (bytes: Uint8Array) => void): void {
    const isKnown = Object.values(telnetOption).some((known) => known === option);
    if (option === telnetOption.comPort && verb === 'do') this.#agreed.resolve(true);
    if (option === telnetOption.comPort && verb === 'dont') this.#agreed.resolve(false);
    const key = `${verb} ${option}`;
    // A refusal is said once: a server that asks again and again and does not listen would fill the memory.
    if (isKnown || this.#refused.has(key)) return;
    this.#refused.add(key);
    if (verb === 'do') send(Uint8Array.from([telnet.iac, telnet.wont, option]));
    if (verb === 'will') send(Uint8Array.from([telnet.iac, telnet.dont, option]));
  }
}

interface Deferred<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
}

function deferred<Value>(): Deferred<Value> {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => (resolve = settle));
  return { promise, resolve };
}

function inTime<Value>(promise: Promise<Value>): Promise<Value | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), answerTimeoutMs);
    void promise.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}
