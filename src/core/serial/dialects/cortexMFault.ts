import type { FirmwareEvent } from '../events';
import { withoutLogPrefix } from '../logPrefix';
import { noEvents } from '../parser';
import type { Dialect, LineParser } from '../parser';
import { registersOf } from './crashRegisters';

/** Headers of Mbed OS, CmBacktrace, vendors' examples and hand-written handlers. */
const header = /\b(hard ?fault|bus ?fault|usage ?fault|mem(?:ory)? ?manage(?:ment)?(?: ?fault)?|mem ?fault)\b/i;
/** Prose about faults is not a dump: such a line names a fault and ends, or marks itself as a report. */
const report = /handler|exception|\[|\*\*|\+\+|!|:|^\W*[\w ]{4,24}\W*$/i;
const register =
  /^(?:r\d{1,2}|sp|msp|psp|lr|pc|x?psr|cfsr|hfsr|dfsr|afsr|bfar|mmfar|mmar|ufsr|bfsr|mmfsr|mmsr|exc_return)$/;
const patience = 48;

/**
 * Hard-fault dumps of Cortex-M in the forms that handlers print: after a line that names the fault, registers as `PC:
 * 0800beef`, `R0 = 00000000` or `CFSR=0x8200`. Lines of Zephyr, which has a parser of its own, are left to that.
 */
export const cortexMFault: Dialect = {
  id: 'cortex-m-fault',
  describes: 'Cortex-M: hard-fault dumps of Mbed OS, CmBacktrace and hand-written handlers',
  create,
};

function create(): LineParser {
  let crash = 0;
  let linesLeft = 0;
  let hasRegisters = false;
  const feed = (line: string): readonly FirmwareEvent[] => {
    if (mayName(line)) {
      const text = withoutLogPrefix(line).slice(0, 200);
      const found = line.includes('*****') ? null : header.exec(text);
      if (found !== null && report.test(text) && registersOf(text, register) === undefined) {
        // A handler names the fault in several lines before its registers: that is one crash.
        if (linesLeft > 0 && !hasRegisters) return noEvents;
        crash += 1;
        linesLeft = patience;
        hasRegisters = false;
        return [{ type: 'crash', kind: 'cortex-m', crash, reason: found[1] }];
      }
    }
    if (linesLeft === 0) return noEvents;
    linesLeft -= 1;
    const registers = registersOf(withoutLogPrefix(line).slice(0, 300), register);
    if (registers === undefined) return noEvents;
    hasRegisters = true;
    return [{ type: 'crash-registers', kind: 'cortex-m', crash, registers }];
  };
  return { id: 'cortex-m-fault', feed };
}

/** A quick look for `fault` or `manage` in any case of their letters. */
function mayName(line: string): boolean {
  return line.includes('ault') || line.includes('AULT') || line.includes('anage') || line.includes('MANAGE');
}
