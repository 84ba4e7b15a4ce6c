import assert from 'node:assert/strict';
import { it } from 'node:test';
import { defaultPortSettings } from '../../../src/protocol/serialPort';
import type { FailureFacts } from '../../../src/serial/portFailure';
import { portFailure } from '../../../src/serial/portFailure';
import { listPorts } from '../../../src/serial/portList';
import { sourceOf } from '../../../src/serial/sources';
import { createSerialPortSource, serialPortSource } from '../../../src/serial/sources/serialPort';
import { check } from '../../support/check';
import { ptyPort, testPortKinds } from './testPorts';

const listener = { received: () => undefined, ended: () => undefined };
const path = '/dev/ttyACM0';
const facts: FailureFacts = { path, message: '', baudRate: 115_200, platform: 'linux', holders: [] };

check('why a port cannot be opened', (some: Partial<FailureFacts>) => portFailure({ ...facts, ...some }).message, [
  {
    name: 'there is none',
    input: { message: 'Error: No such file or directory, cannot open /dev/ttyACM0' },
    expected: 'There is no port /dev/ttyACM0. Plug the board in, or check the name.',
  },
  {
    name: 'it is in use, and it is known by whom',
    input: {
      message: 'Error Resource temporarily unavailable Cannot lock port',
      holders: [{ processId: 412, name: 'pio' }],
    },
    expected: '/dev/ttyACM0 is in use by pio (process 412). Close it there first.',
  },
  {
    name: 'it is in use, and it is not known by whom',
    input: { message: 'Opening COM3: Access denied', path: 'COM3', platform: 'win32' },
    expected: 'COM3 is in use by another program. Close it there: a serial monitor, an upload or a debugger.',
  },
  {
    name: 'permission is denied: the group that may',
    input: { message: 'Error: Permission denied, cannot open /dev/ttyACM0', group: 'dialout' },
    expected:
      '/dev/ttyACM0 may not be opened: it belongs to the group dialout, and your account is not in it. ' +
      'Run "sudo usermod -a -G dialout $USER" and log in again.',
  },
  {
    name: 'permission is denied: no group may, so a udev rule',
    input: { message: 'Error: Permission denied, cannot open /dev/ttyACM0', group: 'root' },
    expected:
      '/dev/ttyACM0 may not be opened: it belongs to root alone. Give your account the right with a udev rule, ' +
      'such as KERNEL=="ttyACM[0-9]*", MODE="0660", GROUP="dialout" in /etc/udev/rules.d/50-serial.rules, ' +
      'then run "sudo udevadm control --reload" and plug the board in again.',
  },
  {
    name: 'a rate that the driver refuses',
    input: { message: 'Error: Invalid argument setting custom baud rate of 3', baudRate: 3 },
    expected: '/dev/ttyACM0 refuses these settings (3 baud). Choose a rate and a format that its driver can do.',
  },
]);

/** Opens a port whose system answers with an error. */
async function openRefused(message: string): Promise<unknown> {
  const refuse = (done: (error: Error | null) => void): void => done(new Error(message));
  const source = createSerialPortSource(() => Promise.resolve(() => ({ open: refuse }) as never));
  return source.open({ address: '/dev/ttyNowhere9', settings: defaultPortSettings, listener });
}

check('opening what the system refuses', openRefused, [
  {
    name: 'says what to do',
    input: 'Error: Permission denied, cannot open /dev/ttyNowhere9',
    fails:
      '/dev/ttyNowhere9 may not be opened: it belongs to root alone. Give your account the right with a udev rule, ' +
      'such as KERNEL=="ttyACM[0-9]*", MODE="0660", GROUP="dialout" in /etc/udev/rules.d/50-serial.rules, ' +
      'then run "sudo udevadm control --reload" and plug the board in again.',
  },
]);

check('listing ports', (message: string) => listPorts(() => Promise.reject(new Error(message))), [
  {
    name: 'without udevadm says so, and does not fail',
    input: 'spawn udevadm ENOENT',
    expected: {
      ports: [],
      notice:
        'Ports cannot be listed, since the program udevadm is missing (package "udev"). Type the name of a port, such as /dev/ttyACM0.',
    },
  },
]);

check('addresses', (address: string) => sourceOf(address).id, [
  { name: 'a path', input: '/dev/ttyUSB0', expected: 'serial' },
  { name: 'a socket', input: 'socket://localhost:4000', expected: 'socket' },
  { name: 'a port of another machine', input: 'rfc2217://lab:2217', expected: 'rfc2217' },
  { name: 'a saved log', input: 'replay:///tmp/a.log', expected: 'replay' },
  {
    name: 'anything else',
    input: 'http://board',
    fails: `"http://board" names no port. Use one of these forms: socket://HOST:PORT, rfc2217://HOST:PORT, replay://FILE, ${serialPortSource.addressForm}.`,
  },
]);

it('a busy port names the program that has it', async (context) => {
  const [pty] = testPortKinds;
  if (pty.absent !== undefined || process.platform !== 'linux') {
    context.skip(pty.absent ?? 'Only Linux says who has a port.');
    return;
  }
  const port = await ptyPort();
  const request = { address: port.address, settings: defaultPortSettings, listener };
  const first = await port.source.open(request);
  try {
    await assert.rejects(port.source.open(request), (error: Error) => {
      assert.match(error.message, new RegExp(`^${port.address} is in use by .*\\(process ${process.pid}\\)`));
      return true;
    });
  } finally {
    await first.close();
    await port.end();
  }
});
