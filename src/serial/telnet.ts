/** Codes of telnet (RFC 854, 855). */
export const telnet = { se: 240, sb: 250, will: 251, wont: 252, do: 253, dont: 254, iac: 255 } as const;

/** Options: binary transmission (RFC 856), suppress go-ahead (RFC 858), COM port control (RFC 2217). */
export const telnetOption = { binary: 0, suppressGoAhead: 3, comPort: 44 } as const;

/** What a telnet stream carries beside its data. */
export type TelnetCommand =
  | { readonly type: 'negotiation'; readonly verb: 'will' | 'wont' | 'do' | 'dont'; readonly option: number }
  | { readonly type: 'subnegotiation'; readonly option: number; readonly bytes: readonly number[] };

/** Longest subnegotiation that is kept; the rest of a longer one is passed over. */
const longestSubnegotiation = 4096;

type State = 'data' | 'command' | 'option' | 'sub' | 'subCommand';

/** Takes a telnet stream apart, wherever its chunks end: gives the data and tells the commands. */
export class TelnetDecoder {
  readonly #onCommand: (command: TelnetCommand) => void;
  #state: State = 'data';
  #verb: 'will' | 'wont' | 'do' | 'dont' = 'will';
  #sub: number[] = [];

  constructor(onCommand: (command: TelnetCommand) => void) {
    this.#onCommand = onCommand;
  }

  push(chunk: Uint8Array): Uint8Array {
    const data = new Uint8Array(chunk.length);
    let length = 0;
    for (const byte of chunk) if (this.#take(byte)) data[length++] = byte;
    return data.subarray(0, length);
  }

  /** True where the byte is data. */
  #take(byte: number): boolean {
    switch (this.#state) {
      case 'data':
        if (byte !== telnet.iac) return true;
        this.#state = 'command';
        return false;
      case 'command':
        return this.#takeCommand(byte);
      case 'option':
        this.#state = 'data';
        this.#onCommand({ type: 'negotiation', verb: this.#verb, option: byte });
        return false;
      case 'sub':
        if (byte === telnet.iac) this.#state = 'subCommand';
        else if (this.#sub.length < longestSubnegotiation) this.#sub.push(byte);
        return false;
      case 'subCommand':
        this.#takeSubCommand(byte);
        return false;
    }
  }

  #takeCommand(byte: number): boolean {
    this.#state = 'data';
    if (byte === telnet.iac) return true;
    const verb = verbs.get(byte);
    if (verb !== undefined) {
      this.#verb = verb;
      this.#state = 'option';
    }
    if (byte === telnet.sb) {
      this.#sub = [];
      this.#state = 'sub';
    }
    return false;
  }

  #takeSubCommand(byte: number): void {
    if (byte === telnet.iac) {
      this.#sub.push(byte);
      this.#state = 'sub';
      return;
    }
    this.#state = 'data';
    const [option, ...bytes] = this.#sub;
    if (option !== undefined) this.#onCommand({ type: 'subnegotiation', option, bytes });
  }
}

const verbs: ReadonlyMap<number, 'will' | 'wont' | 'do' | 'dont'> = new Map([
  [telnet.will, 'will'],
  [telnet.wont, 'wont'],
  [telnet.do, 'do'],
  [telnet.dont, 'dont'],
]);

/** Data for a telnet stream: a byte 255 is doubled. */
export function telnetEscaped(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(telnet.iac)) return bytes;
  return Uint8Array.from([...bytes].flatMap((byte) => (byte === telnet.iac ? [byte, byte] : [byte])));
}

/** A subnegotiation, ready to send. */
export function subnegotiation(option: number, bytes: readonly number[]): Uint8Array {
  const body = telnetEscaped(Uint8Array.from([option, ...bytes]));
  return Uint8Array.from([telnet.iac, telnet.sb, ...body, telnet.iac, telnet.se]);
}
