import type { FirmwareEvent } from '../events';
import { noEvents } from '../parser';
import type { Dialect, LineParser } from '../parser';
import { registersOf } from './crashRegisters';

/** ESP-IDF, `components/esp_system/panic.c` and its neighbours. */
const guru = /Guru Meditation Error: Core\s+(\d) panic'ed \(([^)]{1,80})\)/;
const abort = /abort\(\) was called at PC 0x([0-9a-fA-F]{8}) on core (\d)/;
const assertion = /assert failed: (.{1,200})/;
const overflow = /\*\*\*ERROR\*\*\* (A stack overflow in task \S{1,40} has been detected)/;
const watchdog = /(Interrupt wdt timeout)/;
/** Older assertions (newlib), stack smashing, and a supply that fell too low. */
const newlib = /assertion ("[^"]{1,120}" failed: file "[^"]{1,200}", line \d{1,6})/;
const smashedPattern = /(Stack smashing protect failure)/;
/** What the first-stage boot loader says of the reset before, where a watchdog ended all without a word. */
const watchdogReset = /rst:0x[\da-f]{1,2} \((TG[01]WDT_\w{3,12})\)/;
const brownout = /(Brownout detector was triggered)/;
/** The second line of a panic says what the first leaves open. */
const debugReason = /Debug exception reason: (.{1,120})/;
const overflown = /(?:Stack canary watchpoint triggered \(|stack overflow in task )([^\s)]{1,40})/;
const trace = /Backtrace:\s*((?:0x[0-9a-fA-F]{8}:0x[0-9a-fA-F]{8}\s*)+)/;
const register =
  /^(?:pc|ps|a\d{1,2}|sar|exccause|excvaddr|lbeg|lend|lcount|mepc|ra|sp|gp|tp|t\d|s\d{1,2}(?:\/fp)?|mstatus|mtvec|mcause|mtval|mhartid)$/;
/** Lines of a dump that may be lost or foreign before it is taken to be over. */
const patience = 64;

/** A panic of ESP-IDF (Xtensa and RISC-V): its reason, registers, and the backtrace as addresses. */
export const espPanic: Dialect = {
  id: 'esp-panic',
  describes: 'ESP-IDF: Guru Meditation, abort, failed assertion, watchdog, with registers and backtrace',
  create,
};

function create(): LineParser {
  let crash = 0;
  let linesLeft = 0;
  /** What another line may say of the same crash. */
  let waiting: Reason['waitsFor'];
  const feed = (line: string): readonly FirmwareEvent[] => {
    const reason = mayName.test(line) ? reasonOf(line) : undefined;
    if (reason !== undefined) {
      const { waitsFor, continues, ...named } = reason;
      if (linesLeft === 0 || continues === undefined || continues !== waiting) crash += 1;
      linesLeft = patience;
      waiting = waitsFor;
      const thread = overflown.exec(line)?.[1];
      return [{ type: 'crash', kind: 'esp-idf', crash, ...named, ...(thread === undefined ? {} : { thread }) }];
    }
    if (linesLeft === 0 || line.length > 2000) return noEvents;
    linesLeft -= 1;
    const backtrace = line.includes('Backtrace') ? trace.exec(line) : null;
    if (backtrace !== null) {
      const addresses = Array.from(backtrace[1].matchAll(/0x([0-9a-fA-F]{8}):/g), ([, pc]) => Number.parseInt(pc, 16));
      return [{ type: 'crash-backtrace', kind: 'esp-idf', crash, addresses, corrupted: line.includes('CORRUPTED') }];
    }
    const registers = line.includes(': 0x') ? registersOf(line, register) : undefined;
    return registers === undefined ? noEvents : [{ type: 'crash-registers', kind: 'esp-idf', crash, registers }];
  };
  return { id: 'esp-panic', feed };
}

/** One look at most lines: none of the reasons is named in them. */
const mayName =
  /Guru |bort\(\) was|ssert(?:ion "| failed: )|\*\*\*ERROR|wdt timeout|Stack sm|Brownout|Debug exc|\(TG\dWDT_/;

interface Reason {
  readonly reason: string;
  readonly core?: number;
  /** What may follow, and be of the same crash. */
  readonly waitsFor?: 'abort' | 'debug reason';
  readonly continues?: 'abort' | 'debug reason';
}

function reasonOf(line: string): Reason | undefined {
  const panic = line.includes('Guru Meditation') ? guru.exec(line) : null;
  if (panic !== null) return { reason: panic[2], core: Number(panic[1]), waitsFor: 'debug reason' };
  const aborted = line.includes('abort() was') ? abort.exec(line) : null;
  if (aborted !== null) {
    return { reason: `abort() at 0x${aborted[1].toLowerCase()}`, core: Number(aborted[2]), continues: 'abort' };
  }
  const failed = line.includes('assert failed: ') ? assertion.exec(line) : null;
  if (failed !== null) return { reason: `assert failed: ${failed[1].trim()}`, waitsFor: 'abort' };
  for (const { mark, form, ...more } of others) {
    const found = line.includes(mark) ? form.exec(line) : null;
    if (found !== null) return { reason: found[1].trim(), ...more };
  }
  return undefined;
}

interface OtherReason extends Omit<Reason, 'reason'> {
  /** What a line must hold to be looked at. */
  readonly mark: string;
  readonly form: RegExp;
}

const others: readonly OtherReason[] = [
  { mark: '***ERROR***', form: overflow, waitsFor: 'abort' },
  { mark: 'wdt timeout', form: watchdog },
  { mark: 'WDT_', form: watchdogReset },
  { mark: 'assertion "', form: newlib, waitsFor: 'abort' },
  { mark: 'Stack smashing', form: smashedPattern, waitsFor: 'abort' },
  { mark: 'Brownout', form: brownout },
  { mark: 'Debug exception reason', form: debugReason, continues: 'debug reason' },
];
