import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { FloatEngine } from '../core/execute/floatEngine';
import { mostBytesOf } from '../files/limits';
import { readFileSync } from '../files/reading';
import { NodeEngine } from './node/nodeEngine';
import { NodeProcess } from './node/nodeProcess';
import { loadWasmTfjs } from './wasmTfjs';

/** A float engine that is to be disposed when the work is done. */
interface LoadedEngine {
  readonly engine: FloatEngine;
  readonly dispose: () => void;
}

const packageName = '@tensorflow/tfjs-node';

/** Where TensorFlow.js for Node is looked for. */
export interface EnginePlaces {
  /**
   * The folder that was named: of the package, or one that has it among its packages. Relative to the working
   * directory.
   */
  readonly place?: string;
  /** Where no folder was named: a folder from which the package may be reached upward, as Node finds it. */
  readonly beside?: string;
}

/**
 * TensorFlow.js for Node in a process of its own where it is found; else TensorFlow.js on WebAssembly. A place that was
 * named and does not serve is said in the engine's remarks.
 * @throws HumanError `tfjs-unavailable` where neither can start.
 */
export async function loadFloatEngine({ place, beside }: EnginePlaces): Promise<LoadedEngine> {
  const { engine } = await loadWasmTfjs();
  const folder = folderOf(place ?? beside);
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
  if (place === undefined) return undefined;
  const folder = resolve(place);
  if (isPackage(folder)) return folder;
  try {
    return dirname(createRequire(join(folder, 'any.js')).resolve(`${packageName}/package.json`));
  } catch {
    return undefined;
  }
}

function isPackage(folder: string): boolean {
  const reading = { mostBytes: mostBytesOf.project };
  try {
    const { name } = JSON.parse(new TextDecoder().decode(readFileSync(join(folder, 'package.json'), reading))) as {
      readonly name?: string;
    };
    return name === packageName;
  } catch {
    // No package, or a damaged one.
    return false;
  }
}
