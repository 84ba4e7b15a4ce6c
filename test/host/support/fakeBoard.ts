import { createServer } from 'node:net';
import type { Socket } from 'node:net';

/** A board behind a TCP port, for the serial monitor to listen to. */
export interface FakeBoard {
  /** `socket://127.0.0.1:PORT` */
  readonly address: string;
  /** What was sent to it, all connections together. */
  received(): string;
  /** Says something to whoever listens. */
  say(text: string | Uint8Array): void;
  /** Ends all connections, as unplugging does; it answers again at once. */
  unplug(): void;
  close(): Promise<void>;
}

/** Starts a board that greets each connection with `greeting`. */
export async function startFakeBoard(greeting: string | Uint8Array = ''): Promise<FakeBoard> {
  const sockets = new Set<Socket>();
  let received = '';
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.unref();
    socket.on('data', (bytes: Buffer) => (received += bytes.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    if (greeting.length > 0) socket.write(greeting);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A board that nobody unplugs does not keep the program alive.
  server.unref();
  const place = server.address();
  if (place === null || typeof place === 'string') throw new Error('The system gave no port.');
  const unplug = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    address: `socket://127.0.0.1:${place.port}`,
    received: () => received,
    say: (text) => {
      for (const socket of sockets) socket.write(text);
    },
    unplug,
    close: async () => {
      unplug();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
