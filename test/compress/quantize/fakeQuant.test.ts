import { checkQuantizable } from '../../../src/core/compress/quantize/repair/refuse';
import { quantizeModel } from '../../../src/core/compress/quantize/quantize';
import { defaultQuantizeOptions } from '../../../src/core/compress/quantize/request';
import { sourceModelOf } from '../../../src/core/compress/quantize/sourceModel';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import { readTflite } from '../../../src/core/formats/tflite/reader';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import type { DataType } from '../../../src/core/model/dataType';
import type { Model } from '../../../src/core/model/model';
import { loadWasmTfjs } from '../../../src/tfjs/wasmTfjs';
import { floats, graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';

interface Pairs {
  readonly type: DataType;
  readonly scale: number;
  readonly zeroPoint: number;
  /** Two DEQUANTIZE read one QUANTIZE. */
  readonly isTwice?: boolean;
  /** The weights are quantized by channel and widened again as well. */
  readonly hasWeights?: boolean;
}

/** A dense layer between pairs of QUANTIZE and DEQUANTIZE, and a SOFTMAX. */
function faked({ type, scale, zeroPoint, isTwice = false, hasWeights = false }: Pairs): Model {
  const by = { quantization: quantized(scale, zeroPoint) };
  const tensors = [
    tensor('x', 'float32', [1, 2]),
    tensor('xq', type, [1, 2], by),
    tensor('xd', 'float32', [1, 2]),
    floats('w', [2, 2], [1, 0.5, -1, 0.25]),
    tensor('h', 'float32', [1, 2]),
    tensor('hq', type, [1, 2], by),
    tensor('hd', 'float32', [1, 2]),
    tensor('hd2', 'float32', [1, 2]),
    tensor('y', 'float32', [1, 2]),
    tensor('wq', 'int8', [2, 2], { quantization: quantized([1 / 127, 0.5 / 127], [0, 0]) }),
    tensor('wd', 'float32', [2, 2]),
  ];
  const operators = [
    operator('QUANTIZE', [0], [1]),
    operator('DEQUANTIZE', [1], [2]),
    ...(hasWeights ? [operator('QUANTIZE', [3], [9]), operator('DEQUANTIZE', [9], [10])] : []),
    operator('FULLY_CONNECTED', [2, hasWeights ? 10 : 3, -1], [4], {
      options: options('FullyConnectedOptions', { fusedActivationFunction: 'NONE' }),
    }),
    operator('QUANTIZE', [4], [5]),
    ...(isTwice ? [operator('DEQUANTIZE', [5], [6])] : []),
    operator('DEQUANTIZE', [5], [7]),
    operator('SOFTMAX', [7], [8], { options: options('SoftmaxOptions', { beta: 1 }) }),
  ];
  return model(graph(tensors, operators, { inputs: [0], outputs: [8] }));
}

async function outcomeOf(pairs: Pairs): Promise<object> {
  const source = faked(pairs);
  checkQuantizable(source);
  const { ranges } = sourceModelOf(source);
  const { engine } = await loadWasmTfjs();
  const { bytes, proof } = await quantizeModel(
    {
      ...{ path: 'm.tflite', bytes: writeTflite(source), resultPath: 'o.tflite' },
      ...{ target: resolveTarget({}).target, limits: {}, options: defaultQuantizeOptions },
    },
    { engine },
  );
  const [{ operators }] = readTflite(bytes).model.graphs;
  return {
    kinds: operators.map(({ kind }) => kind),
    ranges: [...ranges.values()].map(({ min, max }) => [Number(min.toFixed(3)), Number(max.toFixed(3))]),
    isNear: proof.fidelity!.beforeSoftmax!.sqnrDb > 25,
  };
}

const taken = {
  kinds: ['FULLY_CONNECTED', 'SOFTMAX'],
  ranges: [
    [-2, 1.984],
    [-2, 1.984],
  ],
  isNear: true,
};

check('pairs of QUANTIZE and DEQUANTIZE are ranges', outcomeOf, [
  { name: 'uint8', input: { type: 'uint8', scale: 1 / 64, zeroPoint: 128 }, expected: taken },
  {
    name: 'uint8, read twice',
    input: { type: 'uint8', scale: 1 / 64, zeroPoint: 128, isTwice: true },
    expected: taken,
  },
  { name: 'int8', input: { type: 'int8', scale: 1 / 64, zeroPoint: 0 }, expected: taken },
  {
    name: 'int16',
    input: { type: 'int16', scale: 2 / 32768, zeroPoint: 0 },
    expected: {
      ...taken,
      ranges: [
        [-2.008, 1.992],
        [-2.008, 1.992],
      ],
    },
  },
  {
    name: 'weights by channel',
    input: { type: 'int8', scale: 1 / 64, zeroPoint: 0, hasWeights: true },
    expected: taken,
  },
]);
