import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { defaultPortSettings } from '../../src/protocol/serialPort';
import { replaySource } from '../../src/serial/sources/replay';
import { eventually } from '../host/support/eventually';

const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 31 + (index >> 8)) & 0xff));

it('a saved log is played byte for byte, waits while nobody takes it, and ends', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'milliwatt-replay-'));
  const file = path.join(folder, 'binary.log');
  writeFileSync(file, bytes);
  let received = Buffer.alloc(0);
  let end: string | undefined;
  const address = `${pathToFileURL(file).href.replace('file://', 'replay://')}?speed=max`;
  const port = await replaySource.open({
    address,
    settings: defaultPortSettings,
    listener: {
      received: (more) => (received = Buffer.concat([received, more])),
      ended: ({ kind }) => (end = kind),
    },
  });
  try {
    port.setFlowing?.(false);
    await wait(100);
    // One piece may have been under way.
    assert.ok(received.length <= 64 * 1024, `${received.length} bytes came while nothing was to flow.`);
    assert.equal(end, undefined);
    port.setFlowing?.(true);
    await eventually(() => assert.equal(end, 'finished'));
    assert.ok(received.equals(bytes));
  } finally {
    await port.close();
    rmSync(folder, { recursive: true });
  }
});
