import type { Command } from 'commander';
import { HumanError } from '../../core/model/problem';
import type { PortSettings } from '../../protocol/serialPort';
import { defaultPortSettings } from '../../protocol/serialPort';

/** The options that say how a port is set up, the same for every command that opens one. */
export interface PortFlags {
  readonly baud: string;
  readonly dataBits: string;
  readonly parity: string;
  readonly stopBits: string;
  readonly flow: string;
  readonly dtr: boolean;
  readonly rts: boolean;
}

const parities: readonly PortSettings['parity'][] = ['none', 'even', 'odd', 'mark', 'space'];
const flows: readonly PortSettings['flowControl'][] = ['none', 'hardware', 'software'];

export function addPortOptions(command: Command): Command {
  const { baudRate, dataBits, parity, stopBits, flowControl } = defaultPortSettings;
  return command
    .option('--baud <rate>', 'bits a second', `${baudRate}`)
    .option('--data-bits <n>', '5 to 8', `${dataBits}`)
    .option('--parity <kind>', 'none, even, odd, mark or space', parity)
    .option('--stop-bits <n>', '1, 1.5 or 2', `${stopBits}`)
    .option('--flow <kind>', 'flow control: none, hardware or software', flowControl)
    .option('--no-dtr', 'open with DTR off: for boards that it resets')
    .option('--no-rts', 'open with RTS off');
}

/** @throws {HumanError} for a value that is none. */
export function settingsOf(flags: PortFlags): PortSettings {
  return {
    baudRate: wholeNumber('--baud', flags.baud),
    dataBits: oneOf('--data-bits', Number(flags.dataBits), [5, 6, 7, 8]),
    parity: oneOf('--parity', flags.parity, parities),
    stopBits: oneOf('--stop-bits', Number(flags.stopBits), [1, 1.5, 2]),
    flowControl: oneOf('--flow', flags.flow, flows),
    dtr: flags.dtr,
    rts: flags.rts,
  };
}

export function oneOf<Value extends string | number>(
  option: string,
  value: string | number,
  allowed: readonly Value[],
): Value {
  const found = allowed.find((each) => each === value);
  if (found !== undefined) return found;
  throw new HumanError('usage-option', `${option} ${value} is none of ${allowed.join(', ')}.`);
}

/** @throws {HumanError} for what is no whole number from 1 to `most`. */
export function wholeNumber(option: string, text: string, most = 2 ** 40): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value > most) {
    throw new HumanError('usage-option', `${option} ${text} is too large: it can be ${most} at the most.`);
  }
  if (/^\d+$/.test(text) && value > 0) return value;
  throw new HumanError('usage-option', `${option} ${text} is not a whole number above 0.`);
}
