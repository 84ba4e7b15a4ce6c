import type { Core } from '../boards/board';
import type { Runtime } from './runtime';
import type { RuntimeId } from './runtimeId';
import { tflmCmsisNn } from './tflm/tflmCmsisNn';
import { tflmEspNn } from './tflm/tflmEspNn';
import { tflmReference } from './tflm/tflmReference';

/** All runtimes, the fastest kernels last. A new one is a file and a line here. */
export const runtimes: readonly Runtime[] = [tflmReference, tflmCmsisNn, tflmEspNn];

/** The runtime with this id; `undefined` where there is none. */
export function runtimeById(id: string): Runtime | undefined {
  return runtimes.find((runtime) => runtime.id === id);
}

/** The runtime of a target, whose id came from the list. */
export function knownRuntime(id: RuntimeId): Runtime {
  const runtime = runtimeById(id);
  if (runtime === undefined) throw new Error(`No runtime ${id} in the list.`);
  return runtime;
}

/** The runtime with the fastest kernels for `core`: the last in the list that is written for its kernel path. */
export function defaultRuntime(core: Core): RuntimeId {
  return runtimesFor(core).at(-1)?.id ?? tflmReference.id;
}

/** The runtimes that can run on `core`. */
function runtimesFor(core: Core): readonly Runtime[] {
  return runtimes.filter((runtime) => runtime.isas.includes(core.kernelIsa));
}
