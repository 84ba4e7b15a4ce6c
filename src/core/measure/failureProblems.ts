import type { UnnamedFinding } from '../estimate/findings';
import { withIds } from '../estimate/findings';
import type { Finding, LayerFacts, Report } from '../estimate/report';
import { crashRemedy } from '../serial/crashRemedies';
import { addressText, eventText } from '../serial/eventText';
import { exactBytesText } from '../text/units';
import type { BoardFailure } from './boardFailures';

/** Names an address of code, where the firmware's ELF file is known: `dsp_conv (conv.c:41)`. */
type AddressNames = (address: number) => string | undefined;

type EventOf<Type extends BoardFailure['event']['type']> = Extract<BoardFailure['event'], { readonly type: Type }>;

/**
 * What failed on the board as findings about the model that the firmware holds: each at the operator that causes it,
 * with the exact number. `source` names the port.
 */
export function failureFindings(
  failures: readonly BoardFailure[],
  report: Report,
  source: string,
  names: AddressNames = () => undefined,
): readonly Finding[] {
  const findings = failures.map((failure): UnnamedFinding => {
    const { code, message, layer } = placeFailure(failure, report, names);
    return {
      code,
      severity: 'error',
      message: `On the board at ${source}: ${message}`,
      source,
      ...(layer === undefined ? {} : { layer: layer.index }),
    };
  });
  return withIds(findings, report.layers);
}

interface PlacedFailure {
  readonly code: string;
  readonly message: string;
  readonly layer?: LayerFacts;
}

function placeFailure(failure: BoardFailure, report: Report, names: AddressNames): PlacedFailure {
  const { event } = failure;
  switch (event.type) {
    case 'arena-short':
    case 'memory-short':
    case 'allocate-failed':
      return arena(event, report);
    case 'operator-missing':
    case 'resolver-full':
      return missing(event, report);
    case 'operator-failed':
      return operatorFailed(event, failure.reason, report);
    case 'crash':
      return { code: 'board-crash', message: crashSentence(event, failure.addresses ?? [], names) };
    default: {
      const text = eventText(event);
      return { code: 'board-failure', message: `${text?.title ?? event.type}. ${text?.detail ?? ''}`.trim() };
    }
  }
}

function arena(
  event: EventOf<'arena-short' | 'memory-short' | 'allocate-failed'>,
  { arena: facts, layers }: Report,
): PlacedFailure {
  const needed =
    facts === undefined
      ? 'Make the tensor arena larger.'
      : `This model needs an arena of ${exactBytesText(facts.minimumBytes)}: give the firmware's that size.`;
  const layer = facts?.peakOperator === undefined ? undefined : layers[facts.peakOperator];
  if (event.type === 'allocate-failed') {
    return { code: 'board-allocate-failed', message: `AllocateTensors() failed without saying why. ${needed}` };
  }
  if (event.type === 'memory-short') {
    const amount = event.requiredBytes === undefined ? '' : ` (${exactBytesText(event.requiredBytes)})`;
    return { code: 'board-arena-short', message: `the arena has no room for ${event.what}${amount}. ${needed}`, layer };
  }
  const { requestedBytes, availableBytes, missingBytes } = event;
  const message =
    `the arena is too small. TensorFlow Lite Micro asked for ${exactBytesText(requestedBytes)} and had ` +
    `${exactBytesText(availableBytes)}: ${exactBytesText(missingBytes)} ${missingBytes === 1 ? 'is' : 'are'} missing. ${needed}`;
  return { code: 'board-arena-short', message, layer };
}

function missing(event: EventOf<'operator-missing' | 'resolver-full'>, { layers }: Report): PlacedFailure {
  const users = layers.filter(({ operator }) => operator === event.operator);
  const uses = users.length > 1 ? ` It is used by ${users.length} operators of this model.` : '';
  if (event.type === 'resolver-full') {
    const kinds = new Set(layers.map(({ operator }) => operator)).size;
    const message =
      `the resolver is full after ${event.slots} operators, at ${event.operator}. This model has ${kinds} kinds of ` +
      `operators: write MicroMutableOpResolver<${kinds}>.`;
    return { code: 'board-resolver-full', message, layer: users.at(0) };
  }
  const what = event.parserOnly
    ? `the resolver has no parser for ${event.operator}`
    : `the firmware does not register ${event.operator}`;
  return {
    code: 'board-operator-missing',
    message: `${what}. Add it to the resolver before the interpreter is made.${uses}`,
    layer: users.at(0),
  };
}

function operatorFailed(
  event: EventOf<'operator-failed'>,
  reason: string | undefined,
  { layers }: Report,
): PlacedFailure {
  const layer =
    layers.find(({ position, operator }) => position === event.position && operator === event.operator) ??
    layers.find(({ operator }) => operator === event.operator);
  const stage = event.stage === 'prepare' ? 'could not be prepared' : 'failed while it ran';
  const because = reason === undefined ? `its kernel returned status ${event.status}` : reason.replace(/\.$/, '');
  return { code: 'board-operator-failed', message: `${event.operator} ${stage}: ${because}.`, layer };
}

/** The innermost address that has a name, else the innermost one. */
function crashSentence(
  { reason, thread }: EventOf<'crash'>,
  addresses: readonly number[],
  names: AddressNames,
): string {
  const named = addresses.map((address) => names(address)).find((name) => name !== undefined);
  const [first] = addresses;
  const place = named ?? (first === undefined ? undefined : addressText(first));
  const where = `${thread === undefined ? '' : ` in thread ${thread}`}${place === undefined ? '' : ` in ${place}`}`;
  const remedy = crashRemedy(reason);
  return `the firmware crashed (${reason})${where}. ${remedy === undefined ? '' : `${remedy} `}The monitor shows its dump.`;
}
