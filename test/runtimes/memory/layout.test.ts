import type { Target } from '../../../src/core/runtimes/target';
import { abiOf, StructureSizes } from '../../../src/core/runtimes/memory/layout';
import { tflmCmsisNn } from '../../../src/core/runtimes/tflm/tflmCmsisNn';
import { currentVersion } from '../../../src/core/runtimes/tflm/versions/current';
import { check } from '../../support/check';
import { arenaTarget } from '../tflm/targets';

const invented = {
  Pair: { small: 'bool', wide: 'int64' },
  Tail: { wide: 'double', small: 'int8' },
  Nested: { first: 'char', pair: 'Pair', last: 'int16[3]' },
  Packed: { a: 'bool', b: 'enum', c: 'uint8[3]' },
};

check(
  'layout: size and alignment by the rules of the binary interface',
  ([type, enumBytes]: readonly [string, Target['enumBytes']]) =>
    new StructureSizes(invented, abiOf({ ...arenaTarget(), enumBytes })).of(type),
  [
    { name: 'a pointer has 4 bytes', input: ['pointer', 1], expected: { bytes: 4, alignment: 4 } },
    { name: 'a double is aligned to 8', input: ['double', 1], expected: { bytes: 8, alignment: 8 } },
    { name: 'an array has the alignment of its element', input: ['int16[3]', 1], expected: { bytes: 6, alignment: 2 } },
    { name: 'a field starts at its alignment', input: ['Pair', 1], expected: { bytes: 16, alignment: 8 } },
    { name: 'the end is padded', input: ['Tail', 1], expected: { bytes: 16, alignment: 8 } },
    // 1 + 7 of padding + 16 + 6 = 30, padded to 32.
    { name: 'structures nest', input: ['Nested', 1], expected: { bytes: 32, alignment: 8 } },
    { name: 'short enumerations are a byte', input: ['Packed', 1], expected: { bytes: 5, alignment: 1 } },
    // 1 + 3 of padding + 4 + 3 = 11, padded to 12.
    { name: 'other enumerations are 4 bytes', input: ['Packed', 4], expected: { bytes: 12, alignment: 4 } },
    { name: 'a name in no table', input: ['Missing', 1], fails: 'No structure is described by the name Missing.' },
  ],
);

/** Sizes with short enumerations and with 4-byte ones, added up by hand from the fields. */
check(
  'layout: structures of the current version, short enumerations and 4-byte ones',
  (name: string) =>
    ([1, 4] as const).map(
      (enumBytes) =>
        new StructureSizes(
          { ...tflmCmsisNn.structures, ...currentVersion.structures },
          abiOf({ ...arenaTarget(), enumBytes }),
        ).of(name).bytes,
    ),
  [
    { name: 'TfLiteTensor', input: 'TfLiteTensor', expected: [32, 40] },
    { name: 'TfLiteEvalTensor', input: 'TfLiteEvalTensor', expected: [12, 12] },
    { name: 'NodeAndRegistration', input: 'NodeAndRegistration', expected: [32, 32] },
    { name: 'MicroAllocator', input: 'MicroAllocator', expected: [36, 36] },
    { name: 'AllocationInfo', input: 'AllocationInfo', expected: [24, 24] },
    { name: 'LinearMemoryPlanner', input: 'LinearMemoryPlanner', expected: [4108, 4108] },
    { name: 'TfLiteFullyConnectedParams', input: 'TfLiteFullyConnectedParams', expected: [5, 16] },
    { name: 'TfLiteAddParams', input: 'TfLiteAddParams', expected: [2, 8] },
    { name: 'TfLiteConvParams', input: 'TfLiteConvParams', expected: [28, 28] },
    { name: 'SoftmaxParams', input: 'SoftmaxParams', expected: [56, 56] },
    { name: 'OpDataLstm', input: 'OpDataLstm', expected: [688, 688] },
    { name: 'CmsisNnLstm', input: 'CmsisNnLstm', expected: [912, 912] },
    { name: 'OpDataAbsRsqrt', input: 'OpDataAbsRsqrt', expected: [28, 28] },
  ],
);
