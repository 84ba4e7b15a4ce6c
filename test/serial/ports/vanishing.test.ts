import { HumanError } from '../../../src/core/model/problem';
import type { PortSettings } from '../../../src/protocol/serialPort';
import { Connection } from '../../../src/serial/connection';
import type { OpenPort, PortListener, SerialSource } from '../../../src/serial/source';
import { check } from '../../support/check';

type Step = 'open' | 'write' | 'setSignals' | 'close' | 'release' | 'takeBack' | 'back';
type Moment = 'open' | 'identify' | 'write' | 'stuck write' | 'setSignals' | 'close' | 'stuck close' | 'find' | 'idle';

interface Fault {
  /** The call at which the port vanishes, the first time that it is made. */
  readonly at: Moment;
  readonly steps: readonly Step[];
  /** Times that it cannot be opened again after that. */
  readonly awayTimes?: number;
}

interface Outcome {
  /** What each step came to: done, or the sentence. */
  readonly steps: readonly string[];
  readonly states: readonly string[];
}

const settings: PortSettings = {
  ...{ baudRate: 9600, dataBits: 8, stopBits: 1, parity: 'none', flowControl: 'none', dtr: true, rts: true },
};
const never = new Promise<never>(() => undefined);

/** A port that vanishes at one call: whatever it was doing then fails, and its listener is told. */
class VanishingPort {
  readonly #at: Moment;
  #awayTimes: number;
  #hasVanished = false;
  #listener?: PortListener;

  constructor({ at, awayTimes = 0 }: Fault) {
    this.#at = at;
    this.#awayTimes = awayTimes;
  }

