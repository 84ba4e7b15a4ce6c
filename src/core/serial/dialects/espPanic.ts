import type { FirmwareEvent } from '../events';
import { noEvents } from '../parser';
import type { Dialect, LineParser } from '../parser';
import { registersOf } from './crashRegisters';

/** ESP-IDF, `components/esp_system/panic.c` and its neighbours. */
const guru = /Guru Meditation Error: Core\s+(\d) panic'ed \(([^)]{1,80})\)/;
const abort = /abort\(\) was called at PC 0x([0-9a-fA-F]{8}) on core (\d)/;
const assertion = /assert failed: (.{1,200})/;
const overflow = /\*\*\*ERROR\*\*\* (A stack overflow in task \S{1,40} has been detected)/;
const watchdog = /(Task watchdog got triggered|Interrupt wdt timeout)/;
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
  const feed = (line: string): readonly FirmwareEvent[] => {
    const reason = reasonOf(line);
    if (reason !== undefined) {
      // A dump names its reason once; an abort or assertion is followed by no second header.
      crash += 1;
      linesLeft = patience;
      return [{ type: 'crash', kind: 'esp-idf', crash, ...reason }];
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

function reasonOf(line: string): { readonly reason: string; readonly core?: number } | undefined {
  const panic = line.includes('Guru Meditation') ? guru.exec(line) : null;
  if (panic !== null) return { reason: panic[2], core: Number(panic[1]) };
  const aborted = line.includes('abort() was') ? abort.exec(line) : null;
  if (aborted !== null) return { reason: `abort() at 0x${aborted[1].toLowerCase()}`, core: Number(aborted[2]) };
  const failed = line.includes('assert failed: ') ? assertion.exec(line) : null;
  if (failed !== null) return { reason: `assert failed: ${failed[1].trim()}` };
  const other = line.includes('***ERROR***')
    ? overflow.exec(line)
    : line.includes('wat') || line.includes('wdt')
      ? watchdog.exec(line)
      : null;
  return other === null ? undefined : { reason: other[1] };
}
