import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { HumanError } from '../core/model/problem';
import type { BridgedPort, Holding } from './comPortServer';
import { ComPortServer } from './comPortServer';

interface BridgeOptions {
  /** 0 takes a free one. */
  readonly tcpPort: number;
  /** Bytes as they are, in place of RFC 2217. */
  readonly isRaw: boolean;
  readonly port: BridgedPort;
  readonly say: (text: string) => void;
}

/** A client that does not take what the board sends is dropped before it fills the memory. */
const mostWaitingBytes = 32 * 1024 * 1024;
/** So much of what a client sent waits for the board, and of answers for the client, before no more is read from it. */
const mostUnsentBytes = 256 * 1024;
/** How a web page begins: a browser would pass on to a board whatever the page wants. */
const httpBeginning = /^(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH|PRI) /;
/** Only programs of this machine are served: there is no password. */
const loopback = '127.0.0.1';

/** Serves a port to one TCP client at a time. */
export class Bridge {
  readonly #options: BridgeOptions;
  readonly #server: Server;
  #client?: { readonly socket: Socket; readonly telnet?: ComPortServer };

  constructor(options: BridgeOptions) {
    this.#options = options;
    this.#server = createServer({ noDelay: true, keepAlive: true }, (socket) => this.#connected(socket));
  }

  /** The address that clients connect to. @throws {HumanError} where the TCP port is taken. */
  async listen(): Promise<string> {
    const { tcpPort, isRaw } = this.#options;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => reject(listenFailure(error, tcpPort)));
      this.#server.listen(tcpPort, loopback, resolve);
    });
    const { port } = this.#server.address() as AddressInfo;
    return `${isRaw ? 'socket' : 'rfc2217'}://${loopback}:${port}`;
  }

  /** Passes on what the port sends; without a client it is lost. */
  received(bytes: Uint8Array): void {
    if (this.#client === undefined) return;
    const { socket, telnet } = this.#client;
    if (socket.writableLength > mostWaitingBytes) {
      this.#options.say('The client does not take what the board sends: it is disconnected.');
      socket.destroy();
      return;
    }
    socket.write(telnet === undefined ? bytes : telnet.encoded(bytes));
  }

  close(): Promise<void> {
    this.#client?.socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #connected(socket: Socket): void {
    const { say, isRaw, port } = this.#options;
    socket.on('error', () => undefined);
    if (this.#client !== undefined) {
      say('A second client was refused: the port is served to one at a time.');
      socket.destroy();
      return;
    }
    const reading = new Reading(socket);
    const answer = (bytes: Uint8Array): void => void socket.write(bytes, reading.holding(bytes.length));
    const client = { socket, telnet: isRaw ? undefined : new ComPortServer(port, answer, reading) };
    this.#client = client;
    say('A client is connected.');
    let isFirst = true;
    socket.on('data', (bytes: Buffer) => {
      if (isFirst && httpBeginning.test(bytes.toString('latin1', 0, 16))) {
        say('A client that speaks HTTP was disconnected: a web page has no business with a board.');
        socket.destroy();
        return;
      }
      isFirst = false;
      const data = client.telnet === undefined ? bytes : client.telnet.received(bytes);
      if (data.length > 0) void this.#send(data).finally(reading.holding(data.length));
    });
    socket.on('close', () => {
      this.#client = undefined;
      say('The client is gone.');
    });
  }

  async #send(data: Uint8Array): Promise<void> {
    try {
      await this.#options.port.write(data);
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      this.#options.say(error.message);
    }
  }
}

/** Reads from a client only as long as what came of it is not too much: the rest waits with the client. */
class Reading implements Holding {
  readonly #socket: Socket;
  #heldBytes = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  holding(bytes: number): () => void {
    this.#heldBytes += bytes;
    if (this.#heldBytes > mostUnsentBytes) this.#socket.pause();
    return () => {
      this.#heldBytes -= bytes;
      if (this.#heldBytes <= mostUnsentBytes) this.#socket.resume();
    };
  }
}

function listenFailure({ code, message }: NodeJS.ErrnoException, tcpPort: number): HumanError {
  const reason =
    code === 'EADDRINUSE' ? 'another program listens there' : code === 'EACCES' ? 'it may not be used' : message;
  return new HumanError(
    'port-listen',
    `TCP port ${tcpPort} cannot be served: ${reason}. Choose another with --listen.`,
  );
}
