import type { Manners, MannerTrouble } from '../keras/manners';

/** What an inference takes, as far as it is known. */
export interface MannerCosts {
  /** Arena of a model; of a layer the most that is in use while it runs. */
  readonly ramBytes?: number;
  readonly flashBytes?: number;
  readonly cycles?: number;
}

/** A model, or what became of a layer, in one manner. */
export interface MannerSide extends MannerCosts {
  /** Kinds of operators of the main graph, in its order. */
  readonly operators: readonly string[];
}

/** A layer of which ours makes something else that saves something, or of which the official converter does badly. */
export interface LayerManners {
  readonly name: string;
  readonly kind: string;
  /** Positions of its operators in the main graph that is shown. */
  readonly shown: readonly number[];
  readonly sides?: { readonly official: MannerSide; readonly ours: MannerSide };
  readonly troubles: readonly MannerTrouble[];
}

/** What the official converter makes of a Keras model beside ours, on one target. */
export interface MannerComparison {
  readonly shown: Manners['shown'];
  readonly official?: MannerSide;
  readonly ours?: MannerSide;
  /** Why the official converter makes nothing of the model as it is, as a sentence. */
  readonly refused?: string;
  /** For which batch its figures are, as a sentence; absent where it makes nothing, or nothing is open. */
  readonly batch?: string;
  readonly layers: readonly LayerManners[];
}

/** What ours takes less, of what is known of both and differs; negative where it takes more. */
export function savings(
  official: MannerCosts,
  ours: MannerCosts,
): readonly { readonly cost: keyof MannerCosts; readonly saved: number }[] {
  return (['ramBytes', 'flashBytes', 'cycles'] as const).flatMap((cost) => {
    const [before, after] = [official[cost], ours[cost]];
    return before === undefined || after === undefined || before === after ? [] : [{ cost, saved: before - after }];
  });
}
