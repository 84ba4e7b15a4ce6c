import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTflite } from '../../src/core/formats/tflite/reader';
import type { Graph, Model, Operator } from '../../src/core/model/model';
import { kernelCallOf } from '../../src/core/runtimes/cost/cost';
import type { KernelCall, KernelPath } from '../../src/core/runtimes/cost/kernelCall';

/** One measured execution of one operator. */
export interface Row {
  readonly model: string;
  readonly operator: number;
  /** `reference`, `cmsis_nn`, or `shared` for code that both libraries share. */
  readonly library: string;
  /** The library that was linked: differs from `library` for shared code. */
  readonly source: string;
  /** Core and level, `cortex-m4f O2`. */
  readonly build: string;
  readonly call: KernelCall;
  readonly instructions: number;
  /** Instructions of the whole model of which this operator is a part. */
  readonly total: number;
  /** True for rows that come from swept shapes rather than from a model. */
  readonly swept: boolean;
  /** Weight in the fit; below 1 for rows that are inferred from another core. */
  readonly weight?: number;
}

interface CountedOperator {
  readonly op: string;
  readonly depth: number;
  readonly insn: number;
}

interface CountedRun {
  readonly status: string;
  readonly sum_top_level_ops?: number;
  readonly ops?: readonly CountedOperator[];
}

type Counts = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, CountedRun>>>>>>;

export interface Skipped {
  readonly model: string;
  readonly kind: string;
  readonly library: string;
  readonly build: string;
  readonly instructions: number;
}

const paths: Readonly<Record<string, KernelPath>> = {
  'cortex-m0plus': 'none',
  'cortex-m3': 'none',
  'cortex-m4f': 'dsp',
  'cortex-m7': 'dsp',
  'cortex-m33': 'dsp',
  'cortex-m55': 'mve',
};

/** The kernels that CMSIS-NN has for a core. */
export function pathOfCore(core: string): KernelPath {
  return paths[core] ?? 'none';
}

/** Whether the core of a build computes with floating-point values in software. */
export function isSoftFloat(build: string): boolean {
  return build.startsWith('cortex-m3 ') || build.startsWith('cortex-m0plus ');
}

/** The folder with the measurements, or `undefined` where it is not there. */
export function sharedData(): string | undefined {
  const folder = join(import.meta.dirname, '../../../shared/data');
  return existsSync(join(folder, 'insns.json')) ? folder : undefined;
}

/** All measured operators whose kernel the tables know, and those that they do not. */
export function measuredRows(folder: string): { readonly rows: readonly Row[]; readonly skipped: readonly Skipped[] } {
  const counts = JSON.parse(readFileSync(join(folder, 'insns.json'), 'utf8')) as Counts;
  const rows: Row[] = [];
  const skipped: Skipped[] = [];
  for (const [name, libraries] of Object.entries(counts)) {
    const bytes = new Uint8Array(readFileSync(join(folder, 'models', `${name}.tflite`)));
    const { model } = readTflite(bytes);
    for (const [library, builds] of Object.entries(libraries)) {
      for (const [build, run] of Object.entries(builds)) {
        addRun({ name, model, library, build: buildName(build), run }, rows, skipped);
      }
    }
  }
  return { rows, skipped };
}

function buildName(key: string): string {
  const [core, level] = key.split('@');
  return `${core ?? key} ${level === 'kernels-Os' ? 'Os' : 'O2'}`;
}

interface Run {
  readonly name: string;
  readonly model: Model;
  readonly library: string;
  readonly build: string;
  readonly run: CountedRun;
}

function addRun(run: Run, rows: Row[], skipped: Skipped[]): void {
  const counted = run.run.ops;
  if (run.run.status !== 'ok' || counted === undefined) return;
  const executed = executionOrder(run.model);
  if (executed.length !== counted.length) return;
  const total = run.run.sum_top_level_ops ?? topLevelSum(counted);
  const path = run.library === 'reference' ? 'none' : pathOfCore(run.build.split(' ')[0] ?? '');
  executed.forEach(({ operator, graph }, i) => {
    const instructions = ownInstructions(counted, i);
    const library = run.library === 'cmsis_nn' ? 'cmsis_nn' : 'reference';
    const softFloat = isSoftFloat(run.build);
    const call = kernelCallOf({ operator, graph, model: run.model, library, path, softFloat });
    const place = { model: run.name, library: run.library, build: run.build, instructions };
    if (call === undefined) {
      skipped.push({ ...place, kind: operator.customCode ?? operator.kind });
      return;
    }
    const shared = call.shared === true;
    rows.push({
      ...place,
      source: run.library,
      library: shared ? 'shared' : library,
      operator: i,
      call,
      total,
      swept: false,
    });
  });
}

/** Operators in the order in which they run: a called graph follows its caller. */
export function executionOrder(model: Model): readonly { readonly operator: Operator; readonly graph: Graph }[] {
  const order: { operator: Operator; graph: Graph }[] = [];
  const walk = (graph: Graph | undefined): void => {
    if (graph === undefined) return;
    for (const operator of graph.operators) {
      order.push({ operator, graph });
      const called = operator.options?.values['initSubgraphIndex'];
      if (operator.kind === 'CALL_ONCE' && typeof called === 'number') walk(model.graphs[called]);
    }
  };
  walk(model.graphs[0]);
  return order;
}

/** Instructions of operator `i` without those of the operators that it calls. */
function ownInstructions(counted: readonly CountedOperator[], i: number): number {
  const own = counted[i];
  if (own === undefined) return 0;
  let instructions = own.insn;
  for (let k = i + 1; (counted[k]?.depth ?? 0) > own.depth; k++) {
    if (counted[k]?.depth === own.depth + 1) instructions -= counted[k]?.insn ?? 0;
  }
  return instructions;
}

function topLevelSum(counted: readonly CountedOperator[]): number {
  return counted.reduce((sum, operator) => sum + (operator.depth === 0 ? operator.insn : 0), 0);
}
