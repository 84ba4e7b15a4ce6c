import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../shared/keras/', import.meta.url));

/** What Keras and its converter say of a shared model. */
export interface KerasTruth {
  readonly id: string;
  /** The file or the folder of its program, and the file of it that is run. */
  readonly source: string;
  readonly main?: string;
  readonly models: readonly KerasTruthModel[];
}

export interface KerasTruthModel {
  readonly name: string;
  readonly keras: { readonly flavour: 'keras2' | 'keras3' };
  readonly layers: readonly KerasTruthLayer[];
  readonly keras2?: { readonly layers: readonly KerasTruthLayer[] };
  readonly conversions: Readonly<Record<string, KerasConversion>>;
  readonly files?: Readonly<Record<string, { readonly file?: string; readonly json?: string }>>;
}

export interface KerasTruthLayer {
  readonly name: string;
  readonly class: string;
  readonly params: number;
  readonly trainable_params: number;
  readonly calls?: readonly { readonly out: readonly (readonly (number | null)[])[] }[];
}

export interface KerasConversion {
  readonly error?: string;
  /** Size of the file. */
  readonly bytes: number;
  readonly file?: string;
  readonly subgraphs: readonly {
    readonly operators: readonly KerasTruthOperator[];
    readonly tensors: readonly KerasTruthTensor[];
  }[];
}

export interface KerasTruthOperator {
  readonly op: string;
  readonly version: number;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface KerasTruthTensor {
  readonly shape: readonly number[];
  readonly signature?: readonly number[];
  readonly type: string;
  readonly const?: boolean;
  readonly value?: readonly number[];
  readonly quant?: { readonly scale?: number; readonly scales?: number };
}

/** The reason to skip a test that needs the shared Keras models, or `false` when they are here. */
export const withoutKerasModels: string | false = existsSync(`${folder}truth`)
  ? false
  : 'The shared Keras models (../shared/keras) are not on this machine.';

/** All truths, in the order of their names; none where they are not here. */
export function kerasTruths(): readonly KerasTruth[] {
  if (withoutKerasModels !== false) return [];
  const names = readdirSync(`${folder}truth`).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => JSON.parse(readFileSync(`${folder}truth/${name}`, 'utf8')) as KerasTruth);
}

/** Contents of a file that a truth names; `undefined` where it was too large to keep. */
export function kerasBytes(file: string | undefined): Uint8Array | undefined {
  return file !== undefined && existsSync(`${folder}${file}`)
    ? new Uint8Array(readFileSync(`${folder}${file}`))
    : undefined;
}
