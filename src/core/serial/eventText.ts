import type { Severity } from '../model/problem';
import { countText, exactBytesText, groupDigits, millisecondsText } from '../text/units';
import { crashRemedy } from './crashRemedies';
import type {
  ArenaShort,
  Crash,
  CrashBacktrace,
  CrashRegisters,
  FirmwareEvent,
  OperatorFailed,
  TaskWatchdog,
} from './events';

/** What an event of the firmware says to people. */
export interface EventText {
  readonly severity: Severity;
  /** Short, with the exact number where there is one. */
  readonly title: string;
  /** Complete sentences: what it means and what to do. */
  readonly detail?: string;
}

type EventOf<Type extends FirmwareEvent['type']> = Extract<FirmwareEvent, { readonly type: Type }>;
type Wording = { readonly [Type in FirmwareEvent['type']]: (event: EventOf<Type>) => EventText | undefined };

/** The words for an event; none for what is part of something larger (lines of a profile) or drawn (plots). */
export function eventText<Type extends FirmwareEvent['type']>(event: EventOf<Type>): EventText | undefined {
  const word = wording[event.type] as (each: EventOf<Type>) => EventText | undefined;
  return word(event);
}

const nothing = (): undefined => undefined;

const wording: Wording = {
  'profile-start': nothing,
  'profile-entry': nothing,
  'profile-tag-sum': nothing,
  'profile-end': nothing,
  'profile-damage': nothing,
  'plot-samples': nothing,
  'profiler-full': ({ maximumEvents }) => ({
    severity: 'error',
    title: `Profiler full after ${groupDigits(maximumEvents)} events`,
    detail:
      'MicroProfiler stops the program when its table is full. Call ClearEvents() after each inference, or use milliwatt_profiler.h.',
  }),
  'arena-used': ({ bytes, arenaBytes }) => ({
    severity: 'information',
    title: `Arena used: ${exactBytesText(bytes)}${arenaBytes === undefined ? '' : ` of ${exactBytesText(arenaBytes)}`}`,
  }),
  'arena-section': ({ section, bytes }) => ({
    severity: 'information',
    title: `Arena, ${sectionNames[section]}: ${exactBytesText(bytes)}`,
  }),
  'arena-allocation': ({ name, usedBytes, count }) => ({
    severity: 'information',
    title: `Arena, ${name}: ${exactBytesText(usedBytes)} in ${count} ${count === 1 ? 'allocation' : 'allocations'}`,
  }),
  'arena-short': arenaShort,
  'memory-short': ({ what, requiredBytes }) => ({
    severity: 'error',
    title: `No room for ${what}${requiredBytes === undefined ? '' : ` (${exactBytesText(requiredBytes)})`}`,
    detail: 'The tensor arena is too small. Make it larger; the report of the model says how large.',
  }),
  'operator-missing': ({ operator, parserOnly }) => ({
    severity: 'error',
    title: `The firmware does not know ${operator}`,
    detail: parserOnly
      ? `The parser of its options is missing in the resolver. Register ${operator} with its own Add… call.`
      : `The model has the operator ${operator} and the resolver does not. Register it before AllocateTensors().`,
  }),
  'resolver-full': ({ operator, slots }) => ({
    severity: 'error',
    title: `Resolver full at ${operator}`,
    detail: `MicroMutableOpResolver has room for ${slots} operators, and one more was added. Raise its number.`,
  }),
  'allocate-failed': () => ({
    severity: 'error',
    title: 'AllocateTensors() failed',
    detail:
      'No inference can run. The lines before say why: an arena that is too small, or an operator that is missing.',
  }),
  'invoke-failed': () => ({
    severity: 'error',
    title: 'Invoke() failed',
    detail: 'The inference stopped. The lines before name the operator and the reason.',
  }),
  'operator-failed': operatorFailed,
  'type-refused': ({ dataType, message }) => ({
    severity: 'error',
    title: `A kernel refuses ${dataType ?? 'a type'}`,
    detail: message,
  }),
  'hybrid-refused': ({ file }) => ({
    severity: 'error',
    title: 'Float operator with integer weights',
    detail:
      `TensorFlow Lite Micro has no kernels for dynamic-range quantization${file === undefined ? '' : ` (${file})`}. ` +
      'Quantize activations too.',
  }),
  'check-failed': ({ file, line, condition }) => ({
    severity: 'error',
    title: 'A kernel refuses the operator',
    detail: `${file}, line ${line}: ${condition}`,
  }),
  'schema-mismatch': ({ modelVersion, supportedVersion }) => ({
    severity: 'error',
    title: `Schema version ${modelVersion} where ${supportedVersion} is supported`,
    detail:
      'What the firmware reads is no TFLite model of this version: often the array is empty or its address wrong.',
  }),
  crash: crashText,
  'task-watchdog': taskWatchdog,
  'inference-time': ({ ms, cycles, ticks }) => ({
    severity: 'information',
    title: `Inference: ${[
      ...(ms === undefined ? [] : [millisecondsText(ms)]),
      ...(cycles === undefined ? [] : [`${countText(cycles)} cycles`]),
      ...(ticks === undefined ? [] : [`${groupDigits(ticks)} ticks`]),
    ].join(', ')}`,
    ...(ticks === undefined || ms !== undefined || cycles !== undefined ? {} : { detail: noUnit }),
  }),
  'benchmark-phase': ({ name, ticks, inferences }) => ({
    severity: 'information',
    title:
      inferences === undefined
        ? `Set-up (${name}): ${groupDigits(ticks)} ticks`
        : `${inferences} ${inferences === 1 ? 'inference' : 'inferences'} (${name}): ${groupDigits(ticks)} ticks`,
  }),
  'crash-registers': registers,
  'crash-backtrace': backtrace,
};

