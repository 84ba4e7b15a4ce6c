import { readConfiguration } from '../../src/core/keras/files/readConfig';
import { parseKerasJson } from '../../src/core/keras/files/jsonValue';
import type { KerasFlavour, KerasModel } from '../../src/core/keras/kerasModel';
import type { Model } from '../../src/core/model/model';

export type LayerRow = readonly [className: string, config?: Readonly<Record<string, unknown>>];

/** A sequential model as its file describes it, with the batch open where no number is given. */
export function sequential(
  input: readonly number[],
  layers: readonly LayerRow[],
  flavour: KerasFlavour = 'keras3',
  batch: number | null = null,
): KerasModel {
  const described = layers.map(([class_name, config], index) => ({
    class_name,
    config: { name: `${class_name.toLowerCase()}_${index + 2}`, trainable: true, ...config },
  }));
  const first = {
    class_name: 'InputLayer',
    config: { name: 'input', batch_shape: [batch, ...input], dtype: 'float32' },
  };
  return configured(
    { class_name: 'Sequential', config: { name: 'sequential', layers: [first, ...described] } },
    flavour,
  );
}

/** A layer of a model with branches, and the names of the layers that it reads; the model's input is `x`. */
export type BranchRow = readonly [
  className: string,
  name: string,
  from: readonly string[],
  config?: Readonly<Record<string, unknown>>,
];

/** A model with branches as its file describes it, with the batch open; the last layer gives the output. */
export function functional(
  input: readonly number[],
  rows: readonly BranchRow[],
  flavour: KerasFlavour = 'keras3',
): KerasModel {
  const tensor = (layer: string): unknown => ({
    class_name: '__keras_tensor__',
    config: { shape: [null, ...input], dtype: 'float32', keras_history: [layer, 0, 0] },
  });
  const layer = ([class_name, name, from, config]: BranchRow): unknown => ({
    class_name,
    name,
    module: 'keras.layers',
    config: { name, trainable: true, ...config },
    inbound_nodes: from.length === 0 ? [] : [{ args: argumentsOf(class_name, from.map(tensor)), kwargs: {} }],
  });
  const first: BranchRow = ['InputLayer', 'x', [], { batch_shape: [null, ...input], dtype: 'float32' }];
  const output = rows.at(-1)?.[1];
  return configured(
    {
      class_name: 'Functional',
      config: {
        name: 'functional',
        layers: [first, ...rows].map(layer),
        input_layers: [['x', 0, 0]],
        output_layers: [[output, 0, 0]],
      },
    },
    flavour,
  );
}

/** Several tensors are one list, but attention takes each by itself. */
function argumentsOf(className: string, tensors: readonly unknown[]): readonly unknown[] {
  return tensors.length === 1 || className === 'MultiHeadAttention' ? tensors : [tensors];
}

/** The operators of a model's first graph, each with its activation and the shape of its output. */
export function operatorShapes({ graphs: [{ operators, tensors }] }: Model): string {
  return operators
    .map(({ kind, outputs, options }) => {
      const fused = options?.values.fusedActivationFunction;
      const activation = typeof fused === 'string' ? fused : 'NONE';
      const { shape, shapeSignature = shape } = tensors[outputs[0]];
      return `${kind}${activation === 'NONE' ? '' : `+${activation}`} ${shapeSignature.join('x')}`;
    })
    .join(', ');
}

/** The model that a configuration describes. */
export function configured(description: unknown, flavour: KerasFlavour = 'keras3'): KerasModel {
  return readConfiguration(parseKerasJson(JSON.stringify(description)), flavour);
}
