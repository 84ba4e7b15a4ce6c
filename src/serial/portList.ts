import type { Board } from '../core/boards/board';
import { loadSerialPort } from './sources/serialPort';

/** A port of this machine, as far as the system tells. */
export interface ListedPort {
  readonly path: string;
  readonly manufacturer?: string;
  readonly serialNumber?: string;
  readonly usb?: { readonly vendorId: number; readonly productId: number };
  /** The boards that it may be, most likely first. */
  readonly boards: readonly Board[];
}

export interface ListedPorts {
  readonly ports: readonly ListedPort[];
  /** Why they cannot be listed: a complete sentence. */
  readonly notice?: string;
}

/** What the package `serialport` says of a port. */
interface NativeInfo {
  readonly path: string;
  readonly manufacturer?: string;
  readonly serialNumber?: string;
  readonly vendorId?: string;
  readonly productId?: string;
}

/** Asks the system for its ports. */
type ListNative = () => Promise<readonly NativeInfo[]>;

const listNative: ListNative = async () => (await loadSerialPort()).SerialPort.list();

/** The ports that something is plugged into. Never fails: `notice` says why there is no list. */
export async function listPorts(list: ListNative = listNative): Promise<ListedPorts> {
  try {
    const infos = await list();
    // The table of boards is large: it is loaded with the first list.
    const { boardsByUsbId } = await import('../core/boards/boards');
    const ports = infos.map((info) => portOf(info, boardsByUsbId)).filter(isPluggedIn);
    return { ports: ports.sort((left, right) => (left.path < right.path ? -1 : 1)) };
  } catch (error) {
    return { ports: [], notice: noticeOf(error) };
  }
}

function portOf(info: NativeInfo, boardsBy: (vendorId: number, productId: number) => readonly Board[]): ListedPort {
  const vendorId = Number.parseInt(info.vendorId ?? '', 16);
  const productId = Number.parseInt(info.productId ?? '', 16);
  const isUsb = !Number.isNaN(vendorId) && !Number.isNaN(productId);
  return {
    path: info.path,
    ...(info.manufacturer ? { manufacturer: info.manufacturer } : {}),
    ...(info.serialNumber ? { serialNumber: info.serialNumber } : {}),
    ...(isUsb ? { usb: { vendorId, productId } } : {}),
    boards: isUsb ? boardsBy(vendorId, productId) : [],
  };
}

/** Linux lists the 32 ports of a PC's old chip whether or not there is one. */
function isPluggedIn({ path, usb }: ListedPort): boolean {
  return usb !== undefined || !/^\/dev\/ttyS\d+$/.test(path);
}

function noticeOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (message.includes('udevadm')) {
    return 'Ports cannot be listed, since the program udevadm is missing (package "udev"). Type the name of a port, such as /dev/ttyACM0.';
  }
  if (message.startsWith('Serial ports cannot be used')) return message;
  return `Ports cannot be listed: ${message.replace(/\.$/, '')}. Type the name of a port.`;
}
