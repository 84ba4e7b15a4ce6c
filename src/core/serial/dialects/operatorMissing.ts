import type { FirmwareEvent } from '../events';
import { noEvents } from '../parser';
import type { Dialect } from '../parser';

/** `micro_op_resolver.cc`; versions until 2023 add ` version '1'` and advice. */
const notFound = /Didn't find op for builtin opcode '([A-Z0-9_]{1,60})'/;
/** `micro_interpreter.cc`: follows the message above, and stands alone for custom operators. */
const registration = /Failed to get registration from op code ([A-Za-z0-9_]{1,60})/;
const parser = /Did not find a parser for ([A-Z0-9_]{1,60})/;
const full =
  /Couldn't register (?:builtin op #(\d{1,4})|custom op '([^']{1,60})'), resolver size is too\s?small \((\d{1,6})\)/;

/**
 * An operator that the firmware's resolver does not have: the resolver's own message, and the interpreter's after it.
 */
export const operatorMissing: Dialect = {
  id: 'operator-missing',
  describes: 'Operators that the firmware did not register',
  create: () => ({ id: 'operator-missing', feed }),
};

function feed(line: string): readonly FirmwareEvent[] {
  if (!line.includes('op') && !line.includes('parser')) return noEvents;
  const resolver = line.includes("Didn't find op") ? notFound.exec(line) : null;
  if (resolver !== null) return [missing(resolver[1])];
  const interpreter = line.includes('registration from op') ? registration.exec(line) : null;
  if (interpreter !== null) return [missing(interpreter[1])];
  const options = line.includes('Did not find a') ? parser.exec(line) : null;
  if (options !== null) return [{ type: 'operator-missing', operator: options[1], parserOnly: true }];
  const slots = line.includes("Couldn't register") ? full.exec(line) : null;
  if (slots === null) return noEvents;
  return [{ type: 'resolver-full', operator: slots[2] ?? `#${slots[1]}`, slots: Number(slots[3]) }];
}

function missing(operator: string): FirmwareEvent {
  return { type: 'operator-missing', operator, parserOnly: false };
}