  readonly source: SerialSource = {
    id: 'vanishing',
    addressForm: 'vanishing',
    describes: 'a port that vanishes',
    matches: () => true,
    open: async ({ listener }) => {
      await Promise.resolve();
      if (this.#hasVanished && this.#awayTimes-- > 0) throw gone('open');
      this.#vanishAt('open');
      this.#listener = listener;
      return this.#port;
    },
  };

  readonly devices = {
    identify: async () => {
      await Promise.resolve();
      if (this.#at === 'identify') this.idle();
      return { serialNumber: '1', vendorId: 1, productId: 2 };
    },
    find: async (address: string) => {
      await Promise.resolve();
      this.#vanishAt('find');
      return address;
    },
  };

  /** Goes away while nothing is asked of it. */
  idle(): void {
    if (this.#hasVanished) return;
    this.#hasVanished = this.#at !== 'find';
    this.#listener?.ended({ kind: 'lost', reason: 'it was unplugged' });
  }

  readonly #port: OpenPort = {
    write: async () => {
      await Promise.resolve();
      if (this.#at === 'stuck write' && !this.#hasVanished) {
        setTimeout(() => this.idle(), 5);
        await never;
      }
      this.#vanishAt('write');
    },
    setSignals: async () => {
      await Promise.resolve();
      this.#vanishAt('setSignals');
    },
    close: async () => {
      await Promise.resolve();
      if (this.#at === 'stuck close') await never;
      this.#vanishAt('close');
    },
  };

  #vanishAt(moment: Moment): void {
    if (this.#at !== moment || this.#hasVanished) return;
    this.#hasVanished = true;
    const listener = this.#listener;
    // Systems tell of the call that failed first, and then that the port is gone.
    if (moment === 'write' || moment === 'setSignals') setTimeout(() => listener?.ended({ kind: 'lost' }), 1);
    throw gone(moment);
  }
}

function gone(call: string): HumanError {
  return new HumanError('port-gone', `The port is gone (${call}). Plug it in again.`);
}

async function outcomeOf(fault: Fault): Promise<Outcome> {
  const port = new VanishingPort(fault);
  const states: string[] = [];
  let opened = (): void => undefined;
  const changed = (state: Connection['state']): void => {
    const message = 'message' in state && state.message !== undefined ? `: ${state.message}` : '';
    states.push(`${state.phase}${message}`);
    if (state.phase === 'open') opened();
  };
  const { source, devices } = port;
  const events = { received: () => undefined, changed };
  const connection = new Connection({ source, devices, address: 'P', settings, events, retryMs: 5 });
  const back = async (): Promise<void> => {
    const isOpen = new Promise<void>((resolve) => (opened = resolve));
    if (fault.at === 'idle' || fault.at === 'find') port.idle();
    await isOpen;
  };
  const calls: Readonly<Record<Step, () => Promise<void>>> = {
    open: () => connection.open(),
    write: () => connection.write(new Uint8Array(1)),
    setSignals: () => connection.setSignals({ dtr: false }),
    close: () => connection.close(),
    release: () => connection.release('given away'),
    takeBack: () => connection.takeBack(),
    back,
  };
  const steps: string[] = [];
  for (const step of fault.steps) {
    steps.push(
      await calls[step]().then(
        () => 'done',
        (error: unknown) => (error as Error).message,
      ),
    );
  }
  await connection.close();
  return { steps, states: states.slice(0, states.lastIndexOf('closed')) };
}

const lost = 'waiting: P is lost. It is opened again as soon as it is back.';
const unplugged = 'waiting: P is lost: it was unplugged. It is opened again as soon as it is back.';
const sentence = (call: string): string => `The port is gone (${call}). Plug it in again.`;

check('a port that vanishes at a call', outcomeOf, [
  {
    name: 'opening: it fails, and is not tried again before somebody asks',
    input: { at: 'open', steps: ['open', 'write', 'open'] },
    expected: {
      steps: [sentence('open'), 'P is not open: connect first.', 'done'],
      states: ['opening', `failed: ${sentence('open')}`, 'opening', 'open'],
    },
  },
  {
    name: 'while it is asked which device it is: it is opened again',
    input: { at: 'identify', steps: ['open', 'back', 'write'] },
    expected: { steps: ['done', 'done', 'done'], states: ['opening', unplugged, 'open'] },
  },
  {
    name: 'between calls: it is opened again, however often it is not there yet',
    input: { at: 'idle', steps: ['open', 'back', 'write'], awayTimes: 3 },
    expected: { steps: ['done', 'done', 'done'], states: ['opening', 'open', unplugged, 'open'] },
  },
  {
    name: 'looking for the device: it is looked for again',
    input: { at: 'find', steps: ['open', 'back', 'write'] },
    expected: { steps: ['done', 'done', 'done'], states: ['opening', 'open', unplugged, 'open'] },
  },
  {
    name: 'writing: who writes is told',
    input: { at: 'write', steps: ['open', 'write', 'back', 'write'] },
    expected: { steps: ['done', sentence('write'), 'done', 'done'], states: ['opening', 'open', lost, 'open'] },
  },
  {
    name: 'writing, and the write never ends: who writes is told too',
    input: { at: 'stuck write', steps: ['open', 'write', 'back', 'write'] },
    expected: {
      steps: ['done', 'P was closed before it had taken what was sent.', 'done', 'done'],
      states: ['opening', 'open', unplugged, 'open'],
    },
  },
  {
    name: 'setting signals: who sets them is told, and the levels stay as they were',
    input: { at: 'setSignals', steps: ['open', 'setSignals', 'back', 'setSignals'] },
    expected: {
      steps: ['done', sentence('setSignals'), 'done', 'done'],
      states: ['opening', 'open', lost, 'open', 'open'],
    },
  },
  {
    name: 'closing: it is closed',
    input: { at: 'close', steps: ['open', 'close', 'open'] },
    expected: { steps: ['done', 'done', 'done'], states: ['opening', 'open', 'closed', 'opening', 'open'] },
  },
  {
    name: 'closing, and the close never ends: it is closed',
    input: { at: 'stuck close', steps: ['open', 'close', 'write'] },
    expected: { steps: ['done', 'done', 'P is not open: connect first.'], states: ['opening', 'open', 'closed'] },
  },
  {
    name: 'being given away: it is given away, and taken back',
    input: { at: 'close', steps: ['open', 'release', 'takeBack', 'back'] },
    expected: {
      steps: ['done', 'done', 'done', 'done'],
      states: ['opening', 'open', 'released: given away', 'waiting: P is opened again.', 'open'],
    },
  },
]);
