import type { FirmwareModel, ModelPairing, NeededArena } from './rule';

/** Bytes that a recording interpreter's structures take more: its allocators are 52 and 124 bytes for 36 and 36. */
const recordingBytes = 104;

/** A margin for a figure that is modelled. */
const margin = 1.1;

/** The arena that a pairing needs. */
export interface ArenaNeed extends NeededArena {
  /** The model that needs most. */
  readonly model: FirmwareModel;
}

/** What the largest of a pairing's models needs; absent where that is not known of one of them. */
export function arenaNeed({ models, interpreter }: ModelPairing): ArenaNeed | undefined {
  const needs = models.map((model) => needOf(model, interpreter.isRecording ? recordingBytes : 0));
  const known = needs.filter((need) => need !== undefined);
  if (known.length === 0 || known.length < needs.length) return undefined;
  return known.reduce((most, need) => (need.bytes > most.bytes ? need : most));
}

function needOf(model: FirmwareModel, added: number): ArenaNeed | undefined {
  const need = enoughArena(model, added);
  return need && { ...need, model };
}

/** The arena that one model needs, aligned; `added`: bytes that its interpreter takes more than a plain one. */
export function enoughArena(
  { report: { arena }, arenas }: Pick<FirmwareModel, 'report' | 'arenas'>,
  added = 0,
): NeededArena | undefined {
  const all = arenas?.() ?? (arena === undefined ? [] : [arena]);
  if (all.length === 0) return undefined;
  const enough = all.map(({ minimumBytes, basis }) => (minimumBytes + added) * (basis === 'exact' ? 1 : margin));
  const surely = all.map(({ minimumBytes }) => minimumBytes + added);
  return {
    bytes: Math.ceil(Math.max(...enough) / 16) * 16,
    leastBytes: Math.ceil(Math.min(...surely) / 16) * 16,
    isExact: all.every(({ basis }) => basis === 'exact'),
    isLowerBound: all.some(({ isLowerBound }) => isLowerBound === true),
  };
}

/** A pairing of which it is sure that it is compiled and which models it runs. */
export function isSure({ activity, isModelSure }: ModelPairing): boolean {
  return activity === 'yes' && isModelSure;
}

/** A model as a sentence names it. */
export function modelName({ path, array }: FirmwareModel): string {
  return array ?? path.slice(path.lastIndexOf('/') + 1);
}
