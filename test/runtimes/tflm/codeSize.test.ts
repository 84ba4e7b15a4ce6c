import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import type { TargetChoice } from '../../../src/core/estimate/choice';
import type { DataType } from '../../../src/core/model/dataType';
import type { Model, Operator } from '../../../src/core/model/model';
import { operatorDefinitions } from '../../../src/core/operators/operators';
import type { RuntimeId } from '../../../src/core/runtimes/runtimeId';
import { codeBuild } from '../../../src/core/runtimes/tflm/codeBuilds';
import { codeSize } from '../../../src/core/runtimes/tflm/codeSize';
import { graph, model, operator, tensor } from '../../support/build';
import { check } from '../../support/check';

/** A chain of operators on one type: only kinds and types matter to code. */
function chain(kinds: readonly string[], type: DataType = 'int8'): Model {
  const tensors = [...kinds, 'out'].map((name, index) => tensor(`${name}${index}`, type, [1, 4]));
  const weights = tensor('weights', type, [4, 4], { data: new Uint8Array(64) });
  const operators = kinds.map((kind, index): Operator => {
    const inputs = kind === 'FULLY_CONNECTED' ? [index, tensors.length] : [index];
    if (kind === kind.toUpperCase()) return operator(kind, inputs, [index + 1]);
    return operator('CUSTOM', inputs, [index + 1], { customCode: kind });
  });
  return model([graph([...tensors, weights], operators, { inputs: [0], outputs: [kinds.length] })]);
}

interface Case {
  readonly kinds: readonly string[];
  readonly choice?: TargetChoice;
  readonly type?: DataType;
}

function sizeOf({ kinds, choice = {}, type }: Case): ReturnType<typeof codeSize> {
  return codeSize(chain(kinds, type), resolveTarget(choice).target);
}

check(
  'code of a model: TFLM without operators, operators, basis',
  (input: Case) => {
    const { runtimeBytes, kernelBytes, basis } = sizeOf(input);
    return [runtimeBytes, kernelBytes, basis];
  },
  [
    { name: 'no operator', input: { kinds: [] }, expected: [11392, 0, 'exact'] },
    {
      name: 'one: 31,425 with the rest (31,440 linked)',
      input: { kinds: ['FULLY_CONNECTED'] },
      expected: [11392, 20033, 'exact'],
    },
    {
      name: 'twice the same costs once',
      input: { kinds: ['FULLY_CONNECTED', 'FULLY_CONNECTED'] },
      expected: [11392, 20033, 'exact'],
    },
    {
      name: 'reference kernels: 19,913 with the rest (19,920 linked)',
      input: { kinds: ['FULLY_CONNECTED'], choice: { runtime: 'tflm-reference' } },
      expected: [11392, 8521, 'exact'],
    },
    {
      name: '-Os: 25,545 with the rest (25,552 linked)',
      input: { kinds: ['FULLY_CONNECTED'], choice: { settings: { optimization: 'Os' } } },
      expected: [11392, 14153, 'exact'],
    },
    {
      name: 'person detection: 70,276 with the rest (70,264 linked)',
      input: { kinds: ['DEPTHWISE_CONV_2D', 'CONV_2D', 'AVERAGE_POOL_2D', 'RESHAPE', 'SOFTMAX'] },
      expected: [11392, 58884, 'exact'],
    },
  ],
);

check(
  'bytes of the first operator of each kind, which sum to all',
  (input: Case) => {
    const { marginal, kernelBytes } = sizeOf(input);
    return [[...marginal].map(([each, bytes]) => [each.index, bytes]), kernelBytes];
  },
  [
    {
      name: 'the second dense layer and what is shared cost nothing more',
      input: { kinds: ['FULLY_CONNECTED', 'FULLY_CONNECTED', 'RELU', 'FULLY_CONNECTED'] },
      expected: [
        [
          [0, 20033],
          [2, 992],
        ],
        21025,
      ],
    },
  ],
);

check(
  'registrations for int8 alone',
  ({ kinds, type }: Case) => sizeOf({ kinds, type, choice: { settings: { int8Registrations: true } } }).kernelBytes,
  [
    { name: 'an int8 model takes them (16,304 linked)', input: { kinds: ['FULLY_CONNECTED'] }, expected: 16281 },
    { name: 'a float model cannot', input: { kinds: ['FULLY_CONNECTED'], type: 'float32' }, expected: 20033 },
  ],
);

check(
  'operators without a row',
  (input: Case) => {
    const { unknown, kernelBytes, source } = sizeOf(input);
    return [unknown, kernelBytes, source.slice(source.indexOf('newlib-nano. ') + 13)];
  },
  [
    {
      name: 'a custom operator of the application, and a builtin one that TFLM has not',
      input: { kinds: ['myKernel', 'FULLY_CONNECTED', 'RANK', 'myKernel'] },
      expected: [
        ['myKernel', 'RANK'],
        20033,
        'The code of myKernel, RANK is not known and not in the sum, which is a lower bound.',
      ],
    },
  ],
);

