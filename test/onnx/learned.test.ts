import { readModel } from '../../src/core/formats/formats';
import { check } from '../support/check';
import { computedOnnx } from '../support/computedOnnx';
import { constant, node, onnxFile, type Node, type OnnxFile } from '../support/onnxFile';

/** A node of what scikit-learn exports. */
function learned(...given: Parameters<typeof node>): Node {
  return { ...node(...given), domain: 'ai.onnx.ml' };
}

/** Of an input of [1, 3] that counts 1, 2, 3. */
function file(nodes: readonly Node[], more: Partial<OnnxFile> = {}): OnnxFile {
  return { nodes, inputs: [['x', [1, 3]]], outputs: ['y'], ...more };
}

// Class 0 scores 1 - 2 + 0, class 1 3 and one more: -1 and 4.
const twoClasses = [
  ['coefficients', [1, -1, 0, 0, 0, 1]],
  ['intercepts', [0, 1]],
] as const;

check('ONNX of scikit-learn: what nodes become, and what that computes', computedOnnx, [
  {
    name: 'a scaler',
    input: file([
      learned(
        'Scaler',
        ['x'],
        ['y'],
        [
          ['offset', [1, 0, -1]],
          ['scale', [2, 2, 5]],
        ],
      ),
    ]),
    expected: { operators: 'SUB MUL', shape: [1, 3], values: [0, 4, 20] },
  },
  {
    name: 'a row by its largest',
    input: file([learned('Normalizer', ['x'], ['y'], [['norm', 'MAX']])]),
    expected: { operators: 'REDUCE_MAX DIV', shape: [1, 3], values: [0.3333, 0.6667, 1] },
  },
  {
    name: 'a row by the sum of its sizes',
    input: file([node('Neg', ['x'], ['a']), learned('Normalizer', ['a'], ['y'], [['norm', 'L1']])]),
    expected: { operators: 'NEG ABS SUM MAXIMUM DIV', shape: [1, 3], values: [-0.1667, -0.3333, -0.5] },
  },
  {
    name: 'two targets',
    input: file([
      learned(
        'LinearRegressor',
        ['x'],
        ['y'],
        [
          ['targets', 2],
          ['coefficients', [1, 10, 100, 0, 0, 1]],
          ['intercepts', [0, 5]],
        ],
      ),
    ]),
    expected: { operators: 'FULLY_CONNECTED', shape: [1, 2], values: [321, 8] },
  },
  {
    name: 'scores of classes, with their names left aside',
    input: file([
      learned('LinearClassifier', ['x'], ['label', 'a'], [...twoClasses, ['classlabels_ints', [0, 1]]]),
      learned('ZipMap', ['a'], ['y'], [['classlabels_int64s', [0, 1]]]),
    ]),
    expected: { operators: 'FULLY_CONNECTED', shape: [1, 2], values: [-1, 4] },
  },
  {
    name: 'the number of a class',
    input: file([
      learned('LinearClassifier', ['x'], ['label', ''], [...twoClasses, ['classlabels_ints', [7, 9]]]),
      node('Cast', ['label'], ['y'], [['to', 1]]),
    ]),
    expected: { operators: 'FULLY_CONNECTED ARG_MAX GATHER CAST CAST', shape: [1], values: [9] },
  },
  {
    // The one score is 1 - 3: its function of -2 and of 2.
    name: 'two classes by one score',
    input: file([
      learned(
        'LinearClassifier',
        ['x'],
        ['label', 'y'],
        [
          ['coefficients', [1, 0, -1]],
          ['intercepts', [0]],
          ['classlabels_ints', [0, 1]],
          ['post_transform', 'LOGISTIC'],
        ],
      ),
    ]),
    expected: { operators: 'FULLY_CONNECTED LOGISTIC', shape: [1, 2], values: [0.8808, 0.1192] },
  },
  {
    name: 'shares that sum to one already',
    input: file([
      learned(
        'LinearClassifier',
        ['x'],
        ['label', 'a'],
        [...twoClasses, ['classlabels_ints', [0, 1]], ['post_transform', 'SOFTMAX']],
      ),
      learned('Normalizer', ['a'], ['y'], [['norm', 'L1']]),
    ]),
    expected: { operators: 'FULLY_CONNECTED SOFTMAX', shape: [1, 2], values: [0.0067, 0.9933] },
  },
  {
    name: 'what is above a number',
    input: file([learned('Binarizer', ['x'], ['y'], [['threshold', { float: 1.5 }]])]),
    expected: { operators: 'GREATER CAST', shape: [1, 3], values: [0, 1, 1] },
  },
  {
    name: 'what stands for a missing number',
    input: file([
      learned(
        'Imputer',
        ['x'],
        ['y'],
        [
          ['imputed_value_floats', [7, 8, 9]],
          ['replaced_value_float', { float: 2 }],
        ],
      ),
    ]),
    expected: { operators: 'EQUAL SELECT_V2', shape: [1, 3], values: [1, 8, 3] },
  },
  {
    name: 'features that are picked',
    input: file([learned('ArrayFeatureExtractor', ['x', 'places'], ['y'])], {
      constants: [constant('places', [2], [2, 0], 'int64')],
    }),
    expected: { operators: 'GATHER', shape: [1, 2], values: [3, 1] },
  },
]);

/** What is said of a file, and its outputs. */
function told(input: OnnxFile): unknown {
  const { model, problems } = readModel({ path: 'm.onnx', bytes: onnxFile(input) });
  return { outputs: model.graphs[0].outputs.length, said: problems.map(({ message }) => message) };
}

const texts = [...twoClasses, ['classlabels_strings', { texts: ['run', 'walk'] }]] as const;

check('ONNX of scikit-learn: labels that are texts', told, [
  {
    name: 'are left out with a word',
    input: file(
      [learned('LinearClassifier', ['x'], ['label', 'y'], texts), node('Identity', ['label'], ['output_label'])],
      { outputs: ['output_label', 'y'] },
    ),
    expected: {
      outputs: 1,
      said: [
        'TensorFlow Lite Micro has no texts: the output "output_label" of the file is left out. Take the place of the largest of the other numbers, and look up its label in the firmware.',
      ],
    },
  },
  {
    name: 'cannot be all that a model gives',
    input: file([learned('LinearClassifier', ['x'], ['y', 'scores'], texts)]),
    fails:
      'TensorFlow Lite Micro has no texts: the output "y" of the file is left out. Take the place of the largest of the other numbers, and look up its label in the firmware.',
  },
  {
    name: 'a node without its inputs is refused',
    input: file([learned('ArrayFeatureExtractor', ['x'], ['y'])]),
    fails:
      'The node "ArrayFeatureExtractor of y" (ai.onnx.ml.ArrayFeatureExtractor) is not converted: inputs or outputs of it are missing. Export the model again.',
  },
  {
    name: 'all nodes are named that nothing stands for',
    input: file([
      learned('TreeEnsembleClassifier', ['x'], ['label', 'a']),
      learned('SVMRegressor', ['x'], ['b']),
      node('Add', ['a', 'b'], ['y']),
    ]),
    fails:
      '2 nodes are not converted. 1 of ai.onnx.ml.TreeEnsembleClassifier ("TreeEnsembleClassifier of label"): TensorFlow Lite Micro has no decision trees. Write them as C code (m2cgen, emlearn), or train a small dense network in their place. 1 of ai.onnx.ml.SVMRegressor ("SVMRegressor of b"): TensorFlow Lite Micro has no support vector machines. Write it as C code (m2cgen, emlearn), or train a linear model or a small dense network in its place.',
  },
]);
