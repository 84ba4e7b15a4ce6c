import assert from 'node:assert/strict';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { defaultPortSettings } from '../../src/protocol/serialPort';
import { Bridge } from '../../src/serial/bridge';

const never = (): Promise<void> => new Promise(() => undefined);
const megabyte = 1024 * 1024;
/** What the system keeps of a connection on both sides, and what the bridge may hold. */
const mostTakenBytes = 16 * megabyte;

/** Offers so much to a bridge that does not get rid of it; how much it has taken when it takes no more. */
async function taken(client: Socket, part: Buffer): Promise<number> {
  let isTaken = true;
  for (let offered = 0; offered < 64 * megabyte && isTaken; offered += part.length) {
    isTaken = await Promise.race([
      new Promise<boolean>((resolve) => client.write(part, () => resolve(true))),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 500)),
    ]);
  }
  return client.bytesWritten - client.writableLength;
}

for (const [kind, { isRaw, part }] of Object.entries({
  'data for a board that takes none': { isRaw: true, part: Buffer.alloc(megabyte, 'x') },
  'settings, one after the other': {
    isRaw: false,
    part: Buffer.alloc(megabyte, Buffer.from([255, 250, 44, 1, 0, 0, 75, 0, 255, 240])),
  },
  'questions whose answers are not read': {
    isRaw: false,
    part: Buffer.alloc(megabyte, Buffer.from([255, 250, 44, 0, 255, 240])),
  },
})) {
  describe(`a bridge holds little of ${kind}`, () => {
    let isBusy = true;
    const settings = defaultPortSettings;
    const port = { settings, write: never, open: never, setSignals: () => (isBusy ? never() : Promise.resolve()) };
    const bridge = new Bridge({ tcpPort: 0, isRaw, port, say: () => undefined });
    let client: Socket;
    before(async () => {
      isBusy = kind !== 'questions whose answers are not read';
      client = connect(Number((await bridge.listen()).split(':').at(-1)), '127.0.0.1');
      client.on('error', () => undefined).pause();
      await new Promise((done) => client.once('connect', done));
    });
    after(async () => {
      client.destroy();
      await bridge.close();
    });

    it('and leaves the rest with the client', async () => {
      const bytes = await taken(client, part);
      assert.ok(bytes < mostTakenBytes, `${bytes} bytes were taken`);
    });
  });
}

describe('a bridge and a web page', () => {
  const said: string[] = [];
  const received: Uint8Array[] = [];
  const write = (bytes: Uint8Array): Promise<void> => Promise.resolve(void received.push(bytes));
  const port = { settings: defaultPortSettings, write, open: never, setSignals: never };
  const bridge = new Bridge({ tcpPort: 0, isRaw: true, port, say: (text) => said.push(text) });
  let tcpPort = 0;
  before(async () => (tcpPort = Number((await bridge.listen()).split(':').at(-1))));
  beforeEach(() => said.splice(0));
  after(() => bridge.close());

  it('refuses what begins as HTTP, passes nothing on, and serves the next', async () => {
    const page = connect(tcpPort, '127.0.0.1');
    page.write('POST /erase HTTP/1.1\r\nHost: localhost\r\n\r\nerase');
    await new Promise((closed) => page.on('close', closed).on('error', () => undefined));
    assert.deepStrictEqual(received, []);
    assert.match(said.join('\n'), /A client that speaks HTTP was disconnected/);
    const program = connect(tcpPort, '127.0.0.1');
    program.write('GETTING on');
    while (received.length === 0) await new Promise((wake) => setTimeout(wake, 5));
    assert.equal(Buffer.concat(received).toString(), 'GETTING on');
    program.destroy();
  });
});
