import { readKerasFile } from '../../src/core/keras/files/kerasFile';
import { convertKeras } from '../../src/core/keras/lower/convert';
import { floatOutputs } from '../support/floatOutputs';
import { check } from '../support/check';
import { kerasArchive } from '../support/kerasArchive';

interface Given {
  readonly className: string;
  readonly options: object;
  readonly shape?: readonly number[];
}

/** What a layer alone makes of -1, 0.25, 0.5 and 2, or the code of the refusal. */
function answer({ className, options, shape = [4] }: Given): readonly number[] | string {
  const layers = [
    { class_name: 'InputLayer', config: { name: 'input', batch_shape: [null, ...shape], dtype: 'float32' } },
    { class_name: className, config: { name: 'layer', ...options } },
  ];
  const file = kerasArchive({ class_name: 'Sequential', config: { name: 'net', layers } });
  try {
    const { model } = convertKeras(readKerasFile(file), { manner: 'ours', batch: 1 });
    return [...floatOutputs(model, [[-1, 0.25, 0.5, 2]])[0]];
  } catch (error) {
    return (error as { readonly code?: string }).code ?? String(error);
  }
}

const image = [2, 2, 1];

check('options of layers are followed or refused', answer, [
  {
    name: 'a threshold: what is not above it is 0',
    input: { className: 'ReLU', options: { threshold: 0.25 } },
    expected: [-0, 0, 0.5, 2],
  },
  {
    name: 'a slope and a largest value',
    input: { className: 'ReLU', options: { negative_slope: 0.5, max_value: 1 } },
    expected: [-0.5, 0.25, 0.5, 1],
  },
  {
    name: 'a slope below a threshold: 0.5 times the distance from it',
    input: { className: 'ReLU', options: { negative_slope: 0.5, threshold: 0.5 } },
    expected: [-0.75, -0.125, 0, 2],
  },
  {
    name: 'a softmax along an inner axis',
    input: { className: 'Softmax', options: { axis: 1 }, shape: [2, 2] },
    expected: 'keras-layer',
  },
  {
    name: 'bicubic upsampling',
    input: { className: 'UpSampling2D', options: { size: [2, 2], interpolation: 'bicubic' }, shape: image },
    expected: 'keras-layer',
  },
  {
    name: 'resizing of a part',
    input: { className: 'Resizing', options: { height: 1, width: 2, crop_to_aspect_ratio: true }, shape: image },
    expected: 'keras-layer',
  },
  {
    name: 'channels in front',
    input: { className: 'GlobalAveragePooling2D', options: { data_format: 'channels_first' }, shape: image },
    expected: 'keras-layer',
  },
]);
