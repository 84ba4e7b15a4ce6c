import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { readModel } from '../../src/core/formats/formats';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { constant, node, onnxFile, type Constant, type Node } from '../support/onnxFile';
import { hostileNumbers, type Chance } from './chance';
import { chanceOf, files, type Source } from './sources';

addForeignFormats();

/** ONNX files: chains of nodes that fit more or less, and some of them with changed bytes. */
export const onnxFiles: Source = (seed, kept) =>
  chanceOf(seed, -2).is(0.3) ? changedFiles(seed, kept) : { bytes: begun(chanceOf(seed, -1)), changes: ['begun'] };

const changedFiles = files(begun);

/** Reads a file and writes what it says, as a conversion does. */
export function convertOnnx(bytes: Uint8Array): unknown {
  return writeTflite(readModel({ path: 'fuzz.onnx', bytes }).model);
}

const plain = [
  'Relu',
  'Sigmoid',
  'Softmax',
  'Neg',
  'Elu',
  'Erf',
  'Gelu',
  'HardSigmoid',
  'Identity',
  'Shape',
  'Flatten',
];
const reducing = ['ReduceMean', 'ReduceMax', 'GlobalAveragePool', 'GlobalMaxPool', 'ArgMax', 'Squeeze', 'Unsqueeze'];
const two = ['Add', 'Mul', 'Div', 'MatMul', 'Gemm', 'PRelu', 'Where', 'Equal', 'Pow', 'Concat', 'Expand', 'Gather'];
const windows = ['Conv', 'ConvTranspose', 'MaxPool', 'AveragePool'];
const listed = ['Reshape', 'Slice', 'Split', 'Pad', 'Resize', 'Upsample', 'Transpose', 'ConstantOfShape', 'Range'];
const picking = ['NonZero', 'GatherND', 'GatherElements', 'ScatterND', 'ScatterElements', 'Tile', 'Trilu', 'CumSum'];
const normed = [
  'GroupNormalization',
  'LpNormalization',
  'CastLike',
  'ReduceL2',
  'ReduceProd',
  'ReduceLogSumExp',
  'LpPool',
  'Shrink',
];
/** What scikit-learn exports, of another domain. */
const learned = [
  ...['Scaler', 'Normalizer', 'LinearRegressor', 'LinearClassifier', 'ArrayFeatureExtractor', 'Binarizer'],
  ...['Imputer', 'ZipMap', 'FeatureVectorizer', 'TreeEnsembleClassifier'],
];
const integers = ['QLinearConv', 'QLinearMatMul'];
const other = [
  'LSTM',
  'GRU',
  'RNN',
  'If',
  'Einsum',
  'Loop',
  'BatchNormalization',
  'LayerNormalization',
  'InstanceNormalization',
  'Clip',
  'Cast',
];
const quantizing = ['QuantizeLinear', 'DequantizeLinear', 'DepthToSpace', 'SpaceToDepth', 'Dropout'];
const kinds = [
  ...plain,
  ...reducing,
  ...two,
  ...windows,
  ...listed,
  ...other,
  ...quantizing,
  ...picking,
  ...normed,
  ...integers,
];

function begun(chance: Chance): Uint8Array {
  const constants: Constant[] = [];
  const nodes: Node[] = [];
  const names = ['x'];
  const count = 1 + chance.below(7);
  for (let at = 0; at < count; at++) {
    const inputs = [chance.is(0.8) ? names[names.length - 1] : chance.pick(names)];
    const more = chance.below(4);
    for (let input = 0; input < more; input++) {
      if (chance.is(0.15)) inputs.push(chance.pick([...names, '', 'absent']));
      else {
        constants.push(someConstant(chance, `c${constants.length}`));
        inputs.push(constants[constants.length - 1].name);
      }
    }
    const outputs = chance.is(0.1) ? [`v${at}`, `w${at}`] : [`v${at}`];
    const isLearned = chance.is(0.1);
    const made = node(chance.pick(isLearned ? learned : kinds), inputs, outputs, someAttributes(chance));
    nodes.push(isLearned ? { ...made, domain: 'ai.onnx.ml' } : made);
    names.push(...outputs);
  }
  const sizes = chance.pick([
    [1, 2, 4, 4],
    [1, 3, 8],
    ['n', 6],
    [1, 2, 4, 4],
    [1, 3, 8],
    [1, 12],
    [1, 1, 2, 3, 2],
    [],
    [1, 'open', 2],
    [chance.pick(hostileNumbers), 2],
  ]);
  const outputs = [names[names.length - 1], ...(chance.is(0.2) ? [chance.pick(names)] : [])];
  return onnxFile({
    opset: chance.is(0.05) ? chance.pick(hostileNumbers) : 9 + chance.below(13),
    nodes,
    inputs: [['x', sizes]],
    outputs,
    constants,
  });
}

function someConstant(chance: Chance, name: string): Constant {
  const type = chance.pick(['float', 'float', 'int64', 'int8', 'uint8', 'int32'] as const);
  const shape = Array.from({ length: chance.below(5) }, () => chance.pick([1, 1, 2, 3, 4]));
  const elements = shape.reduce((product, size) => product * size, 1);
  const values = Array.from({ length: elements }, () =>
    chance.is(0.05) ? whole(chance.pick(hostileNumbers)) : chance.below(7) - 2,
  );
  return constant(name, chance.is(0.01) ? [...shape, whole(chance.pick(hostileNumbers))] : shape, values, type);
}

function someAttributes(chance: Chance): NonNullable<Parameters<typeof node>[3]> {
  const list = (): readonly number[] =>
    Array.from({ length: 1 + chance.below(4) }, () =>
      chance.is(0.1) ? whole(chance.pick(hostileNumbers)) : chance.below(4),
    );
  const names = [
    'kernel_shape',
    'strides',
    'pads',
    'dilations',
    'axes',
    'perm',
    'split',
    'starts',
    'ends',
    'scales',
    'output_padding',
    ...['offset', 'scale', 'coefficients', 'intercepts', 'classlabels_ints', 'imputed_value_floats'],
  ];
  const numbers = [
    'axis',
    'group',
    'keepdims',
    'transB',
    'ceil_mode',
    'count_include_pad',
    'blocksize',
    'to',
    'hidden_size',
    'num_groups',
    'p',
    'linear_before_reset',
    'transA',
    'batch_dims',
  ];
  const texts = [
    ...(['MAX', 'L1', 'L2', 'LOGISTIC', 'SOFTMAX'] as const).map(
      (word, at) => [at < 3 ? 'norm' : 'post_transform', word] as const,
    ),
    ['classlabels_strings', { texts: ['a', 'b'] }],
    ['mode', 'linear'],
    ['auto_pad', 'SAME_UPPER'],
    ['mode', 'reflect'],
    ['direction', 'bidirectional'],
    ['direction', 'reverse'],
    ['mode', 'edge'],
    ['mode', 'wrap'],
    ['mode', 'CRD'],
    ['equation', 'bij,jk->bik'],
    ['equation', 'ij,ij->i'],
    ['equation', '...i,ij'],
  ] as const;
  return [
    ...Array.from({ length: chance.below(3) }, () => [chance.pick(names), list()] as const),
    ...Array.from(
      { length: chance.below(3) },
      () => [chance.pick(numbers), chance.is(0.1) ? whole(chance.pick(hostileNumbers)) : chance.below(4) - 1] as const,
    ),
    ...(chance.is(0.2) ? [chance.pick(texts)] : []),
  ];
}

function whole(value: number): number {
  return Number.isFinite(value) ? Math.trunc(value) : 0;
}
