import { findChannels } from '../../../src/core/compress/channels/findChannels';
import { filterImportance } from '../../../src/core/compress/prune/filterImportance';
import { unheard } from '../../../src/core/compress/prune/heard';
import { passOver } from '../../../src/core/compress/prune/passOver';
import { SelectionTotals } from '../../../src/core/compress/prune/selectionTotals';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import type { Model } from '../../../src/core/model/model';
import { floats, graph, model, operator, options, tensor } from '../../support/build';
import { check } from '../../support/check';

const plain = options('FullyConnectedOptions');
const sizes = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

/** x[1,1] -> `a` of so many channels, each with a larger weight than the one before -> y[1,1]. */
function dense(count: number): Model {
  return model(
    graph(
      [
        tensor('x', 'float32', [1, 1]),
        floats('wa', [count, 1], sizes(count)),
        tensor('a', 'float32', [1, count]),
        floats('wb', [1, count], sizes(count)),
        tensor('y', 'float32', [1, 1]),
      ],
      [
        operator('FULLY_CONNECTED', [0, 1, -1], [2], { options: plain }),
        operator('FULLY_CONNECTED', [2, 3, -1], [4], { options: plain }),
      ],
      { inputs: [0], outputs: [4] },
    ),
  );
}

interface Case {
  /** Channels that are to go, the least important first. */
  readonly asked: number;
  /** Numbers of channels that the kernels of the target handle worse than all eight. */
  readonly worse: readonly number[];
}

/** How many of eight channels go in the end, and whether they are the least important. */
function gone({ asked, worse }: Case): readonly [count: number, areLeast: boolean] {
  const source = dense(8);
  const channels = findChannels(source);
  const asWritten = (pruned: Model): Model =>
    worse.includes(pruned.graphs[0].tensors.find(({ name }) => name === 'a')!.shape[1]) ? dense(800) : pruned;
  const { target } = resolveTarget({ board: 'arduino_nano33ble_sense_rev2' });
  const place = { path: 'a.tflite', target, limits: {}, asWritten };
  const [{ channels: ids }] = channels.groups;
  const removed = new Set(ids.slice(0, asked));
  const totals = new SelectionTotals({ model: source, channels, place });
  const left = unheard(passOver({ channels, totals }, removed, filterImportance(channels, 'l2')));
  return [left.size, ids.slice(0, left.size).every((id) => left.has(id))];
}

check('numbers of channels that kernels handle worse are passed over', gone, [
  { name: 'none is worse', input: { asked: 2, worse: [] }, expected: [2, true] },
  { name: 'another than the one asked for is', input: { asked: 2, worse: [7, 5] }, expected: [2, true] },
  { name: 'of two that are as near the one that removes more', input: { asked: 2, worse: [6] }, expected: [3, true] },
  { name: 'the nearest is taken', input: { asked: 2, worse: [6, 5] }, expected: [1, true] },
  { name: 'also far away', input: { asked: 2, worse: [7, 6, 5, 4, 3, 2] }, expected: [7, true] },
  { name: 'all are worse: nothing goes', input: { asked: 2, worse: [7, 6, 5, 4, 3, 2, 1] }, expected: [0, true] },
  { name: 'nothing is asked for', input: { asked: 0, worse: [8] }, expected: [0, true] },
]);
