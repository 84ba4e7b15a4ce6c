import type { ArenaSection, FirmwareEvent } from '../events';
import { noEvents } from '../parser';
import type { Dialect } from '../parser';

const marker = '[RecordingMicroAllocator]';
const section = /Arena allocation (total|head|tail) (\d{1,10}) bytes/;
const allocation =
  /'([^']{1,80})' used (\d{1,10}) bytes with alignment overhead \(requested (\d{1,10}) bytes for (\d{1,10}) /;

/**
 * `RecordingMicroAllocator::PrintAllocations` of TFLM (`recording_micro_allocator.cc`): every line carries its mark.
 */
export const recordingAllocator: Dialect = {
  id: 'recording-allocator',
  describes: 'RecordingMicroAllocator::PrintAllocations: what the arena is spent on',
  create: () => ({ id: 'recording-allocator', feed }),
};

function feed(line: string): readonly FirmwareEvent[] {
  if (!line.includes(marker)) return noEvents;
  const ofSection = section.exec(line);
  if (ofSection !== null) {
    return [{ type: 'arena-section', section: ofSection[1] as ArenaSection['section'], bytes: Number(ofSection[2]) }];
  }
  const found = allocation.exec(line);
  if (found === null) return noEvents;
  const [, name, used, requested, count] = found;
  return [
    {
      type: 'arena-allocation',
      name,
      usedBytes: Number(used),
      requestedBytes: Number(requested),
      count: Number(count),
    },
  ];
}
