/** An independent runtime that executes a `.tflite` file; it is told nothing by our own code but the bytes. */
export interface Oracle {
  /**
   * Loads a model, with its variables in their first state. @throws OracleError when this runtime cannot run the model.
   */
  open(bytes: Uint8Array): Promise<OracleModel>;
}

/** A loaded model. Its memory lies in the runtime's heap: `close` frees it. */
export interface OracleModel {
  /**
   * One inference: little-endian, row-major bytes of every graph input, in the graph's order, to those of every output.
   * @throws OracleError when the runtime fails, or when the number of inputs or their sizes are wrong.
   */
  run(inputs: readonly Uint8Array[]): Promise<Uint8Array[]>;
  /** @throws OracleError when the runtime has harmed its own memory: then its outputs are not to be trusted either. */
  close(): void;
}

/** The runtime cannot run this model, or not with these inputs; the message holds what it said. */
export class OracleError extends Error {
  override readonly name = 'OracleError';
}

/** Loads, runs once and frees: fit for stateful models too, since nothing is kept. */
export async function runOnce(oracle: Oracle, bytes: Uint8Array, inputs: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const model = await oracle.open(bytes);
  try {
    return await model.run(inputs);
  } finally {
    model.close();
  }
}
