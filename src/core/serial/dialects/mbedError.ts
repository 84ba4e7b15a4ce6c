import type { FirmwareEvent } from '../events';
import { withoutLogPrefix } from '../logPrefix';
import { noEvents } from '../parser';
import type { Dialect, LineParser } from '../parser';

/** Mbed OS, `platform/source/mbed_error.c`. Every line but the first is `Name: value`. */
const begin = '++ MbedOS Error Info ++';
const end = '-- MbedOS Error Info --';
const message = /^Error Message: (.{1,200})$/;
const location = /^(?:Location|Address): 0x([0-9a-fA-F]{1,8})\b/;
const file = /^File: ?(.{1,200}?)\+(\d{1,7})$/;
const thread = /^Current Thread: ?(\S{1,40}?) +Id: ?0x[0-9a-fA-F]{1,8}/;
/** What the fault handler says of itself: the fault was told by its own dump. */
const ofFault = 'Fault exception';
const patience = 16;

/** A fatal error of Mbed OS (Arduino boards with an nRF52840, RP2040 or STM32H7): what, where, and in which thread. */
export const mbedError: Dialect = {
  id: 'mbed-error',
  describes: 'Mbed OS: error info with its message, location and thread',
  create,
};

function create(): LineParser {
  let crash = 0;
  let linesLeft = 0;
  let reason = '';
  const feed = (line: string): readonly FirmwareEvent[] => {
    if (line.includes(begin)) {
      linesLeft = patience;
      reason = '';
      return noEvents;
    }
    if (linesLeft === 0) return noEvents;
    linesLeft = line.includes(end) ? 0 : linesLeft - 1;
    const text = withoutLogPrefix(line).slice(0, 300);
    const said = message.exec(text);
    if (said !== null) {
      if (said[1].trim() === ofFault) linesLeft = 0;
      else crash += 1;
      reason = said[1].trim();
      return linesLeft === 0 ? noEvents : [{ type: 'crash', kind: 'mbed', crash, reason }];
    }
    return reason === '' ? noEvents : detailOf(text, { type: 'crash', kind: 'mbed', crash, reason });
  };
  return { id: 'mbed-error', feed };
}

function detailOf(text: string, crash: Extract<FirmwareEvent, { type: 'crash' }>): readonly FirmwareEvent[] {
  const { kind, crash: number } = crash;
  const at = location.exec(text);
  if (at !== null) {
    return [{ type: 'crash-registers', kind, crash: number, registers: { pc: Number.parseInt(at[1], 16) } }];
  }
  const source = file.exec(text);
  if (source !== null) return [{ ...crash, reason: `${source[1].split(/[\\/]/).at(-1)}, line ${source[2]}` }];
  const of = thread.exec(text);
  return of === null ? noEvents : [{ ...crash, thread: of[1] }];
}
