import type { FirmwareEvent } from '../events';
import { withoutLogPrefix } from '../logPrefix';
import { noEvents } from '../parser';
import type { Dialect, LineParser } from '../parser';

/** Teensy 4, `cores/teensy4/CrashReport.cpp`: printed by the sketch after the restart. */
const begin = /^CrashReport:?$/;
const address = /^Code was executing from address 0x([0-9a-fA-F]{1,8})/;
const cfsr = /^CFSR: ?(?:0x)?([0-9a-fA-F]{1,8})$/;
/** `(DACCVIOL) Data Access Violation`, `(IBUSERR) Instruction Bus Error`: the bits of the register in words. */
const bit = /\([A-Z]{4,12}\) (.{1,80}?)\s*$/;
const accessPattern = /Accessed Address: 0x([0-9a-fA-F]{1,8})/;
const panicPattern = /^(?:Panic Temperature|.*\bover(?:heat|temp)).{0,80}/i;
const end = /^Reboot was caused by /;
const patience = 40;

/** The report that a Teensy 4 prints of the crash before its last restart. */
export const teensyCrash: Dialect = {
  id: 'teensy-crash',
  describes: 'Teensy 4: CrashReport with the address and what was wrong there',
  create,
};

function create(): LineParser {
  let crash = 0;
  let linesLeft = 0;
  const feed = (line: string): readonly FirmwareEvent[] => {
    if (line.includes('CrashReport') && begin.test(withoutLogPrefix(line))) {
      crash += 1;
      linesLeft = patience;
      return [{ type: 'crash', kind: 'teensy', crash, reason: 'before the last restart' }];
    }
    if (linesLeft === 0) return noEvents;
    linesLeft -= 1;
    const text = withoutLogPrefix(line).slice(0, 200);
    if (end.test(text)) linesLeft = 0;
    return detailOf(text, line.slice(0, 200), crash);
  };
  return { id: 'teensy-crash', feed };
}

/** The bits stand in brackets, as prefixes may, so that they are looked for in the whole line. */
function detailOf(text: string, line: string, crash: number): readonly FirmwareEvent[] {
  const of = { kind: 'teensy', crash } as const;
  const registers = (name: string, digits: string): readonly FirmwareEvent[] => [
    { type: 'crash-registers', ...of, registers: { [name]: Number.parseInt(digits, 16) } },
  ];
  const pc = address.exec(text);
  if (pc !== null) return registers('pc', pc[1]);
  const status = cfsr.exec(text);
  if (status !== null) return registers('cfsr', status[1]);
  const target = accessPattern.exec(text);
  if (target !== null) return registers('mmfar', target[1]);
  const named = bit.exec(line);
  if (named !== null) return [{ type: 'crash', ...of, reason: named[1] }];
  return panicPattern.test(text) ? [{ type: 'crash', ...of, reason: text.trim() }] : noEvents;
}
