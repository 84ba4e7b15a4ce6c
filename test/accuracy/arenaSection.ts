import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import type { Model } from '../../src/core/model/model';
import { refusedOperators } from '../../src/core/operators/modelSupport';
import { planArena } from '../../src/core/runtimes/tflm/arena';
import { readTflite } from '../../src/core/formats/tflite/reader';
import { readSharedJson, sharedModelBytes, sharedModels } from '../support/models';
import type { Section } from './section';

interface ArenaRow {
  readonly status: string;
  readonly arena_used_bytes?: number;
  readonly min_arena_formula?: number;
  readonly head_bytes?: number;
  readonly tail_bytes?: number;
  readonly resource_variables_slots?: number;
}

type ArenaTable = Readonly<
  Record<string, Readonly<Record<'reference' | 'cmsis_nn', Readonly<Record<string, ArenaRow>>>>>
>;

/** How many plans of one library on one core equal what real TFLM did. */
interface Tally {
  plans: number;
  exact: number;
  worstUsed: number;
  worstMinimum: number;
  refused: number;
  refusalsFound: number;
  falseAlarms: number;
}

/**
 * Every model, library and core of `arena.json`: bytes used and the smallest arena, and the models that TFLM refuses.
 */
export function arenaSection(): Section {
  const table = readSharedJson<ArenaTable>('arena.json');
  const tallies = new Map<string, Tally>();
  for (const { name } of sharedModels()) {
    const { model } = readTflite(sharedModelBytes(name));
    for (const [library, cores] of Object.entries(table[name] ?? {})) {
      for (const [core, row] of Object.entries(cores)) count(tallies, model, { library, core, row });
    }
  }
  return {
    title: 'Arena',
    about:
      'Bytes used and smallest arena against real TFLM 90b983c2, every shared model on six cores; and whether a refusal of `AllocateTensors()` is foretold. No part of it is fitted.',
    head: [
      'library',
      'core',
      'models',
      'exact',
      'worst error, used',
      'worst error, minimum',
      'refusals foretold',
      'false alarms',
    ],
    rows: [...tallies].sort(byErrors).map(([key, tally]) => [...key.split('|'), ...cells(tally)]),
  };
}

interface Case {
  readonly library: string;
  readonly core: string;
  readonly row: ArenaRow;
}

function count(tallies: Map<string, Tally>, model: Model, { library, core, row }: Case): void {
  const tally = tallies.get(`${library}|${core}`) ?? emptyTally();
  tallies.set(`${library}|${core}`, tally);
  const refused = refusedOperators(model, library as 'reference' | 'cmsis_nn').some(
    ({ refusal }) => refusal.when === 'allocating',
  );
  if (row.status !== 'ok') {
    tally.refused++;
    if (refused) tally.refusalsFound++;
    return;
  }
  if (refused) tally.falseAlarms++;
  const { target } = resolveTarget({
    runtime: library === 'reference' ? 'tflm-reference' : 'tflm-cmsis-nn',
    settings: { core, resourceVariableSlots: row.resource_variables_slots ?? 0 },
  });
  const outcome = planArena(model, target);
  tally.plans++;
  const used = outcome.known ? Math.abs(outcome.arena.usedBytes - (row.arena_used_bytes ?? 0)) : Infinity;
  const minimum = outcome.known ? Math.abs(outcome.arena.minimumBytes - (row.min_arena_formula ?? 0)) : Infinity;
  if (used === 0 && minimum === 0) tally.exact++;
  tally.worstUsed = Math.max(tally.worstUsed, used);
  tally.worstMinimum = Math.max(tally.worstMinimum, minimum);
}

function emptyTally(): Tally {
  return { plans: 0, exact: 0, worstUsed: 0, worstMinimum: 0, refused: 0, refusalsFound: 0, falseAlarms: 0 };
}

function cells(tally: Tally): readonly string[] {
  return [
    `${tally.plans}`,
    `${tally.exact}`,
    `${tally.worstUsed} bytes`,
    `${tally.worstMinimum} bytes`,
    `${tally.refusalsFound} of ${tally.refused}`,
    `${tally.falseAlarms}`,
  ];
}

function byErrors([, a]: readonly [string, Tally], [, b]: readonly [string, Tally]): number {
  return b.plans - b.exact - (a.plans - a.exact);
}
