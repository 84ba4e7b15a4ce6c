import { zipSync } from 'fflate';

/** A `.keras` file without its weights, or with bytes that stand for them. */
export function kerasArchive(config: unknown, weights?: Uint8Array): Uint8Array {
  const encoded = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  return zipSync({
    'metadata.json': encoded({ keras_version: '3.15.0' }),
    'config.json': encoded(config),
    ...(weights && { 'model.weights.h5': weights }),
  });
}
