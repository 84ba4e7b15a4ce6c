import type * as vscode from 'vscode';
import type { PruneOptions } from '../../core/compress/prune/request';
import type { QuantizeOptions } from '../../core/compress/quantize/request';
import type { DataChoice } from '../../protocol/jobs';
import type { CompressionTask } from './compression';
import { goalText } from './goals';

/** Quantizing a model with these data and options. */
export function quantizeTask(source: vscode.Uri, data: DataChoice, options: QuantizeOptions): CompressionTask {
  const isWide = options.activations === 'int16';
  return {
    title: isWide ? 'Quantize to int8 with int16 activations' : 'Quantize to int8',
    source,
    suffix: isWide ? 'int16' : 'int8',
    how: { kind: 'quantize', data, options },
  };
}

/** Pruning a model with these data and options. */
export function pruneTask(source: vscode.Uri, data: DataChoice | undefined, options: PruneOptions): CompressionTask {
  const suffix = options.deadOnly ? 'clean' : options.quantize ? 'pruned.int8' : 'pruned';
  return { title: pruneTitle(options), source, suffix, how: { kind: 'prune', data, options } };
}

function pruneTitle({ deadOnly, goal, layers, ratio }: PruneOptions): string {
  if (deadOnly) return 'Remove what makes no difference';
  if (layers.length > 0) return `Prune ${layers.map(({ name }) => name).join(', ')}`;
  if (ratio !== undefined) return `Prune ${Number((ratio * 100).toFixed(1))} % of the channels`;
  return goal === undefined ? 'Prune' : `Prune to ${goalText(goal)}`;
}
