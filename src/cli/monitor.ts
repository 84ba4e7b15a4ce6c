import type { Command } from 'commander';
import { HumanError } from '../core/model/problem';
import type { TickUnit } from '../core/serial/events';
import type { TickHints } from '../core/serial/profile';
import { terminalText } from '../core/text/terminalText';
import { bytesText } from '../core/text/units';
import type { LineEnding } from '../protocol/serialPort';
import { exitCodes } from './exitCodes';
import { FirmwareRemarks } from './monitor/firmwareRemarks';
import { LinePrinter } from './monitor/linePrinter';
import type { PrinterOptions, Timestamps } from './monitor/linePrinter';
import { LinePattern } from './monitor/linePattern';
import { measuredModel } from './monitor/measuredModel';
import { PacedOutput } from './monitor/pacedOutput';
import { portTable } from './monitor/portTable';
import { addPortOptions, oneOf, settingsOf, wholeNumber } from './monitor/portOptions';
import type { PortFlags } from './monitor/portOptions';
import { runSession } from './monitor/session';
import { addTargetOptions } from './targetOptions';
import type { TargetFlags } from './targetOptions';
import { writeOut } from './output';

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

/** A timer of Node counts milliseconds in 31 bits. */
const mostSeconds = Math.floor((2 ** 31 - 1) / 1000);

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
    if (port === undefined) writeOut(await portTable());
    else await monitor(port, flags);
  });
}

async function monitor(port: string, flags: Flags): Promise<void> {
  const { until } = flags;
  let breakLine = (): void => undefined;
  const remarksOutput = new PacedOutput({
    stream: process.stderr,
    leftOut: (bytes) => say(`${bytesText(bytes)} of remarks were not printed, since they were not read.`),
  });
  const say = (text: string): void => {
    breakLine();
    // Apart from what the board says: a pipe or a file of the output holds the board's lines alone.
    remarksOutput.write(terminalText(text.replace(/^/gm, '--- ').concat('\n')));
  };
  const options = printerOptionsOf(flags, say);
  const end = await runSession({
    port,
    settings: settingsOf(flags),
    reconnects: flags.reconnect,
    lineEnding: oneOf('--line-ending', flags.lineEnding, endings),
    printer: (write) => {
      const printer = new LinePrinter({ ...options, write });
      breakLine = () => printer.breakLine();
      return printer;
    },
    remarks: flags.remarks ? remarksOf(port, flags, say) : undefined,
    log: flags.log === undefined ? undefined : logOf(flags.log, flags),
    until: until === undefined ? undefined : new LinePattern('--until', until, say),
    seconds: flags.seconds === undefined ? undefined : wholeNumber('--seconds', flags.seconds, mostSeconds),
    say,
  });
  if (end === 'not-found') say(`No line was like ${until ?? ''}.`);
  if (end !== 'done') process.exitCode = exitCodes.failed;
}

function printerOptionsOf(flags: Flags, say: (text: string) => void): Omit<PrinterOptions, 'write'> {
  const wanted = flags.filter === undefined ? undefined : new LinePattern('--filter', flags.filter, say);
  const unwanted = flags.exclude === undefined ? undefined : new LinePattern('--exclude', flags.exclude, say);
  return {
    timestamps: oneOf('--timestamps', flags.timestamps, timestampModes),
    hex: flags.hex ?? false,
    passing: (texts) => {
      const isWanted = wanted?.matches(texts);
      const isUnwanted = unwanted?.matches(texts);
      return texts.map((_, index) => (isWanted?.[index] ?? true) && !(isUnwanted?.[index] ?? false));
    },
    colors: process.stdout.isTTY && process.env.NO_COLOR === undefined,
    offsetMinutes: -new Date().getTimezoneOffset(),
  };
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
