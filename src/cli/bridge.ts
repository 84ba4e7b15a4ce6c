import type { Command } from 'commander';
import type { ConnectionState } from '../protocol/serialPort';
import { Bridge } from '../serial/bridge';
import { Connection } from '../serial/connection';
import { createDeviceFinder } from '../serial/device';
import { listPorts } from '../serial/portList';
import { sourceOf } from '../serial/sources';
import { addPortOptions, settingsOf, wholeNumber } from './monitor/portOptions';
import { heedEnd } from './stopSignal';
import type { PortFlags } from './monitor/portOptions';
import { writeErrorLine, writeOut } from './output';

interface Flags extends PortFlags {
  readonly listen?: string;
  readonly raw?: boolean;
}

const mostTcpPort = 65_535;

/**
 * `milliwatt bridge PORT`: a serial port of this machine for a monitor on another one, over a tunnel to this loopback.
 */
export function addBridge(program: Command): void {
  const command = program
    .command('bridge')
    .description('serves a serial port over TCP to programs of this machine (loopback only), one at a time')
    .argument('<port>');
  addPortOptions(command)
    .option('--listen <port>', 'TCP port (default: a free one)')
    .option('--raw', 'pass bytes on as they are, for socket:// in place of rfc2217://')
    .action(bridge);
}

async function bridge(address: string, flags: Flags): Promise<void> {
  const say = (text: string): void => writeErrorLine(`--- ${text}`);
  const source = sourceOf(address);
  const connection = new Connection({
    source,
    address,
    settings: settingsOf(flags),
    events: { received: (bytes) => server.received(bytes), changed: (state) => sayState(address, state, say) },
    ...(source.id === 'serial' ? { devices: createDeviceFinder(listPorts) } : {}),
  });
  const tcpPort = flags.listen === undefined ? 0 : wholeNumber('--listen', flags.listen, mostTcpPort);
  const server = new Bridge({ tcpPort, isRaw: flags.raw ?? false, port: connection, say });
  await connection.open();
  try {
    writeOut(`${await server.listen()}\n`);
    await untilStopped();
  } finally {
    await connection.close();
    await server.close().catch(() => undefined);
  }
}

function sayState(address: string, { phase, message }: ConnectionState, say: (text: string) => void): void {
  if (phase === 'open') say(`${address} is open. Ctrl+C ends.`);
  else if (message !== undefined) say(message);
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => void heedEnd(resolve));
}
