import type { Socket } from 'node:net';
import { connectTcp, hostAndPort, writeTo } from '../tcp';
import type { OpenPort, OpenRequest, SerialSource } from '../source';

const scheme = 'socket://';

/** Bytes over TCP as they are: QEMU, Renode, ser2net, RTT servers, `milliwatt bridge`. */
export const socketSource: SerialSource = {
  id: 'socket',
  addressForm: 'socket://HOST:PORT',
  describes: 'a TCP connection',
  matches: (address) => address.startsWith(scheme),
  open,
};

async function open({ address, listener }: OpenRequest): Promise<OpenPort> {
  const socket = await connectTcp(hostAndPort(address, scheme), address);
  let closed = false;
  socket.on('data', (bytes: Buffer) => listener.received(bytes));
  socket.on('close', () => {
    if (!closed) listener.ended({ kind: 'lost', reason: 'the other side closed the connection' });
    closed = true;
  });
  return {
    write: (bytes) => writeTo(socket, bytes, address),
    setFlowing: (isFlowing) => {
      if (isFlowing) socket.resume();
      else socket.pause();
    },
    close: () => {
      closed = true;
      return endSocket(socket);
    },
  };
}

/** A peer that does not take what was written keeps a connection open no longer than this. */
const closeMs = 1000;

/** Closes after everything written has left. */
function endSocket(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) {
      resolve();
      return;
    }
    const timer = setTimeout(() => socket.destroy(), closeMs);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.end(() => socket.destroy());
    socket.resume();
  });
}
