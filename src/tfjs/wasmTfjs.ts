import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Tf } from '../core/execute/tfjs/call';
import { tfjsEngine } from '../core/execute/tfjs/engine';
import type { FloatEngine } from '../core/execute/floatEngine';
import { HumanError } from '../core/model/problem';

/** TensorFlow.js with its wasm backend ready, and the float engine on it. */
interface LoadedTfjs {
  readonly tf: Tf;
  readonly engine: FloatEngine;
}

/** The build puts these files beside the bundles; run from the sources, the package finds its own. */
const binaries = 'tfjs-backend-wasm-simd.wasm';

let loadedTfjs: Promise<LoadedTfjs> | undefined;

/**
 * Loads TensorFlow.js on first use (some 100 ms) and once for all.
 * @throws HumanError `tfjs-unavailable` where WebAssembly cannot start.
 */
export function loadWasmTfjs(): Promise<LoadedTfjs> {
  loadedTfjs ??= load();
  return loadedTfjs;
}

async function load(): Promise<LoadedTfjs> {
  const tf: Tf = await import('@tensorflow/tfjs-core');
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  if (existsSync(join(__dirname, binaries))) setWasmPaths(`${__dirname}${sep}`);
  if (!(await tf.setBackend('wasm'))) {
    throw new HumanError(
      'tfjs-unavailable',
      'TensorFlow.js cannot start its WebAssembly backend here, so that no float model can be executed. Install Milliwatt again.',
    );
  }
  return { tf, engine: tfjsEngine(tf, 'TensorFlow.js wasm') };
}
