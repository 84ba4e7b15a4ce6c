import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FloatEngine } from '../core/execute/floatEngine';
import { NodeEngine } from './node/nodeEngine';
import { NodeProcess } from './node/nodeProcess';
import { loadWasmTfjs } from './wasmTfjs';

/** A float engine that is to be disposed when the work is done. */
export interface LoadedEngine {
  readonly engine: FloatEngine;
  readonly dispose: () => void;
}

const packageName = '@tensorflow/tfjs-node';

/**
 * TensorFlow.js for Node in a process of its own, from the folder `place` (of the package, or one that has it among its packages) or from
 * where this program's packages lie; TensorFlow.js on WebAssembly where there is none. A place that was named and does not serve is said
 * in the engine's remarks.
 * @throws HumanError `tfjs-unavailable` where neither can start.
 */
export async function loadFloatEngine(place: string | undefined): Promise<LoadedEngine> {
  const { engine } = await loadWasmTfjs();
  const folder = folderOf(place);
  if (folder === undefined) {
    return wasmOnly(
      engine,
      place === undefined
        ? []
        : [`${packageName} is not in "${place}", so that float values were computed by ${engine.name}.`],
    );
  }
  try {
    const process = await NodeProcess.start(folder);
    return { engine: new NodeEngine(process, engine), dispose: () => process.dispose() };
  } catch (error) {
    return wasmOnly(engine, [
      `${packageName} cannot be used (${(error as Error).message}), so that float values were computed by ${engine.name}.`,
    ]);
  }
}

function wasmOnly(engine: FloatEngine, remarks: readonly string[]): LoadedEngine {
  return { engine: { ...engine, remarks }, dispose: () => undefined };
}

/** The folder of the package, if it is there; nothing is loaded. */
function folderOf(place: string | undefined): string | undefined {
  if (place !== undefined && existsSync(join(place, 'package.json')) && isPackage(place)) return place;
  try {
    return dirname(createRequire(join(place ?? __dirname, 'any.js')).resolve(`${packageName}/package.json`));
  } catch {
    return undefined;
  }
}

function isPackage(folder: string): boolean {
  const { name } = createRequire(join(folder, 'any.js'))('./package.json') as { readonly name?: string };
  return name === packageName;
}
