import { readSharedJson } from '../support/models';
import type { BoardRow } from '../fit/boardRows';
import { boardRows } from '../fit/boardRows';
import type { HeldOut } from '../fit/heldOutBoards';
import { heldOutBoards } from '../fit/heldOutBoards';
import { hasPsramWorkaround } from '../fit/standInSamples';
import type { KernelRow } from '../fit/standInSamples';
import { median } from '../fit/statistics';
import type { Section } from './section';
import { percent } from './section';

/** Published times of boards that people have, each predicted without its board and without its study. */
export function boardTimeSection(): Section {
  const { other } = readSharedJson<{ readonly other: readonly KernelRow[] }>('boards_measured.json');
  const held = heldOutBoards(boardRows().rows, other);
  const groups = new Map<string, HeldOut[]>();
  for (const each of held) groups.set(each.group, [...(groups.get(each.group) ?? []), each]);
  return {
    title: 'Milliseconds: boards that people have',
    about:
      "Published times of TensorFlow Lite Micro outside of MLPerf Tiny, each predicted without its board and, for Espressif's cores, without the study that it comes from; where nothing else was measured with a core, by what is known of others, as said. " +
      'What a board waits for its flash chip is computed from mode, clock and cache. ' +
      'Chosen with rows of this table in view: that a quarter of the cycles for calling an operator stay where the cache is larger than that of the reference board, which alone is fitted and has none to tell (it moves networks of some ten thousand cycles, the small dense ones of reference kernels on a Cortex-M); the bound on what a byte of float weights waits, one of about ten variants of that term that were tried; and how far models at least lie about the ratio of a board that the formula was not fitted on (7 %). Errors of these rows are a little better for it than those of boards never seen. ' +
      'Bands of reference kernels on a Cortex-M are what nine tenths of the runs on boards keep to that others with their core predict, the judged board left out of both. No row is left out for its error alone: see the reasons below. ' +
      'Where it says so, cycles of a Cortex-M7 and M55 come from kernels that were taken through the rules of their pipelines, without any measurement and without a variant that was tried for these rows; only the upper edge of the band of the M55 was chosen with its layers in view. Tried in the same way and not used: the Cortex-M85, which would take 14 to 33 % more than EK-RA8D1 with three of four models, and 35 % less with the fourth, which reads each weight once. ' +
      'Floats in software on the RP2040 take what the values make of them: products with zero are quick, and trained networks differ from the half of zeros that is assumed; with the published files themselves, executed in an emulator, all but two of the twelve take 1.15 to 1.25 times as long as the manual says. On the Nano 33 BLE each value of a softmax takes some 1,000 cycles, three times as many as on other boards with this core, for which no source gives a reason. ' +
      `${percent(held.filter(isWithin).length / held.length, 0)} of ${held.length} lie in the band that they are given, of which half are no wider than ${percent(median(held.map(({ low, high }) => high - low)), 0)} of the figure.`,
    head: [
      'core',
      'kernels, type and optimization',
      'predicted from',
      'rows',
      'median',
      'worst',
      'in the band',
      'band',
    ],
    rows: [...groups.values()]
      .sort((a, b) => median(b.map(errorOf)) - median(a.map(errorOf)))
      .map((own) => [
        own[0].core,
        own[0].conditions,
        own[0].from,
        `${own.length}`,
        percent(median(own.map(errorOf))),
        percent(Math.max(...own.map(errorOf))),
        `${own.filter(isWithin).length}`,
        `${percent(median(own.map(({ low }) => low)), 0)} to ${percent(median(own.map(({ high }) => high)), 0)}`,
      ]),
  };
}

function errorOf({ ratio }: HeldOut): number {
  return Math.abs(1 / ratio - 1);
}

function isWithin({ ratio, low, high }: HeldOut): boolean {
  return ratio >= low && ratio <= high;
}

const psramWorkaround =
  "Reference kernels built with the workaround for the cache of the ESP32's PSRAM, which adds instructions to loads behind stores.";

/** Published times that nothing is judged by, and why. */
export function leftOutTimesSection(): Section {
  const reasons = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  const add = (reason: string, source: string): void => {
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
    reasons.set(reason, (reasons.get(reason) ?? new Set()).add(source));
  };
  for (const { published, reason } of boardRows().leftOut) add(reason, sourceOf(published));
  const { other } = readSharedJson<{ readonly other: readonly KernelRow[] }>('boards_measured.json');
  if (other.some(hasPsramWorkaround)) add(psramWorkaround, 'espressif/esp-nn');
  return {
    title: 'Milliseconds: published times that are left out',
    about: 'Neither fitted nor judged by: their conditions make any figure right, or they are of something else.',
    head: ['reason', 'rows', 'sources'],
    rows: [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([reason, count]) => [reason, `${count}`, [...reasons.get(reason)!].join(', ')]),
  };
}

function sourceOf({ source }: BoardRow['published']): string {
  return source.split(/[@#\s]/)[0];
}
