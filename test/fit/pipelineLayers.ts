import { placedOperators } from '../../src/core/estimate/layers';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { architectureCycles } from '../../src/core/estimate/timing/architecture';
import { operatorCost } from '../../src/core/runtimes/cost/cost';
import { boardModel } from './boardModels';
import type { KernelRow } from './standInSamples';

const kinds: Readonly<Record<string, string>> = { conv2d: 'CONV_2D', depthwise: 'DEPTHWISE_CONV_2D' };

/**
 * Measured over modelled cycles of the layers of a network that another engine had CMSIS-NN compute on a Cortex-M55,
 * where its kernels are the same ones and the engine does nothing within a layer. No fit sees them.
 */
export function vectorLayerRatios(rows: readonly KernelRow[]): readonly number[] {
  return rows.flatMap(({ core, runtime, model: name, layer_cycles: layers }) => {
    const model = layers === undefined ? undefined : boardModel(name ?? '', null, 'int8');
    if (core !== 'Cortex-M55' || !runtime?.endsWith('CMSIS-NN') || model === undefined) return [];
    const choice = { runtime: 'tflm-cmsis-nn', settings: { core: 'cortex-m55', optimization: 'O2' } };
    const { target } = resolveTarget(choice);
    const measured = layers!.filter(([kind]) => kind in kinds);
    const operators = placedOperators(model).filter(({ operator }) => Object.values(kinds).includes(operator.kind));
    return measured.flatMap(([kind, cycles], at) => {
      const { operator, graph } = operators[at];
      const cost = operator.kind === kinds[kind] ? operatorCost(operator, graph, model, target) : undefined;
      const modelled = cost && architectureCycles(cost, { operator, graph }, target);
      return modelled === undefined ? [] : [cycles / modelled];
    });
  });
}
