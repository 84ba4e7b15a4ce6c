import { readFileSync } from 'node:fs';
import path from 'node:path';
import { indexImages, setBytes, totalBytes } from '../../src/core/runtimes/tflm/codeImages';
import type { CompactLibrary } from './flashCompact';

interface MeasuredRow {
  readonly group?: string;
  readonly model: string;
  readonly format?: string;
  readonly board?: string;
  readonly runtime?: string;
  readonly compiler_opt?: string;
  readonly flash_bytes?: number;
  /** Sheet of the publication; some have the FPU switched off. */
  readonly sheet?: string;
}

/** Layer types of the published models, as TFLM registers them. Layers that vanish when quantizing are left out. */
const operatorOfLayer: Readonly<Record<string, string>> = {
  conv2d: 'Conv2D',
  conv_2d: 'Conv2D',
  depthwise_conv_2d: 'DepthwiseConv2D',
  max_pool2d: 'MaxPool2D',
  average_pool_2d: 'AveragePool2D',
  dense: 'FullyConnected',
  fully_connected: 'FullyConnected',
  flatten: 'Reshape',
  reshape: 'Reshape',
  add: 'Add',
  softmax: 'Softmax',
};

/**
 * How much -O3 adds to an image beyond -O2, in units of what -O2 adds beyond -Os. From whole programs that were
 * published with -O3 and -Os (EdgeMark, NUCLEO-L4R5ZI, int8, CMSIS-NN), against our images of the same operators: the
 * median.
 */
export function o3Growth(
  folder: string,
  table: CompactLibrary,
): { readonly value: number; readonly low: number; readonly high: number; readonly models: number } {
  const library = indexImages(table);
  const read = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
  const rows = (read('boards_measured.json') as { other: readonly MeasuredRow[] }).other;
  const { models } = read('edgemark_models.json') as {
    models: Readonly<
      Record<string, { readonly layers: readonly { readonly type: string; readonly activation?: string }[] }>
    >;
  };
  const ratios = Object.entries(models).flatMap(([name, { layers }]) => {
    const difference = measured(rows, name, '-O3') - measured(rows, name, '-Os');
    const operators = layers.flatMap((layer) => [operatorOfLayer[layer.type], operatorOfLayer[layer.activation ?? '']]);
    const set = new Set(operators.filter((each) => each !== undefined).map((each) => library.operators.indexOf(each)));
    const bytes = (build: string): number =>
      totalBytes(setBytes(library, library.images.get(`cortex-m4f|${build}`)!, set).byOrigin);
    const ratio = difference / (bytes('release') - bytes('release_all_Os')) - 1;
    return Number.isFinite(ratio) ? [ratio] : [];
  });
  const sorted = ratios.sort((left, right) => left - right).map((ratio) => Number(ratio.toFixed(3)));
  return {
    value: sorted[Math.floor(sorted.length / 2)],
    low: sorted[0],
    high: sorted.at(-1)!,
    models: sorted.length,
  };
}

function measured(rows: readonly MeasuredRow[], model: string, optimization: string): number {
  const row = rows.find(
    (each) =>
      each.group === 'edgemark' &&
      each.model === model &&
      each.format === 'int8' &&
      each.board === 'NUCLEO-L4R5ZI' &&
      each.runtime === 'TFLM' &&
      each.sheet?.includes('no FPU') !== true &&
      each.compiler_opt?.startsWith(optimization) === true,
  );
  return row?.flash_bytes ?? NaN;
}
