import { readTflite } from '../../src/core/formats/tflite/reader';
import type { Model } from '../../src/core/model/model';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'node:test';

const dataFolder = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** One row of `../shared/data/models.json`: what is known of a shared model from an independent reader. */
export interface SharedModel {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Operators over all graphs. */
  readonly op_count: number;
  readonly op_types: readonly string[];
  readonly subgraphs: readonly SharedGraph[];
  /** Names of the metadata entries. */
  readonly metadata: readonly string[];
  readonly buffers: number;
  readonly version: number;
  readonly description: string | null;
}

export interface SharedGraph {
  readonly name: string;
  readonly tensors: number;
  /** Kinds in order; the code of a custom operator is given as in the file. */
  readonly operators: readonly string[];
  readonly inputs: readonly SharedTensor[];
  readonly outputs: readonly SharedTensor[];
}

export interface SharedTensor {
  readonly index: number;
  readonly shape: readonly number[];
  readonly type: string;
}

/**
 * The reason to skip a test that needs the shared models, or `false` when they are here: fit for the `skip` option of
 * node:test.
 */
export const sharedModelsMissing: string | false = existsSync(`${dataFolder}models.json`)
  ? false
  : 'The shared models (../shared/data/models) are not on this machine.';

/** Rows of the shared models; empty when they are absent. */
export function sharedModels(): readonly SharedModel[] {
  return sharedModelsMissing === false ? readSharedJson<readonly SharedModel[]>('models.json') : [];
}

/** Path of a shared model, by its name in `models.json`. */
export function sharedModelPath(name: string): string {
  return `${dataFolder}models/${name}.tflite`;
}

/** A shared model, by its name in `models.json`. */
export function sharedModel(name: string): Model {
  return readTflite(sharedModelBytes(name)).model;
}

/** Bytes of a shared model, by its name in `models.json`. */
export function sharedModelBytes(name: string): Uint8Array {
  const file = readFileSync(sharedModelPath(name));
  return new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
}

/**
 * Contents of a JSON file below `../shared/data`, in the shape that the caller knows: `readSharedJson<readonly
 * ArenaRow[]>('arena.json')`.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- The caller vouches for the shape.
export function readSharedJson<Content>(path: string): Content {
  return JSON.parse(readFileSync(`${dataFolder}${path}`, 'utf8')) as Content;
}

/** Skips the running test with a message when the shared models are absent; true when it was skipped. */
export function skipWithoutSharedModels(context: TestContext): boolean {
  if (sharedModelsMissing === false) return false;
  context.skip(sharedModelsMissing);
  return true;
}
