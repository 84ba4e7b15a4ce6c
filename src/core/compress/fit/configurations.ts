import type { Core } from '../../boards/board';
import { cores } from '../../boards/cores';
import type { Runtime } from '../../runtimes/runtime';
import { runtimes } from '../../runtimes/runtimes';
import type { Target } from '../../runtimes/target';
import { tflmVersions, versionOf } from '../../runtimes/tflm/versions';

/** A kernel library in a version of TFLM on a core: it decides which scratch buffers are placed beside the tensors. */
export interface Configuration {
  readonly name: string;
  readonly target: Target;
}

/** Every library, version and kind of core that is described, as `target` is otherwise. */
export function allConfigurations(target: Target): readonly Configuration[] {
  return tflmVersions.flatMap(({ id }) =>
    runtimes
      .filter((runtime) => versionOf(id, runtime).isKnown)
      .flatMap((runtime) =>
        coresOf(runtime).map((core) => ({
          name: `${runtime.name}, ${id}, ${core.name}`,
          target: {
            ...target,
            core,
            runtime: runtime.id,
            tflmVersion: id,
            enumBytes: core.abi === 'arm-eabi' ? 1 : 4,
          } satisfies Target,
        })),
      ),
  );
}

/** One core for each kernel path and binary interface; reference kernels are the same code on all. */
function coresOf(runtime: Runtime): readonly Core[] {
  const known = cores.filter(
    ({ kernelIsa }) => runtime.kernelLibrary === 'reference' || runtime.isas.includes(kernelIsa),
  );
  const kinds = new Map<string, Core>();
  for (const core of known) {
    const kind = runtime.kernelLibrary === 'reference' ? core.abi : `${core.abi} ${core.kernelIsa}`;
    if (!kinds.has(kind)) kinds.set(kind, core);
  }
  return [...kinds.values()];
}