const linked =
  'Linked images of tensorflow/tflite-micro@90b983c2 with CMSIS-NN@4ab83cc3: arm-none-eabi-gcc 12.2.1, newlib-nano.';

check(
  'what the figures rest on',
  (choice: TargetChoice) => {
    const { basis, source } = sizeOf({ kinds: ['FULLY_CONNECTED'], choice });
    return [basis, source];
  },
  [
    { name: 'a linked image', input: {}, expected: ['exact', linked] },
    {
      name: 'one with log strings on another core',
      input: { settings: { core: 'cortex-m55', logStrings: true } },
      expected: ['exact', linked],
    },
    {
      name: 'a core of which no image was linked',
      input: { settings: { core: 'cortex-m33' } },
      expected: ['modelled', `${linked} No images for Cortex-M33 were linked: those for cortex-m4f stand for them.`],
    },
    {
      name: 'a build that was linked for one core only',
      input: { settings: { core: 'cortex-m7' } },
      expected: [
        'modelled',
        `${linked} Without images of this build for cortex-m7, the change from build to build is that of cortex-m4f.`,
      ],
    },
    {
      name: '-O3',
      input: { settings: { optimization: 'O3' } },
      expected: [
        'modelled',
        `${linked} No images with -O3 were linked: it is taken to add 0.761 (0.554 to 1.033) times what -O2 adds to -Os, as in 18 published programs (EdgeMark).`,
      ],
    },
    {
      name: '-Os with log strings',
      input: { settings: { optimization: 'Os', logStrings: true } },
      expected: [
        'modelled',
        `${linked} No images with -Os and log strings were linked: what the strings add at -O2 is added.`,
      ],
    },
    {
      name: 'another version of TFLM',
      input: { settings: { tflmVersion: 'arduino-2.4.0' } },
      expected: [
        'modelled',
        `${linked} The code of TFLM arduino-2.4.0 was not linked: that of 90b983c2b3f1480642e040bbd2ddb37b998f3424 stands for it.`,
      ],
    },
    {
      name: 'an ESP32-C3',
      input: { board: 'esp32_c3_devkit', settings: { optimization: 'Os' } },
      expected: [
        'modelled',
        `${linked} No images with ESP-NN were linked: those with CMSIS-NN stand for them. No images for RISC-V RV32IMC were linked: those for cortex-m3 stand for them. Without images of this build for cortex-m3, the change from build to build is that of cortex-m4f. The code of TFLM esp-tflite-micro-1.4.0 was not linked: that of 90b983c2b3f1480642e040bbd2ddb37b998f3424 stands for it.`,
      ],
    },
  ],
);

check(
  'builds that were not linked lie where they must',
  (settings: NonNullable<TargetChoice['settings']>) => {
    const { runtimeBytes, kernelBytes } = sizeOf({ kinds: ['FULLY_CONNECTED'], choice: { settings } });
    return [runtimeBytes, kernelBytes];
  },
  [
    {
      name: '-O3: 20033 + 0.761 x (20033 - 14153) = 24507.7',
      input: { optimization: 'O3' },
      expected: [11392, 24508],
    },
  ],
);

check(
  'arithmetic that the FPU lacks is linked in: bytes of libraries against a Cortex-M4F, in a build that was linked for it alone',
  (core: string) => {
    const librariesOf = (id: string): number =>
      sizeOf({ kinds: ['SOFTMAX'], choice: { settings: { core: id } } }).parts.find(
        ({ origin }) => origin === 'libraries',
      )!.bytes;
    return Math.sign(librariesOf(core) - librariesOf('cortex-m4f'));
  },
  [
    { name: 'no FPU: more', input: 'cortex-m0plus', expected: 1 },
    { name: 'double precision: less', input: 'cortex-m7', expected: -1 },
    { name: 'the same core', input: 'cortex-m4f', expected: 0 },
  ],
);

check(
  'every operator that TFLM registers has rows in both kernel libraries',
  (runtime: RuntimeId) => {
    const { operators } = codeBuild(resolveTarget({ runtime }).target);
    return operatorDefinitions
      .filter(({ resolverMethod }) => !operators.includes(resolverMethod.replace(/^Add/, '')))
      .map(({ kind }) => kind);
  },
  [
    { name: 'reference', input: 'tflm-reference', expected: [] },
    { name: 'CMSIS-NN', input: 'tflm-cmsis-nn', expected: [] },
  ],
);
