import type { Need } from '../core/compress/kind';
import type { LoadedTools } from '../core/compress/kind';
import { tfjsTrainer } from '../core/execute/tfjs/trainer';
import type { EnginePlaces } from './floatEngine';
import { loadFloatEngine } from './floatEngine';
import { loadWasmTfjs } from './wasmTfjs';

/**
 * Engine and trainer for a compression, those that it needs.
 * @throws HumanError `tfjs-unavailable` where they cannot start.
 */
export async function loadCompressionTools(needs: readonly Need[], places: EnginePlaces): Promise<LoadedTools> {
  if (needs.includes('trainer')) {
    // Training stays with the backend that its gradients were tested on.
    const { tf, engine } = await loadWasmTfjs();
    return { engine, trainer: tfjsTrainer(tf, engine.name), dispose: () => undefined };
  }
  return needs.includes('float engine') ? loadFloatEngine(places) : { dispose: () => undefined };
}
