/** Weights of a layer as uint8: real = scale x (stored - zeroPoint). */
interface UnsignedWeights {
  readonly name: string;
  readonly scale: number;
  readonly stored: Uint8Array;
}

/**
 * Weights that were quantized to uint8, by the data of the float32 constant that stands for them. Constants that were
 * changed since have other data, so that nothing is taken as known of them.
 */
export type KnownWeights = ReadonlyMap<Uint8Array, UnsignedWeights>;