const sectionNames = { total: 'total', head: 'non-persistent', tail: 'persistent' } as const;
const shortOf = {
  plan: 'its memory plan',
  tail: 'persistent data',
  temp: 'temporary data',
  whole: 'all its buffers',
} as const;
const noUnit = 'The line does not say what the number counts: print the unit, or set what a tick of this port is.';

function arenaShort({ memory, requestedBytes, availableBytes, missingBytes }: ArenaShort): EventText {
  return {
    severity: 'error',
    title: `Arena too small by ${exactBytesText(missingBytes)}`,
    detail:
      `TensorFlow Lite Micro asked for ${exactBytesText(requestedBytes)} for ${shortOf[memory]} and had ${groupDigits(availableBytes)}. ` +
      'More may be asked for after that: the report of the model says how large the arena must be.',
  };
}

function crashText({ reason, core, thread }: Crash): EventText {
  const detail = crashRemedy(reason);
  return {
    severity: 'error',
    title: `Crash: ${reason}${thread === undefined ? '' : ` in thread ${thread}`}${core === undefined ? '' : ` on core ${core}`}`,
    ...(detail === undefined ? {} : { detail }),
  };
}

function taskWatchdog({ starved, running, aborts }: TaskWatchdog): EventText {
  const busy = running.length === 0 ? 'A task' : running.join(', ');
  const others = starved.length === 0 ? 'others' : starved.join(', ');
  const end = aborts
    ? `The watchdog is set to end the program then: ${others} got no time meanwhile.`
    : `This is no crash: ${others} got no time meanwhile, and the program goes on.`;
  return {
    severity: aborts ? 'error' : 'warning',
    title: `Task watchdog: ${busy} ran for too long without a pause`,
    detail:
      `${end} An inference that takes longer than the watchdog waits does this. ` +
      'Call vTaskDelay(1) between inferences, run Invoke() in a task of the lowest priority, or raise ' +
      'CONFIG_ESP_TASK_WDT_TIMEOUT_S.',
  };
}

function operatorFailed({ operator, position, stage, status }: OperatorFailed): EventText {
  const what = stage === 'prepare' ? 'could not be prepared' : 'failed while it ran';
  return {
    severity: 'error',
    title: `Operator ${position} (${operator}) ${what}`,
    detail: `Its kernel returned status ${status}. The line before often says what it refuses.`,
  };
}

/** The registers that say where and why. */
const telling = ['pc', 'lr', 'mepc', 'ra', 'cfsr', 'hfsr', 'bfar', 'mmfar', 'excvaddr', 'exccause', 'mcause', 'mtval'];

function registers({ registers: all }: CrashRegisters): EventText | undefined {
  const shown = telling.filter((name) => all[name] !== undefined).map((name) => `${name} ${addressText(all[name])}`);
  return shown.length === 0 ? undefined : { severity: 'error', title: `Registers: ${shown.join(', ')}` };
}

function backtrace({ addresses, corrupted }: CrashBacktrace): EventText {
  return {
    severity: 'error',
    title: `Backtrace: ${addresses.map(addressText).join(' ')}${corrupted ? ' (corrupted after that)' : ''}`,
  };
}

/** `0x0800beef`. */
export function addressText(address: number): string {
  return `0x${address.toString(16).padStart(8, '0')}`;
}
