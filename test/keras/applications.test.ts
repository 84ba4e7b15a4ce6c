import { parametersOf } from '../../src/core/keras/parameters';
import { readKerasSource } from '../../src/core/keras/source/readKerasSource';
import type { KerasFlavour } from '../../src/core/keras/kerasModel';
import { check } from '../support/check';

/** Layers, parameters, and what the last layer but one gives. */
function counted({ call, flavour }: { readonly call: string; readonly flavour?: KerasFlavour }): string {
  const text = `from keras import applications as a, Input\nm = a.${call}`;
  const { models } = readKerasSource((path) => (path === 'm.py' ? text : undefined), 'm.py', {
    flavour: flavour ?? 'keras3',
  });
  const [{ model, openValues, assumptions }] = models;
  const total = model.layers.reduce((sum, layer) => sum + (parametersOf(model, layer)?.total ?? NaN), 0);
  const before = model.layers[model.layers.length - 2];
  const marks = openValues.length + assumptions.length;
  return `${model.name}: ${model.layers.length} ${total} ${before.name} ${before.calls[0].outputs[0]?.slice(1).join('x')}${marks === 0 ? '' : ' marked'}`;
}

// Figures of Keras 3.15 and tf_keras 2.21, which made these networks.
check('networks of keras.applications have the layers and parameters that Keras gives them', counted, [
  {
    name: 'EfficientNetB0 with its top',
    input: { call: 'EfficientNetB0(weights=None)' },
    expected: 'efficientnetb0: 240 5330571 top_dropout 1280',
  },
  {
    name: 'EfficientNetB0 without its top, not square',
    input: { call: 'EfficientNetB0(weights=None, include_top=False, pooling="avg", input_shape=(96, 80, 3))' },
    expected: 'efficientnetb0: 238 4049571 top_activation 3x3x1280',
  },
  {
    name: 'EfficientNetB0 with trained weights scales the colours twice',
    input: { call: 'EfficientNetB0(include_top=False, input_shape=(64, 64, 3))' },
    expected: 'efficientnetb0: 238 4049571 top_bn 2x2x1280',
  },
  {
    name: 'ResNet50 with its top',
    input: { call: 'ResNet50(weights=None)' },
    expected: 'resnet50: 177 25636712 avg_pool 2048',
  },
  {
    name: 'ResNet50 on grey pictures',
    input: { call: 'ResNet50(include_top=False, weights=None, input_shape=(75, 64, 1), pooling="max")' },
    expected: 'resnet50: 176 23581440 conv5_block3_out 3x2x2048',
  },
  {
    name: 'MobileNetV3Large, whose input stays open',
    input: { call: 'MobileNetV3Large(weights=None)' },
    expected: 'MobileNetV3Large: 210 5507432 flatten 1000',
  },
  {
    name: 'MobileNetV3Small, whose input stays open',
    input: { call: 'MobileNetV3Small(weights=None)' },
    expected: 'MobileNetV3Small: 182 2554968 flatten 1000',
  },
  {
    name: 'MobileNetV3Small without squeeze and excitation',
    input: { call: 'MobileNetV3Small(weights=None, minimalistic=True)' },
    expected: 'MobileNetV3Small: 110 2056848 flatten 1000',
  },
  {
    name: 'MobileNetV3Small of Keras 2, with the hard swish as operations',
    input: { call: 'MobileNetV3Small(weights=None)', flavour: 'keras2' },
    expected: 'MobilenetV3small: 239 2554968 flatten 1000',
  },
  {
    name: 'MobileNetV3Large, wider, not square',
    input: {
      call: 'MobileNetV3Large(weights=None, include_top=False, input_shape=(65, 96, 3), pooling="avg", alpha=1.25)',
    },
    expected: 'MobileNetV3Large: 203 4764160 activation_19 3x3x1200',
  },
  {
    name: 'MobileNetV2 on pictures with an odd side',
    input: { call: 'MobileNetV2(weights=None, alpha=0.35, input_shape=(97, 64, 3), include_top=False, pooling="avg")' },
    expected: 'mobilenetv2_0.35_97: 155 410208 out_relu 4x2x1280',
  },
  {
    name: 'MobileNet of a quarter of the width',
    input: { call: 'MobileNet(weights=None, alpha=0.25, input_shape=(96, 96, 1), classes=2)' },
    expected: 'mobilenet_0.25_96: 91 218914 reshape_2 2',
  },
]);
