import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { HumanError } from '../core/model/problem';
import { lookup } from '../core/text/lookup';

const connectTimeoutMs = 5000;
const keepAliveMs = 10_000;

interface TcpAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * Takes `socket://host:port` apart; an IPv6 address stands in brackets. @throws {HumanError} where a part is missing or
 * wrong.
 */
export function hostAndPort(address: string, scheme: string): TcpAddress {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:/[\]]+)):(\d{1,5})\/?$/.exec(address.slice(scheme.length));
  const port = Number(match?.[3]);
  if (match === null || port < 1 || port > 65_535) {
    throw new HumanError(
      'port-address',
      `"${address}" is not ${scheme}HOST:PORT. Write a host and a port from 1 to 65535, such as ${scheme}localhost:4000.`,
    );
  }
  return { host: match[1] ?? match[2], port };
}

/** @throws {HumanError} where nobody answers. */
export function connectTcp(target: TcpAddress, address: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...target, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs });
    const fail = (error: NodeJS.ErrnoException): void => {
      socket.destroy();
      reject(new HumanError('port-unreachable', `${address} cannot be reached: ${reasonOf(error)}.`));
    };
    socket.setTimeout(connectTimeoutMs, () => fail(Object.assign(new Error(), { code: 'ETIMEDOUT' })));
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.off('error', fail);
      // What goes wrong later ends in `close`, which tells it.
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}

/** Writes and waits until the system has taken it. */
export function writeTo(socket: Socket, bytes: Uint8Array, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => {
      if (error === undefined || error === null) resolve();
      else reject(new HumanError('port-write', `Nothing can be sent to ${address}: the connection is closed.`));
    });
  });
}

const reasons: Readonly<Record<string, string>> = lookup({
  ECONNREFUSED: 'nothing listens on that port; start the server or check the number',
  ENOTFOUND: 'there is no host of that name; check its spelling',
  EAI_AGAIN: 'the name of the host could not be looked up; check the network',
  ETIMEDOUT: 'there was no answer; check the host and any firewall between',
  EHOSTUNREACH: 'there is no way to that host; check the network',
  ENETUNREACH: 'there is no way to that network; check that it is connected',
});

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  return reasons[code ?? ''] ?? message;
}
