import type * as serialport from 'serialport';
import { HumanError } from '../../core/model/problem';
import type { PortSettings, SignalSettings } from '../../protocol/serialPort';
import { portFailure } from '../portFailure';
import { groupOf, portHolders } from '../portHolders';
import type { OpenPort, OpenRequest, PortListener, SerialSource } from '../source';

/** What is used of an open port of the package `serialport`: its own and its mock's have it alike. */
type NativePort = Pick<
  serialport.SerialPort,
  'open' | 'close' | 'write' | 'flush' | 'set' | 'on' | 'isOpen' | 'destroy' | 'pause' | 'resume' | 'writableLength'
>;

interface NativeOptions {
  readonly path: string;
  readonly autoOpen: false;
  readonly baudRate: number;
  readonly dataBits: PortSettings['dataBits'];
  readonly parity: PortSettings['parity'];
  readonly stopBits: PortSettings['stopBits'];
  readonly rtscts: boolean;
  readonly xon: boolean;
  readonly xoff: boolean;
  readonly highWaterMark: number;
}

/** Makes a port that is not open yet. */
type MakePort = (options: NativeOptions) => NativePort;

const readBufferBytes = 64 * 1024;

/** A serial port of this machine, over the package `serialport`, which is loaded when the first port is opened. */
export const serialPortSource: SerialSource = createSerialPortSource(async () => {
  const { SerialPort: Port } = await loadSerialPort();
  return (options) => new Port(options);
});

/** The same over another way of making ports: a mock's, in tests. */
export function createSerialPortSource(load: () => Promise<MakePort>): SerialSource {
  return {
    id: 'serial',
    addressForm: process.platform === 'win32' ? 'COM3' : '/dev/ttyACM0',
    describes: 'a serial port of this machine',
    matches: (address) => address !== '' && !address.includes('://'),
    open: async (request) => openNative(await load(), request),
  };
}

/** The package `serialport`. @throws {HumanError} where its native part does not load. */
export async function loadSerialPort(): Promise<Pick<typeof serialport, 'SerialPort'>> {
  try {
    return await import('serialport');
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new HumanError(
      'serialport-missing',
      `Serial ports cannot be used here, since the native part of "serialport" does not load (${reason}). ` +
        'Where it was left out, "npm install serialport" brings it. socket:// and rfc2217:// addresses work nevertheless.',
    );
  }
}

async function openNative(make: MakePort, { address, settings, listener }: OpenRequest): Promise<OpenPort> {
  const port = make(nativeOptions(address, settings));
  try {
    await callNative((done) => port.open(done));
  } catch (error) {
    throw await openFailure(error, address, settings.baudRate);
  }
  const hasSignals = await setsSignals(port, settings);
  const closing = listen(port, listener);
  const setSignals = async (signals: Required<SignalSettings>): Promise<void> => {
    if (await setsSignals(port, signals)) return;
    throw new HumanError('port-signals', `${address} does not take levels for DTR and RTS.`);
  };
  return {
    write: (bytes) => writeAll(port, bytes, address),
    ...(hasSignals ? { setSignals } : {}),
    setFlowing: (isFlowing) => {
      if (isFlowing) port.resume();
      else port.pause();
    },
    close: async () => {
      closing.isWanted = true;
      // Bytes that the board does not take would keep the system's close waiting for half a minute.
      if (port.isOpen && port.writableLength > 0) await callNative((done) => port.flush(done)).catch(() => undefined);
      if (port.isOpen) await callNative((done) => port.close(done)).catch(() => undefined);
      port.destroy();
    },
  };
}

function nativeOptions(path: string, settings: PortSettings): NativeOptions {
  return {
    path,
    autoOpen: false,
    baudRate: settings.baudRate,
    dataBits: settings.dataBits,
    parity: settings.parity,
    stopBits: settings.stopBits,
    rtscts: settings.flowControl === 'hardware',
    xon: settings.flowControl === 'software',
    xoff: settings.flowControl === 'software',
    highWaterMark: readBufferBytes,
  };
}

/** Unplugging shows as `close` only while someone listens to `data`, so that this is done from the beginning. */
function listen(port: NativePort, listener: PortListener): { isWanted: boolean } {
  const closing = { isWanted: false };
  port.on('data', (bytes: Buffer) => {
    if (!closing.isWanted) listener.received(bytes);
  });
  port.on('error', () => undefined);
  port.on('close', () => {
    if (closing.isWanted) return;
    closing.isWanted = true;
    listener.ended({ kind: 'lost', reason: 'the device went away' });
  });
  return closing;
}

/** Sets both lines, since the package gives one that is not named its own default. Pseudo-terminals refuse: false. */
async function setsSignals(port: NativePort, { dtr, rts }: { readonly dtr: boolean; readonly rts: boolean }) {
  try {
    await callNative((done) => port.set({ dtr, rts }, done));
    return true;
  } catch {
    return false;
  }
}

async function writeAll(port: NativePort, bytes: Uint8Array, address: string): Promise<void> {
  try {
    if (!port.isOpen) throw new Error('the port is closed');
    await callNative((done) => void port.write(bytes, undefined, (error) => done(error ?? null)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HumanError('port-write', `Nothing can be sent to ${address}: ${reason.replace(/^Error:? */, '')}.`);
  }
}

async function openFailure(error: unknown, path: string, baudRate: number): Promise<HumanError> {
  const message = error instanceof Error ? error.message : String(error);
  const { platform } = process;
  const holders = platform === 'linux' ? await portHolders(path) : [];
  return portFailure({ path, message, baudRate, platform, holders, group: await groupOf(path) });
}

function callNative(run: (done: (error: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    run((error) => {
      if (error === null || error === undefined) resolve();
      else reject(error);
    });
  });
}
