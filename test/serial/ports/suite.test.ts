import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { ConnectionState } from '../../../src/protocol/serialPort';
import { defaultPortSettings } from '../../../src/protocol/serialPort';
import { Connection } from '../../../src/serial/connection';
import { serialPortSource } from '../../../src/serial/sources/serialPort';
import { eventually } from '../../host/support/eventually';
import type { TestPort, TestPortKind } from './testPorts';
import { testPortKinds } from './testPorts';

/** A connection to a test port with what it has told. */
interface Connected {
  readonly connection: Connection;
  readonly received: () => Buffer;
  readonly phases: ConnectionState['phase'][];
}

function connect({ source, address }: TestPort): Connected {
  let received = Buffer.alloc(0);
  const phases: ConnectionState['phase'][] = [];
  const mockCannotBeFound = address.startsWith('/dev/mock');
  const connection = new Connection({
    source,
    address,
    settings: defaultPortSettings,
    retryMs: 20,
    events: {
      received: (bytes) => (received = Buffer.concat([received, bytes])),
      changed: ({ phase }) => {
        if (phases.at(-1) !== phase) phases.push(phase);
      },
    },
    ...(mockCannotBeFound ? { devices: alwaysThere } : {}),
  });
  return { connection, received: () => received, phases };
}

const alwaysThere = {
  identify: () => Promise.resolve(undefined),
  find: (address: string) => Promise.resolve(address),
};

const everyByte = Uint8Array.from({ length: 4096 }, (_, index) => (index * 7 + (index >> 8)) & 0xff);

type PortTest = (port: TestPort, connected: Connected) => Promise<void>;

/** What every kind of port does alike. */
const tests: Readonly<Record<string, PortTest>> = {
  'every byte arrives as it was said, NUL too': async (port, { connection, received }) => {
    await connection.open();
    port.say(everyByte);
    await eventually(() => assert.deepEqual(received(), Buffer.from(everyByte)));
  },
  'every byte is heard as it was written': async (port, { connection }) => {
    await connection.open();
    await connection.write(everyByte);
    await eventually(() => assert.deepEqual(port.heard(), Buffer.from(everyByte)));
  },
  'a closed port takes nothing, and says so': async (port, { connection }) => {
    await connection.open();
    await connection.close();
    await assert.rejects(connection.write(everyByte), { message: `${port.address} is not open: connect first.` });
  },
  'unplugged and plugged in again, it goes on by itself': async (port, { connection, received, phases }) => {
    await connection.open();
    port.say(Buffer.from('before\n'));
    await eventually(() => assert.equal(received().toString(), 'before\n'));
    await port.unplug();
    await eventually(() => assert.equal(connection.state.phase, 'waiting'));
    await port.replug();
    await eventually(() => assert.equal(connection.state.phase, 'open'));
    // The peer of a socket knows of the connection a moment later.
    await eventually(async () => {
      port.say(Buffer.from('after\n'));
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.match(received().toString(), /^before\n(after\n)+$/);
    });
    assert.deepEqual(phases, ['opening', 'open', 'waiting', 'open']);
  },
  'a released port is free for another, and taken back': async (port, { connection, phases }) => {
    await connection.open();
    await connection.release('It is needed for an upload.');
    assert.deepEqual(connection.state, { phase: 'released', message: 'It is needed for an upload.' });
    const other = connect(port);
    await other.connection.open();
    await other.connection.close();
    await connection.takeBack();
    await eventually(() => assert.equal(connection.state.phase, 'open'));
    assert.deepEqual(phases, ['opening', 'open', 'released', 'waiting', 'open']);
  },
  'what waits is read on when it flows again': async (port, { connection, received }) => {
    await connection.open();
    connection.setFlowing(false);
    port.say(everyByte);
    await new Promise((resolve) => setTimeout(resolve, 100));
    connection.setFlowing(true);
    await eventually(() => assert.deepEqual(received(), Buffer.from(everyByte)));
  },
};

async function run(kind: TestPortKind, test: PortTest): Promise<void> {
  const port = await kind.make();
  const connected = connect(port);
  try {
    await test(port, connected);
  } finally {
    await connected.connection.close();
    await port.end();
  }
}

for (const kind of testPortKinds) {
  describe(`port: ${kind.name}`, { skip: kind.absent ?? false }, () => {
    for (const [name, test] of Object.entries(tests)) it(name, () => run(kind, test));
  });
}

/** A board at a port that the environment names: nothing is known of what it says. */
describe('port: a real board', () => {
  const address = process.env.MILLIWATT_TEST_PORT;
  it('opens, closes and opens again', async (context: TestContext) => {
    if (address === undefined) {
      context.skip('MILLIWATT_TEST_PORT names no port: plug a board in and let it name one.');
      return;
    }
    const listener = { received: () => undefined, ended: () => undefined };
    for (let round = 0; round < 2; round += 1) {
      const port = await serialPortSource.open({ address, settings: defaultPortSettings, listener });
      await port.close();
    }
  });
});
