import type { Model } from '../../../src/core/model/model';
import { offlinePlanOf, readOfflinePlan, withOffsets } from '../../../src/core/runtimes/tflm/offlinePlan';
import { graph, model } from '../../support/build';
import { check } from '../../support/check';

/** The metadata with these 32-bit words, behind `before` bytes of something else in the same buffer. */
function words(list: readonly number[], before = 0): Uint8Array {
  const bytes = new Uint8Array(before + 4 * list.length).fill(0xee);
  const view = new DataView(bytes.buffer);
  list.forEach((word, index) => view.setInt32(before + 4 * index, word, true));
  return bytes.subarray(before);
}

const wrongCount = (count: number, tensors: number): string =>
  `The offline memory plan of the model is for ${count} tensors but the model has ${tensors}, so AllocateTensors() fails. Make the plan again, or remove the metadata OfflineMemoryAllocation.`;

interface Bytes {
  readonly data: Uint8Array;
  readonly tensors: number;
}

check(
  'offline plan: what the metadata say',
  ({ data, tensors }: Bytes) => {
    const result = readOfflinePlan(data, tensors);
    return result.valid ? [...(result.plan ?? [])] : result.reason;
  },
  [
    { name: 'offsets of two tensors', input: { data: words([1, 0, 2, 0, 4096]), tensors: 2 }, expected: [0, 4096] },
    { name: '-1 is left to the planner', input: { data: words([1, 0, 2, -1, 16]), tensors: 2 }, expected: [-1, 16] },
    { name: 'at an odd place of its buffer', input: { data: words([1, 0, 1, 258], 3), tensors: 1 }, expected: [258] },
    { name: 'no tensor', input: { data: words([1, 0, 0]), tensors: 0 }, expected: [] },
    { name: 'more words than tensors', input: { data: words([1, 0, 1, 32, 48]), tensors: 1 }, expected: [32] },
    { name: 'for fewer tensors', input: { data: words([1, 0, 1, 32]), tensors: 2 }, expected: wrongCount(1, 2) },
    { name: 'for more', input: { data: words([1, 0, 3, 0, 0, 0]), tensors: 2 }, expected: wrongCount(3, 2) },
    { name: 'a word is missing', input: { data: words([1, 0, 2, 32]), tensors: 2 }, expected: wrongCount(2, 2) },
    {
      name: 'a byte is missing',
      input: { data: words([1, 0, 2, 32, 64]).subarray(0, 19), tensors: 2 },
      expected: wrongCount(2, 2),
    },
    { name: 'shorter than its head', input: { data: words([1, 0]), tensors: 2 }, expected: wrongCount(0, 2) },
    { name: 'shorter than its head, for none', input: { data: words([]), tensors: 0 }, expected: wrongCount(0, 0) },
    {
      name: 'below -1',
      input: { data: words([1, 0, 2, 16, -2]), tensors: 2 },
      expected: 'The offline memory plan of the model has a negative offset. Make the plan again.',
    },
  ],
);

function withMetadata(entries: readonly (readonly [string, readonly number[]])[]): Model {
  return model(graph([], []), { metadata: entries.map(([name, list]) => ({ name, data: words(list) })) });
}

check('offline plan: which entry counts', (given: Model) => offlinePlanOf(given, 1), [
  { name: 'none', input: withMetadata([]), expected: { valid: true, plan: undefined } },
  {
    name: 'none of that name',
    input: withMetadata([['other', [1, 0, 1, 16]]]),
    expected: { valid: true, plan: undefined },
  },
  {
    name: 'the last of that name',
    input: withMetadata([
      ['OfflineMemoryAllocation', [1, 0, 1, 16]],
      ['OfflineMemoryAllocation', [1, 0, 1, 32]],
      ['other', [1, 0, 1, 64]],
    ]),
    expected: { valid: true, plan: Int32Array.of(32) },
  },
  {
    name: 'one that is wrong is not passed over',
    input: withMetadata([
      ['OfflineMemoryAllocation', [1, 0, 1, 16]],
      ['OfflineMemoryAllocation', [1, 0, 2, 0, 0]],
    ]),
    expected: { valid: false, reason: wrongCount(2, 1) },
  },
]);

check(
  'offline plan: other offsets under the same head',
  ({ data, offsets }: { readonly data: Uint8Array; readonly offsets: readonly number[] }) => [
    ...withOffsets(data, Int32Array.from(offsets)),
  ],
  [
    {
      // 258 = 0x0102 and -1, little-endian; the head's first two words stay, the count is the new one.
      name: 'more tensors than before',
      input: { data: words([7, 5, 1, 16], 3), offsets: [258, -1] },
      expected: [7, 0, 0, 0, 5, 0, 0, 0, 2, 0, 0, 0, 2, 1, 0, 0, 255, 255, 255, 255],
    },
    {
      name: 'none',
      input: { data: words([0x01020304, 0, 1, 16]), offsets: [] },
      expected: [4, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    },
  ],
);
