import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Model } from '../../../src/core/model/model';
import type { ArenaFacts } from '../../../src/core/runtimes/facts';
import type { RuntimeId } from '../../../src/core/runtimes/runtimeId';
import { planArena } from '../../../src/core/runtimes/tflm/arena';
import { readTflite } from '../../../src/core/formats/tflite/reader';
import { readSharedJson, sharedModelBytes, sharedModelsMissing } from '../../support/models';
import { arenaTarget } from './targets';

/** What the interpreter came to for one model, library and core: a row of `../shared/data/arena.json`. */
interface Truth {
  readonly status: string;
  readonly arena_used_bytes: number;
  readonly head_bytes: number;
  readonly tail_bytes: number;
  readonly tail_breakdown: Readonly<Record<string, number>>;
  readonly planned_buffers: number;
  readonly scratch_requests: readonly { readonly op: number; readonly bytes: number }[];
  readonly min_arena_formula: number;
  readonly min_arena_measured_16?: number;
}

/** A row of `../shared/data/arena_detail.json`. */
interface Detail {
  readonly plan: readonly {
    readonly size: number;
    readonly first: number;
    readonly last: number;
    readonly offset: number;
  }[];
}

type Rows<Row> = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Row>>>>>>;

const runtimes: Readonly<Record<string, RuntimeId>> = { reference: 'tflm-reference', cmsis_nn: 'tflm-cmsis-nn' };

/** The measurements' names of our kinds. */
const kinds: Readonly<Record<string, string>> = {
  'allocator objects': 'allocator_objects',
  'resource variable table': 'resource_variable_table',
  'parameter allocator': 'builtin_data_allocator',
  'subgraph table': 'subgraph_allocations',
  'tensor structures': 'eval_tensors',
  'operator structures': 'node_and_registrations',
  'operator parameters': 'op_params',
  'operator state': 'op_init_data',
  'operator buffers': 'op_prepare_data',
  'scratch handles': 'scratch_handles',
  'variable tensors': 'variable_tensors',
  'input and output tensors': 'io_tensors',
};

describe('arena: equals what the interpreter did', { skip: sharedModelsMissing }, () => {
  if (sharedModelsMissing !== false) return;
  const truths = readSharedJson<Rows<Truth>>('arena.json');
  const details = readSharedJson<Rows<Detail>>('arena_detail.json');
  for (const [name, libraries] of Object.entries(truths)) {
    it(name, () => {
      const { model } = readTflite(sharedModelBytes(name));
      for (const [library, cores] of Object.entries(libraries)) {
        for (const [core, truth] of Object.entries(cores)) {
          if (truth.status === 'ok') compare(model, { library, core, truth, detail: details[name]?.[library]?.[core] });
        }
      }
    });
  }
});

interface Case {
  readonly library: string;
  readonly core: string;
  readonly truth: Truth;
  readonly detail: Detail | undefined;
}

function compare(model: Model, { library, core, truth, detail }: Case): void {
  const outcome = planArena(model, arenaTarget(core, { runtime: runtimes[library] }));
  const where = `${library} on ${core}`;
  assert.ok(outcome.known, where);
  assert.equal(outcome.lowerBound, undefined, where);
  assert.deepStrictEqual(figures(model, outcome.arena), expected(truth), where);
  assert.equal(outcome.arena.minimumBytes, truth.min_arena_measured_16 ?? truth.min_arena_formula, where);
  if (detail !== undefined) assert.deepStrictEqual(planOf(outcome.arena), detail.plan, where);
}

function expected(truth: Truth): unknown {
  return {
    used: truth.arena_used_bytes,
    planned: truth.head_bytes,
    persistent: truth.tail_bytes,
    parts: Object.entries(truth.tail_breakdown)
      .filter(([, bytes]) => bytes > 0)
      .sort(),
    buffers: truth.planned_buffers,
    scratch: truth.scratch_requests,
    minimum: truth.min_arena_formula,
    basis: 'exact',
  };
}

function figures(model: Model, arena: ArenaFacts): unknown {
  const firstOperators = model.graphs.map((_, index) =>
    model.graphs.slice(0, index).reduce((sum, graph) => sum + graph.operators.length, 0),
  );
  const { buffers, persistent } = arena.detail!;
  return {
    used: arena.usedBytes,
    planned: arena.plannedBytes,
    persistent: arena.persistentBytes,
    parts: persistent
      .filter(({ bytes }) => bytes > 0)
      .map(({ kind, bytes }) => [kinds[kind] ?? kind, bytes])
      .sort(),
    buffers: buffers.length,
    scratch: buffers
      .filter(({ kind }) => kind === 'scratch')
      .map(({ graph, index, bytes }) => ({ op: firstOperators[graph] + index, bytes })),
    minimum: arena.minimumBytes,
    basis: arena.basis,
  };
}

function planOf(arena: ArenaFacts): Detail['plan'] {
  return arena.detail!.buffers.map(({ bytes, firstStep, lastStep, offset }) => ({
    size: Math.ceil(bytes / 16) * 16,
    first: firstStep,
    last: lastStep,
    offset,
  }));
}
