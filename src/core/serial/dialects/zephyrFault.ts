import type { FirmwareEvent } from '../events';
import { withoutLogPrefix } from '../logPrefix';
import { noEvents } from '../parser';
import type { Dialect, LineParser } from '../parser';
import { registersOf } from './crashRegisters';

/** Zephyr: `arch/arm/core/cortex_m/fault.c`, `kernel/fatal.c`, `arch/riscv/core/fatal.c`. */
const fault = /\*{5} ((?:MPU|HARD|BUS|USAGE|SECURE|Reserved|DEBUG)[A-Za-z ]{1,40}?) \*{5}/i;
const fatal = />>> ZEPHYR FATAL ERROR (\d{1,3}): (.{1,80}?) on CPU (\d)/;
/** `Current thread: 0x20000b00 (main)`; older versions print the name alone. */
const thread = /Current thread: (?:0x[0-9a-fA-F]{1,8} \(([^)]{1,40})\)|([A-Za-z_][\w-]{0,40}))/;
const assertion = /ASSERTION FAIL \[(.{1,160})\] @ (\S{1,200})/;
/** Xtensa: `** CPU 0 EXCCAUSE 28 (load prohibited)`, `**  PC 0x40081234 VADDR 0x10`. */
const xtensa = /\*\* {1,3}CPU \d EXCCAUSE \d{1,3} \(([^)]{1,60})\)/;
const xtensaPlace = /\*\* {1,3}PC (?:0x)?([0-9a-fA-F]{1,8}) VADDR (?:0x)?([0-9a-fA-F]{1,8})/;
const mcause = /\bmcause: (\d{1,4}), (.{1,60})/;
const detail = /^((?:[A-Z][a-z]+ ){1,4}(?:[Vv]iolation|[Ee]rror|instruction|fault|[Aa]ccess|divide|below))\b/;
const pc = /Faulting instruction address(?: \(r15\/pc\))?\s*[:=]\s*0x([0-9a-fA-F]{1,8})/;
const address = /(MMFAR|BFAR|SFAR) Address: 0x([0-9a-fA-F]{1,8})/;
const tracePattern = /^\s*\d{1,3}:\s+(?:[sf]p: [0-9a-fA-F]{8}\s+)?ra: (?:0x)?([0-9a-fA-F]{8})/;
const register = /^(?:r\d{1,2}\/\w{2,3}|xpsr|a\d|t\d|s\d{1,2}|ra|sp|gp|tp|mepc|mtval|mstatus)$/;
const patience = 48;

/** A fatal error of Zephyr: reason, exception frame and, where it prints one, the call trace. */
export const zephyrFault: Dialect = {
  id: 'zephyr-fault',
  describes: 'Zephyr: fatal errors with their registers and faulting address',
  create,
};

function create(): LineParser {
  let crash = 0;
  let linesLeft = 0;
  /** True once the kernel named the fatal error: another fault is another crash. */
  let isNamed = true;
  let reason = '';
  const open = (why: string, core?: number): readonly FirmwareEvent[] => {
    reason = why;
    if (linesLeft === 0 || isNamed) crash += 1;
    linesLeft = patience;
    isNamed = core !== undefined;
    const event = { type: 'crash', kind: 'zephyr', crash, reason } as const;
    return [core === undefined ? event : { ...event, core }];
  };
  const feed = (line: string): readonly FirmwareEvent[] => {
    const header = line.includes('*****') ? fault.exec(line) : null;
    if (header !== null) return open(header[1]);
    const named = line.includes('ZEPHYR FATAL') ? fatal.exec(line) : null;
    if (named !== null) return open(named[2], Number(named[3]));
    const cause = line.includes('mcause: ') ? mcause.exec(line) : null;
    if (cause !== null) return open(cause[2].trim());
    const asserted = line.includes('ASSERTION FAIL') ? assertion.exec(line) : null;
    if (asserted !== null) return open(`assertion failed: ${asserted[1]} at ${asserted[2].replace(/:$/, '')}`);
    const exception = line.includes('EXCCAUSE') ? xtensa.exec(line) : null;
    if (exception !== null) return open(exception[1]);
    if (linesLeft === 0) return noEvents;
    linesLeft -= 1;
    const of = line.includes('Current thread: ') ? thread.exec(line) : null;
    const name = of?.[1] ?? of?.[2];
    if (name !== undefined) {
      return name === 'unknown' ? noEvents : [{ type: 'crash', kind: 'zephyr', crash, reason, thread: name }];
    }
    return detailOf(withoutLogPrefix(line).slice(0, 300), crash);
  };
  return { id: 'zephyr-fault', feed };
}

function detailOf(text: string, crash: number): readonly FirmwareEvent[] {
  const of = { kind: 'zephyr', crash } as const;
  const faulting = pc.exec(text);
  if (faulting !== null)
    return [{ type: 'crash-registers', ...of, registers: { pc: Number.parseInt(faulting[1], 16) } }];
  const place = xtensaPlace.exec(text);
  if (place !== null) {
    const [at, target] = place.slice(1).map((digits) => Number.parseInt(digits, 16));
    return [{ type: 'crash-registers', ...of, registers: { pc: at, excvaddr: target } }];
  }
  const accessed = address.exec(text);
  if (accessed !== null) {
    return [
      { type: 'crash-registers', ...of, registers: { [accessed[1].toLowerCase()]: Number.parseInt(accessed[2], 16) } },
    ];
  }
  const frame = tracePattern.exec(text);
  if (frame !== null) {
    return [{ type: 'crash-backtrace', ...of, addresses: [Number.parseInt(frame[1], 16)], corrupted: false }];
  }
  const registers = registersOf(text, register);
  if (registers !== undefined) return [{ type: 'crash-registers', ...of, registers: shortNames(registers) }];
  const reason = detail.exec(text);
  return reason === null ? noEvents : [{ type: 'crash', ...of, reason: reason[1] }];
}

/** `r0/a1` is `r0`, `r14/lr` is `lr`: the name that other dumps use. */
function shortNames(registers: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const named = (name: string): string => {
    const [number, role] = name.split('/');
    return role !== undefined && !/^a\d$/.test(role) ? role : number;
  };
  return Object.fromEntries(Object.entries(registers).map(([name, value]) => [named(name), value]));
}
