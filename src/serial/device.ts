import { access } from 'node:fs/promises';
import type { ListedPort, ListedPorts } from './portList';

/** What tells one device from another, whatever name the system gives its port. */
export interface DeviceIdentity {
  readonly serialNumber?: string;
  readonly vendorId: number;
  readonly productId: number;
}

/** Knows devices again. */
export interface DeviceFinder {
  /** Who is behind an address; nothing where it cannot be known (a pseudo-terminal, no list of ports). */
  identify(address: string): Promise<DeviceIdentity | undefined>;
  /**
   * The address that a device has now; nothing while it is away. Without identity the address itself, once it is there.
   */
  find(address: string, identity: DeviceIdentity | undefined): Promise<string | undefined>;
}

/** Listing ports may start a program: at most this often while a device is awaited. */
const listPauseMs = 1000;

/** Devices of this machine by their USB ids and serial numbers. */
export function createDeviceFinder(list: () => Promise<ListedPorts>, now: () => number = Date.now): DeviceFinder {
  let listed: Promise<ListedPorts> | undefined;
  let listedAt = -Infinity;
  const recent = (): Promise<ListedPorts> => {
    if (listed === undefined || now() - listedAt >= listPauseMs) {
      listed = list();
      listedAt = now();
    }
    return listed;
  };
  return {
    identify: async (address) => {
      const port = (await list()).ports.find(({ path }) => path === address);
      return port?.usb && { ...port.usb, serialNumber: port.serialNumber };
    },
    find: async (address, identity) => {
      if (identity === undefined) return (await isThere(address)) ? address : undefined;
      return sameDevice((await recent()).ports, address, identity)?.path;
    },
  };
}

/** The port of a device: by serial number where it has one, else of the same kind, the same name first. */
export function sameDevice(
  ports: readonly ListedPort[],
  address: string,
  { vendorId, productId, serialNumber }: DeviceIdentity,
): ListedPort | undefined {
  const alike = ports.filter(({ usb }) => usb?.vendorId === vendorId && usb.productId === productId);
  if (serialNumber !== undefined) return alike.find((port) => port.serialNumber === serialNumber);
  return alike.find(({ path }) => path === address) ?? alike.at(0);
}

/** Windows has no files for its ports: there opening tells. */
async function isThere(path: string): Promise<boolean> {
  if (process.platform === 'win32') return true;
  return access(path).then(
    () => true,
    () => false,
  );
}
