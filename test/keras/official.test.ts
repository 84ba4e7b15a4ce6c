import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { estimate } from '../../src/core/estimate/estimate';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { converterBytes } from '../../src/core/formats/tflite/converterSize';
import { readTflite } from '../../src/core/formats/tflite/reader';
import { readKerasFile } from '../../src/core/keras/files/kerasFile';
import type { KerasLayer, KerasModel } from '../../src/core/keras/kerasModel';
import { convertKeras } from '../../src/core/keras/lower/convert';
import { parametersOf } from '../../src/core/keras/parameters';
import type { Model } from '../../src/core/model/model';
import { HumanError } from '../../src/core/model/problem';
import { kerasBytes, kerasTruths, withoutKerasModels, type KerasTruthModel } from '../support/keras';
import { asConverted, conversionKinds, conversionOptions, type ConversionKind } from './conversionKinds';
import { operatorTexts, truthOperatorTexts } from './operatorText';
import { classOf } from './truth';

/** Files of which the conversion itself says that they may differ, and which do. */
const mayDiffer = /^(activations_zoo model int8|merge_zoo|rnn_)/;

interface Converted {
  readonly name: string;
  readonly model: Model;
  readonly unproven: readonly string[];
  readonly truth: KerasTruthModel['conversions'][string];
}

/** All official files whose model's layers are all lowered. */
function* conversions(): Generator<Converted> {
  for (const { id, models } of kerasTruths()) {
    for (const model of models) {
      for (const kind of conversionKinds) {
        const [truth, name] = [model.conversions[kind], `${id} ${model.name} ${kind}`];
        if (truth === undefined || truth.error !== undefined) continue;
        const converted = lowered(model, kind);
        if (converted !== undefined) yield { name, truth, ...converted };
      }
    }
  }
}

function lowered({ files, keras }: KerasTruthModel, kind: ConversionKind): ReturnType<typeof convertKeras> | undefined {
  const isKeras2 = kind.startsWith('keras2');
  const bytes =
    kerasBytes(files?.[isKeras2 ? 'keras2.keras' : 'keras']?.file) ??
    kerasBytes(files?.[isKeras2 ? 'keras2.h5' : 'h5']?.file);
  if (bytes === undefined) return undefined;
  try {
    return convertKeras(asConverted(readKerasFile(bytes), kind), conversionOptions(kind, keras.flavour));
  } catch (error) {
    if (error instanceof HumanError && ['keras-layer', 'keras-subclassed', 'keras-loop'].includes(error.code))
      return undefined;
    throw error;
  }
}

describe('as the official converter does', { skip: withoutKerasModels }, () => {
  it('writes the same operators, shapes, types, options and integers', () => {
    let count = 0;
    const others: string[] = [];
    for (const { name, model, truth, unproven } of conversions()) {
      count += 1;
      const [own, official] = [operatorTexts(model), truthOperatorTexts(truth)];
      if (own.length !== official.length || own.some((text, index) => text !== official[index])) {
        assert.ok(unproven.length > 0, `${name} differs and does not say so`);
        others.push(name);
      }
    }
    assert.deepStrictEqual(
      others.filter((name) => !mayDiffer.test(name)),
      [],
    );
    assert.ok(count >= 300 && others.length <= 11, `${count} files were compared, and ${others.length} differ`);
  });

  it('takes the same arena', () => {
    const { target } = resolveTarget({ runtime: 'tflm-reference' });
    const arenaOf = (model: Model): number | undefined => {
      const { arena } = estimate(model, 'model.tflite', target, {});
      return arena.known ? arena.arena.minimumBytes : undefined;
    };
    const others: string[] = [];
    for (const { name, model, truth } of conversions()) {
      const bytes = kerasBytes(truth.file);
      if (bytes === undefined) continue;
      const official = arenaOf(readTflite(bytes).model);
      if (official !== undefined && arenaOf(model) !== official) others.push(name);
    }
    assert.deepStrictEqual(
      others.filter((name) => !mayDiffer.test(name)),
      [],
    );
  });
});

describe('the size of the official file', { skip: withoutKerasModels }, () => {
  it('is known to 1 % for most files, and to 8 % where nothing is unrolled', () => {
    let count = 0;
    const far: string[] = [];
    const others: string[] = [];
    for (const { name, model, truth } of conversions()) {
      const bytes = converterBytes(model);
      const share = Math.abs(bytes - truth.bytes) / truth.bytes;
      count += 1;
      if (share > 0.01) far.push(name);
      if (share > 0.08) others.push(name);
    }
    assert.deepStrictEqual(
      others.filter((name) => !mayDiffer.test(name)),
      [],
    );
    assert.ok(far.length / count < 0.23, `${far.length} of ${count} sizes are off by more than 1 %`);
  });
});

describe('layers of trained files', { skip: withoutKerasModels }, () => {
  /** What a layer of a class of one's own gives is in no file. */
  const unknown = /^nb_anomaly_vae/;

  it('have the names, shapes and parameters that Keras says', () => {
    let count = 0;
    const others: string[] = [];
    for (const { id, models } of kerasTruths()) {
      for (const truth of models) {
        for (const kind of ['keras', 'h5', 'keras2.keras', 'keras2.h5']) {
          const bytes = kerasBytes(truth.files?.[kind]?.file);
          const layers = kind.startsWith('keras2') ? truth.keras2?.layers : truth.layers;
          if (bytes === undefined || layers === undefined || id === 'subclassed_autoencoder') continue;
          const expected = layers.map((layer) => [
            layer.class,
            layer.name,
            layer.params,
            layer.trainable_params,
            (layer.calls ?? []).map(({ out }) => out),
          ]);
          count += layers.length;
          const own = layersIn(readKerasFile(bytes));
          if (JSON.stringify(own) !== JSON.stringify(expected)) others.push(`${id} ${truth.name} ${kind}`);
        }
      }
    }
    assert.deepStrictEqual(
      others.filter((name) => !unknown.test(name)),
      [],
    );
    assert.ok(count >= 1500, `only ${count} layers were compared`);
  });
});

function layersIn(model: KerasModel): readonly unknown[] {
  return model.layers.flatMap((layer: KerasLayer): readonly unknown[] => {
    const count = parametersOf(model, layer);
    const shapes = layer.calls.map(({ outputs }) => outputs);
    const own = [classOf(layer, model), layer.name, count?.total, count?.trainable, shapes];
    return [own, ...(layer.model === undefined ? [] : layersIn(layer.model))];
  });
}
