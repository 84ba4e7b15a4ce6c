import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MockBinding } from '@serialport/binding-mock';
import { SerialPortStream } from '@serialport/stream';
import type { SerialSource } from '../../../src/serial/source';
import { createSerialPortSource, serialPortSource } from '../../../src/serial/sources/serialPort';
import { socketSource } from '../../../src/serial/sources/socket';
import { eventually } from '../../host/support/eventually';

/** A port with a peer behind it that a test holds in its hands. */
export interface TestPort {
  readonly source: SerialSource;
  readonly address: string;
  /** The peer says something. */
  say(bytes: Uint8Array): void;
  /** What the peer has heard. */
  heard(): Buffer;
  unplug(): Promise<void>;
  replug(): Promise<void>;
  end(): Promise<void>;
}

/** A kind of port; `absent` says in a sentence why there is none here. */
export interface TestPortKind {
  readonly name: string;
  readonly absent?: string;
  make(): Promise<TestPort>;
}

const hasSocat = spawnSync('socat', ['-V']).status === 0;

/** Every kind that the same suite runs over. */
export const testPortKinds: readonly TestPortKind[] = [
  {
    name: 'pseudo-terminal (socat)',
    ...(hasSocat ? {} : { absent: 'There is no socat here: install it to test over pseudo-terminals.' }),
    make: ptyPort,
  },
  { name: 'TCP peer', make: tcpPort },
  { name: 'mock of the binding', make: mockPort },
];

/** A pseudo-terminal whose other end are the pipes of a socat. */
export async function ptyPort(): Promise<TestPort> {
  const folder = mkdtempSync(path.join(tmpdir(), 'milliwatt-pty-'));
  const address = path.join(folder, 'board');
  let heard = Buffer.alloc(0);
  let child: ChildProcess | undefined;
  const replug = async (): Promise<void> => {
    const started = spawn('socat', [`pty,raw,echo=0,link=${address}`, 'stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
    child = started;
    started.stdout.on('data', (bytes: Buffer) => (heard = Buffer.concat([heard, bytes])));
    started.stdin.on('error', () => undefined);
    await eventually(() => {
      if (spawnSync('test', ['-e', address]).status !== 0) throw new Error('There is no pseudo-terminal yet.');
    });
  };
  const unplug = async (): Promise<void> => {
    const gone = child;
    child = undefined;
    if (gone === undefined) return;
    const exited = new Promise((resolve) => gone.once('exit', resolve));
    gone.kill();
    await exited;
  };
  await replug();
  return {
    source: serialPortSource,
    address,
    say: (bytes) => void child?.stdin?.write(bytes),
    heard: () => heard,
    unplug,
    replug,
    end: async () => {
      await unplug();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function tcpPort(): Promise<TestPort> {
  let heard = Buffer.alloc(0);
  let server: Server | undefined;
  let port = 0;
  const sockets = new Set<Socket>();
  const replug = async (): Promise<void> => {
    const made = createServer((socket) => {
      sockets.add(socket);
      socket.on('data', (bytes) => (heard = Buffer.concat([heard, bytes])));
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => made.listen(port, '127.0.0.1', resolve));
    const place = made.address();
    if (place === null || typeof place === 'string') throw new Error('The system gave no port.');
    port = place.port;
    server = made;
  };
  const unplug = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server?.close(resolve));
  };
  await replug();
  return {
    source: socketSource,
    address: `socket://127.0.0.1:${port}`,
    say: (bytes) => {
      for (const socket of sockets) socket.write(bytes);
    },
    heard: () => heard,
    unplug,
    replug,
    end: unplug,
  };
}

/** What the stream of the package does when its device is gone. */
interface Unpluggable {
  _disconnected(error: Error): void;
}

let mocks = 0;

function mockPort(): Promise<TestPort> {
  mocks += 1;
  const address = `/dev/mock${mocks}`;
  MockBinding.createPort(address, { record: true });
  let stream: SerialPortStream<typeof MockBinding> | undefined;
  let heard = Buffer.alloc(0);
  const source = createSerialPortSource(() =>
    Promise.resolve((options) => {
      const made = new SerialPortStream({ binding: MockBinding, ...options });
      stream = made;
      // What the binding has recorded is gone with the port.
      made.on('close', () => (stream = undefined));
      return made as unknown as ReturnType<Awaited<ReturnType<Parameters<typeof createSerialPortSource>[0]>>>;
    }),
  );
  return Promise.resolve({
    source,
    address,
    say: (bytes) => stream?.port?.emitData(Buffer.from(bytes)),
    heard: () => {
      heard = Buffer.from(stream?.port?.recording ?? heard);
      return heard;
    },
    unplug: async () => {
      const gone = stream as unknown as Unpluggable;
      MockBinding.reset();
      gone._disconnected(new Error('the device is gone'));
      await Promise.resolve();
    },
    replug: async () => {
      MockBinding.createPort(address, { record: true });
      await Promise.resolve();
    },
    end: async () => {
      MockBinding.reset();
      await Promise.resolve();
    },
  });
}
