import type { Command } from 'commander';
import { HumanError } from '../core/model/problem';
import { searchExpression } from '../core/serial/historySearch';
import type { TickUnit } from '../core/serial/events';
import type { TickHints } from '../core/serial/profile';
import type { LineEnding } from '../protocol/serialPort';
import { exitCodes } from './exitCodes';
import { FirmwareRemarks } from './monitor/firmwareRemarks';
import { LinePrinter } from './monitor/linePrinter';
import type { Timestamps } from './monitor/linePrinter';
import { measuredModel } from './monitor/measuredModel';
import { portTable } from './monitor/portTable';
import { addPortOptions, oneOf, settingsOf, wholeNumber } from './monitor/portOptions';
import type { PortFlags } from './monitor/portOptions';
import { runSession } from './monitor/session';
import { addTargetOptions } from './targetOptions';
import type { TargetFlags } from './targetOptions';

interface Flags extends PortFlags, TargetFlags {
  readonly timestamps: string;
  readonly hex?: boolean;
  readonly filter?: string;
  readonly exclude?: string;
  readonly log?: string;
  readonly logTimestamps?: boolean;
  readonly rotate?: string;
  readonly reconnect: boolean;
  readonly lineEnding: string;
  readonly remarks: boolean;
  readonly model?: string;
  readonly ticks?: string;
  readonly save?: boolean;
  readonly until?: string;
  readonly seconds?: string;
}

const timestampModes: readonly Timestamps[] = ['off', 'absolute', 'relative', 'delta'];
const endings: readonly LineEnding[] = ['none', 'lf', 'cr', 'crlf'];
const units: readonly TickUnit[] = ['cycles', 'microseconds', 'milliseconds'];

/** `milliwatt monitor [PORT]`: the serial monitor in a terminal. Without a port it lists those there are. */
export function addMonitor(program: Command): void {
  const command = program
    .command('monitor')
    .description('a serial monitor that understands TensorFlow Lite Micro; without a port, the ports there are')
    .argument('[port]', 'a port, socket://HOST:PORT, rfc2217://HOST:PORT, or a saved log to play');
  addPortOptions(command)
    .option('--timestamps <mode>', 'off, absolute, relative or delta', 'off')
    .option('--hex', 'rows of 16 bytes in hexadecimal')
    .option('--filter <expression>', 'only lines that match the regular expression')
    .option('--exclude <expression>', 'only lines that do not match it')
    .option('--log <file>', 'also write what is received to a new file, byte for byte')
    .option('--log-timestamps', 'put the time before each line of the log')
    .option('--rotate <bytes>', 'go on in another file when the log would grow larger')
    .option('--no-reconnect', 'end when the port is lost, with exit code 1')
    .option('--line-ending <ending>', 'of lines that are sent: none, lf, cr or crlf', 'lf')
    .option('--no-remarks', 'do not say what the firmware means')
    .option('--until <expression>', 'end with the first line that matches; exit code 1 when none does')
    .option('--seconds <n>', 'end after this time')
    .option('--model <file>', 'the model in the firmware: profiles stand beside its estimates')
    .option(
      '--ticks <unit>',
      'what a tick of profiles is: cycles, microseconds, milliseconds, or how many are a second',
    )
    .option('--save', 'with --model: keep profiles in .milliwatt/measurements.json');
  addTargetOptions(command).action(async (port: string | undefined, flags: Flags) => {
    if (port === undefined) process.stdout.write(await portTable());
    else await monitor(port, flags);
  });
}

async function monitor(port: string, flags: Flags): Promise<void> {
  const write = (text: string): void => void process.stdout.write(text);
  const printer = printerOf(flags, write);
  const say = (text: string): void => {
    printer.breakLine();
    // Apart from what the board says: a pipe or a file of the output holds the board's lines alone.
    process.stderr.write(text.replace(/^/gm, '--- ').concat('\n'));
  };
  const end = await runSession({
    port,
    settings: settingsOf(flags),
    reconnects: flags.reconnect,
    lineEnding: oneOf('--line-ending', flags.lineEnding, endings),
    printer,
    remarks: flags.remarks ? remarksOf(port, flags, say) : undefined,
    log: flags.log === undefined ? undefined : logOf(flags.log, flags),
    until: flags.until === undefined ? undefined : expressionOf(flags.until),
    seconds: flags.seconds === undefined ? undefined : wholeNumber('--seconds', flags.seconds),
    say,
  });
  if (end === 'not-found') say(`No line was like ${flags.until ?? ''}.`);
  if (end !== 'done') process.exitCode = exitCodes.failed;
}

function printerOf(flags: Flags, write: (text: string) => void): LinePrinter {
  const wanted = flags.filter === undefined ? undefined : expressionOf(flags.filter);
  const unwanted = flags.exclude === undefined ? undefined : expressionOf(flags.exclude);
  return new LinePrinter({
    timestamps: oneOf('--timestamps', flags.timestamps, timestampModes),
    hex: flags.hex ?? false,
    passes: (text) => (wanted?.test(text) ?? true) && !(unwanted?.test(text) ?? false),
    colors: process.stdout.isTTY && process.env.NO_COLOR === undefined,
    offsetMinutes: -new Date().getTimezoneOffset(),
    write,
  });
}

function remarksOf(source: string, flags: Flags, say: (text: string) => void): FirmwareRemarks {
  if (flags.save && flags.model === undefined) {
    throw new HumanError('usage-save', '--save keeps a profile with its model: name it with --model as well.');
  }
  const model = flags.model === undefined ? undefined : measuredModel(flags.model, flags);
  const hints = { ...ticksOf(flags), clockHz: model?.report.target.clockHz };
  return new FirmwareRemarks({ hints, model, source, say });
}

function ticksOf({ ticks }: Flags): TickHints {
  if (ticks === undefined) return {};
  return /^\d/.test(ticks)
    ? { ticksPerSecond: wholeNumber('--ticks', ticks) }
    : { unit: oneOf('--ticks', ticks, units) };
}

function logOf(
  path: string,
  { logTimestamps = false, rotate }: Flags,
): { path: string; timestamps: boolean; rotateBytes: number } {
  return { path, timestamps: logTimestamps, rotateBytes: rotate === undefined ? 0 : wholeNumber('--rotate', rotate) };
}

/** Not global: each line is looked at from its beginning. */
function expressionOf(text: string): RegExp {
  const expression = searchExpression({ text, kind: 'expression', matchCase: true });
  return new RegExp(expression.source, 'u');
}
