import { readConfiguration } from '../../src/core/keras/files/readConfig';
import { parseKerasJson } from '../../src/core/keras/files/jsonValue';
import type { KerasFlavour, KerasModel } from '../../src/core/keras/kerasModel';

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

/** The model that a configuration describes. */
export function configured(description: unknown, flavour: KerasFlavour = 'keras3'): KerasModel {
  return readConfiguration(parseKerasJson(JSON.stringify(description)), flavour);
}
