import { HumanError } from '../core/model/problem';
import type { PortHolder } from './portHolders';

/** What can be wrong with a port of this machine. */
type PortFailureKind = 'absent' | 'busy' | 'denied' | 'not-a-port' | 'settings' | 'other';

/**
 * What kind of failure an error of `serialport` is. It passes the system's own words on: `strerror` on Linux and macOS,
 * fixed texts on Windows ("Access denied" is what a port that is in use gives there).
 */
function failureKind(message: string): PortFailureKind {
  return failureTexts.find(({ pattern }) => pattern.test(message))?.kind ?? 'other';
}

const failureTexts: readonly { readonly pattern: RegExp; readonly kind: PortFailureKind }[] = [
  { pattern: /permission denied|operation not permitted/i, kind: 'denied' },
  { pattern: /cannot lock port|resource busy|temporarily unavailable|access denied|is not open for/i, kind: 'busy' },
  { pattern: /no such file|file not found|no such device|not configured|ENOENT/i, kind: 'absent' },
  { pattern: /baud|invalid argument|custom rate|not supported/i, kind: 'settings' },
  { pattern: /not a tty|inappropriate ioctl|not a character|is a directory|not a serial/i, kind: 'not-a-port' },
];

/** What is known about a port that could not be opened. */
export interface FailureFacts {
  readonly path: string;
  readonly message: string;
  readonly baudRate: number;
  readonly platform: NodeJS.Platform;
  /** Programs that have it open. */
  readonly holders: readonly PortHolder[];
  /** Group that may open it. */
  readonly group?: string;
}

/** Why a port could not be opened and what to do, in whole sentences. */
export function portFailure(facts: FailureFacts): HumanError {
  const kind = failureKind(facts.message);
  return new HumanError(`port-${kind}`, sentences[kind](facts));
}

const sentences: Readonly<Record<PortFailureKind, (facts: FailureFacts) => string>> = {
  absent: ({ path }) => `There is no port ${path}. Plug the board in, or check the name.`,
  busy: ({ path, holders }) =>
    holders.length === 0
      ? `${path} is in use by another program. Close it there: a serial monitor, an upload or a debugger.`
      : `${path} is in use by ${namesOf(holders)}. Close it there first.`,
  denied: deniedSentence,
  'not-a-port': ({ path }) => `${path} is not a serial port. Choose another one.`,
  settings: ({ path, baudRate }) =>
    `${path} refuses these settings (${baudRate} baud). Choose a rate and a format that its driver can do.`,
  other: ({ path, message }) => `${path} cannot be opened: ${message.replace(/^Error:? */, '').replace(/\.$/, '')}.`,
};

function namesOf(holders: readonly PortHolder[]): string {
  return holders.map(({ name, processId }) => `${name} (process ${processId})`).join(' and ');
}

function deniedSentence({ path, group, platform }: FailureFacts): string {
  if (platform !== 'linux') return `${path} may not be opened: permission is denied. Check the rights of your account.`;
  if (group === undefined || group === 'root') {
    return (
      `${path} may not be opened: it belongs to root alone. Give your account the right with a udev rule, ` +
      'such as KERNEL=="ttyACM[0-9]*", MODE="0660", GROUP="dialout" in /etc/udev/rules.d/50-serial.rules, ' +
      'then run "sudo udevadm control --reload" and plug the board in again.'
    );
  }
  return (
    `${path} may not be opened: it belongs to the group ${group}, and your account is not in it. ` +
    `Run "sudo usermod -a -G ${group} $USER" and log in again.`
  );
}
