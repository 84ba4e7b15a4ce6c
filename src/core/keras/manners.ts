import type { Model } from '../model/model';
import { HumanError } from '../model/problem';
import { converterTroubles } from './converterTrouble';
import type { KerasLayer, KerasModel } from './kerasModel';
import { convertKeras } from './lower/convert';
import type { LoweringOptions } from './lower/context';

type Options = Omit<Parameters<typeof convertKeras>[1], 'manner'>;

/** Numbers of a quantized conversion. */
export type MannerNumbers = NonNullable<Options['numbers']>;

/** A model in one of the two manners. */
export interface MannerConversion {
  readonly model: Model;
  /** Of each operator of the main graph its layer, the same object in both manners. */
  readonly layers: readonly KerasLayer[];
}

/** What the official converter makes of a model beside what ours makes of it; absent where it cannot be said. */
export interface Manners {
  /** The one whose operators are shown of the model. */
  readonly shown: LoweringOptions['manner'];
  readonly official?: MannerConversion;
  /** Why the official converter makes nothing of the model as it is, as a sentence. */
  readonly refused?: string;
  readonly ours?: MannerConversion;
  /** What was asked for has the batch open, as Keras builds models. */
  readonly isBatchOpen: boolean;
  /** What the official converter refuses or writes badly, layer by layer. */
  readonly troubles: readonly (MannerTrouble & { readonly layer: KerasLayer })[];
}

/** What goes badly with a layer in the official converter. */
export interface MannerTrouble {
  /** A whole sentence. */
  readonly message: string;
  /** The converter makes nothing of the model as it is. */
  readonly isRefusal: boolean;
}

/**
 * A model in both manners, converted alike in all else. Where the official converter makes nothing of a loop with the
 * batch open, its conversion with the batch fixed stands in, as it does for a program.
 */
export function mannersOf(model: KerasModel, shown: Manners['shown'], options: Options): Manners {
  const asked = attempt(model, 'official', options);
  const isLoop = asked.refused?.code === 'keras-loop';
  const official = asked.made ?? (isLoop ? attempt(model, 'official', { ...options, batch: 1 }).made : undefined);
  const { made: ours } = attempt(model, 'ours', { ...options, batch: 1 });
  const isBatchOpen = options.batch === 'open' && model.inputs.some(({ shape }) => (shape?.at(0) ?? null) === null);
  const { flavour = model.flavour, numbers = 'float32' } = options;
  return {
    shown: shown === 'official' && official === undefined ? 'ours' : shown,
    ...(official && { official }),
    ...(asked.refused && { refused: asked.refused.message }),
    ...(ours && { ours }),
    isBatchOpen,
    troubles: converterTroubles(model, { flavour, numbers, isBatchOpen }).map(({ layer, code, effect }) => ({
      layer,
      isRefusal: code === 'keras-recurrent-open-batch',
      message: `The layer "${layer.name}" (${layer.className}) ${effect}.`,
    })),
  };
}

interface Attempt {
  readonly made?: MannerConversion;
  readonly refused?: HumanError;
}

function attempt(model: KerasModel, manner: LoweringOptions['manner'], options: Options): Attempt {
  try {
    const { model: made, layers } = convertKeras(model, { ...options, manner });
    return { made: { model: made, layers } };
  } catch (error) {
    if (error instanceof HumanError) return { refused: error };
    throw error;
  }
}
