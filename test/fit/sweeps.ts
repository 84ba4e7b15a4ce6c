import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataType } from '../../src/core/model/dataType';
import type { Graph, Model, OptionValue, Tensor } from '../../src/core/model/model';
import { kernelCallOf } from '../../src/core/runtimes/cost/cost';
import { plainConvolution } from '../../src/core/runtimes/cost/espNnPlain';
import type { Row } from './rows';
import { isSoftFloat, pathOfCore } from './rows';

type SweptTensor = readonly [
  type: DataType,
  shape: readonly number[],
  values: readonly number[] | string | null,
  scale: number,
  zeroPoint?: number,
];

type SweptRow = readonly [
  kind: string,
  options: readonly [] | readonly [table: string, values: Readonly<Record<string, OptionValue>>],
  inputs: readonly (SweptTensor | null)[],
  outputs: readonly SweptTensor[],
  counts: Readonly<Record<string, readonly number[]>>,
];

interface Sweeps {
  readonly builds: readonly string[];
  readonly rows: readonly SweptRow[];
}

/** The build on which every shape was swept. */
export const sweptBuild = 'cortex-m4f O2';

/** Operators of swept shapes, counted one by one (`sweeps.json`): they fix what few models show. */
export function sweptRows(): readonly Row[] {
  return ['sweeps.json', 'espNnSweeps.json'].flatMap((file) => {
    const sweeps = JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as Sweeps;
    return sweeps.rows.flatMap((row, i) => rowsOf(row, i, sweeps.builds));
  });
}

function rowsOf(row: SweptRow, index: number, builds: readonly string[]): readonly Row[] {
  const graph = graphOf(row);
  const operator = graph.operators[0];
  if (operator === undefined) return [];
  const model = { graphs: [graph] } as unknown as Model;
  const result: Row[] = [];
  for (const library of ['reference', 'cmsis_nn', 'esp_nn', 'plain'] as const) {
    const both = library === 'reference' || library === 'cmsis_nn' ? row[4]['both'] : undefined;
    const counts = row[4][library] ?? both ?? [];
    builds.forEach((build, b) => {
      const instructions = counts[b] ?? 0;
      const path = library !== 'cmsis_nn' ? 'none' : pathOfCore(build.split(' ')[0] ?? '');
      if (instructions === 0) return;
      const code = library === 'plain' ? 'esp_nn' : library;
      const context = { operator, graph, model, library: code, path, softFloat: isSoftFloat(build) };
      const call = library === 'plain' ? plainConvolution(context) : kernelCallOf(context);
      if (call === undefined) return;
      const own = call.shared === true ? 'shared' : code;
      const place = { model: 'swept', operator: index, source: code, library: own, build };
      result.push({ ...place, call, instructions, total: instructions, swept: true });
    });
  }
  return result;
}

function graphOf([kind, options, inputs, outputs]: SweptRow): Graph {
  const tensors: Tensor[] = [];
  const add = (swept: SweptTensor | null): number => {
    if (swept === null) return -1;
    tensors.push(tensorOf(swept, tensors.length));
    return tensors.length - 1;
  };
  const [table, values] = options;
  const operator = {
    index: 0,
    kind,
    version: 1,
    inputs: inputs.map(add),
    outputs: outputs.map(add),
    intermediates: [],
    ...(table === undefined || values === undefined ? {} : { options: { table, values } }),
  };
  return { index: 0, name: 'swept', tensors, inputs: [], outputs: [], operators: [operator] };
}

function tensorOf([type, shape, values, scale, zeroPoint = 0]: SweptTensor, index: number): Tensor {
  const scales = scale < 0 ? new Array<number>(-scale).fill(0.01) : scale > 0 ? [scale] : undefined;
  return {
    index,
    name: `t${String(index)}`,
    type,
    shape,
    isVariable: values === 'v',
    ...(typeof values === 'object' && values !== null ? { data: new Uint8Array(Int32Array.from(values).buffer) } : {}),
    ...(scales === undefined ? {} : { quantization: { scales, zeroPoints: scales.map(() => zeroPoint), axis: 0 } }),
  };
}
