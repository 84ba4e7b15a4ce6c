import { mulberry32 } from './random';

/** A small Keras model as TensorFlow.js saves it, with the batch open: a convolution, a dense layer on it, a mean. */
export function webModel(): { readonly json: string; readonly weights: Uint8Array } {
  const layer = (class_name: string, name: string, config: object): object => ({
    class_name,
    config: { name, trainable: true, dtype: 'float32', ...config },
  });
  const layers = [
    layer('Conv2D', 'conv2d', {
      ...{ batch_input_shape: [null, 8, 8, 1], filters: 4, kernel_size: [3, 3], strides: [1, 1], padding: 'valid' },
      ...{ data_format: 'channels_last', dilation_rate: [1, 1], activation: 'relu', use_bias: true },
    }),
    layer('Dense', 'dense', { units: 3, activation: 'relu', use_bias: true }),
    layer('GlobalAveragePooling2D', 'pooled', { data_format: 'channels_last' }),
  ];
  const specs = [
    { name: 'conv2d/kernel', shape: [3, 3, 1, 4], dtype: 'float32' },
    { name: 'conv2d/bias', shape: [4], dtype: 'float32' },
    { name: 'dense/kernel', shape: [4, 3], dtype: 'float32' },
    { name: 'dense/bias', shape: [3], dtype: 'float32' },
  ];
  const json = {
    format: 'layers-model',
    generatedBy: 'keras v2.15.0',
    convertedBy: null,
    modelTopology: {
      keras_version: '2.15.0',
      backend: 'tensorflow',
      model_config: { class_name: 'Sequential', config: { name: 'digits', layers } },
    },
    weightsManifest: [{ paths: ['weights.bin'], weights: specs }],
  };
  const next = mulberry32(5);
  const values = Float32Array.from({ length: 36 + 4 + 12 + 3 }, () => next() - 0.5);
  return { json: JSON.stringify(json), weights: new Uint8Array(values.buffer) };
}
