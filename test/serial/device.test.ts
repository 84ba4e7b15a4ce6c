import { createDeviceFinder, sameDevice } from '../../src/serial/device';
import type { ListedPort } from '../../src/serial/portList';
import { check } from '../support/check';

const nano = { vendorId: 0x2341, productId: 0x805a };
const pico = { vendorId: 0x2e8a, productId: 0x000a };

function port(path: string, usb: ListedPort['usb'], serialNumber?: string): ListedPort {
  return { path, usb, serialNumber, boards: [] };
}

interface Search {
  readonly ports: readonly ListedPort[];
  readonly serialNumber?: string;
}

check(
  'a device that was at /dev/ttyACM0 is known again',
  ({ ports, serialNumber }: Search) => sameDevice(ports, '/dev/ttyACM0', { ...nano, serialNumber })?.path,
  [
    {
      name: 'by its serial number, though another has its name',
      input: { ports: [port('/dev/ttyACM0', nano, 'B'), port('/dev/ttyACM1', nano, 'A')], serialNumber: 'A' },
      expected: '/dev/ttyACM1',
    },
    {
      name: 'not in another of its kind',
      input: { ports: [port('/dev/ttyACM0', nano, 'B')], serialNumber: 'A' },
      expected: undefined,
    },
    {
      name: 'not in a device of another kind with its number',
      input: { ports: [port('/dev/ttyACM0', pico, 'A')], serialNumber: 'A' },
      expected: undefined,
    },
    {
      name: 'without a number by kind, the same name first',
      input: { ports: [port('/dev/ttyACM1', nano), port('/dev/ttyACM0', nano)] },
      expected: '/dev/ttyACM0',
    },
    {
      name: 'without a number by kind, under another name',
      input: { ports: [port('/dev/ttyUSB0', pico), port('/dev/ttyACM2', nano)] },
      expected: '/dev/ttyACM2',
    },
  ],
);

/** Unplugged at /dev/ttyACM0, plugged in again where `after` says. */
async function reconnected(after: readonly ListedPort[]): Promise<unknown> {
  let ports: readonly ListedPort[] = [port('/dev/ttyACM0', nano, 'A')];
  const finder = createDeviceFinder(() => Promise.resolve({ ports }));
  const identity = await finder.identify('/dev/ttyACM0');
  ports = after;
  return finder.find('/dev/ttyACM0', identity);
}

check('a port is found again after unplugging', reconnected, [
  {
    name: 'where it is now',
    input: [port('/dev/ttyACM0', nano, 'B'), port('/dev/ttyACM3', nano, 'A')],
    expected: '/dev/ttyACM3',
  },
  { name: 'not while it is away', input: [port('/dev/ttyACM0', nano, 'B')], expected: undefined },
]);
