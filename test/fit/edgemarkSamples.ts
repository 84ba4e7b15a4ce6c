import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { elementCount } from '../../src/core/model/dataType';
import type { Model } from '../../src/core/model/model';
import { edgemarkModel, type Conversion, type EdgemarkLayer } from './edgemark';
import { featuresOf, harnessFeatures, type Sample } from './timingFormula';

interface EdgemarkRow {
  readonly format: string;
  readonly variant: string;
  readonly optimisation: string;
  readonly fpu: string;
  readonly clock_mhz: number;
  readonly latency_ms: number;
}

export interface EdgemarkTable {
  readonly models: Readonly<
    Record<
      string,
      { readonly layers: readonly EdgemarkLayer[]; readonly measured_nucleo_l4r5zi_cmsis_nn: readonly EdgemarkRow[] }
    >
  >;
}

const conversions: Readonly<Record<string, Conversion>> = {
  float32: { activations: 'float32', floatEdges: false },
  int8: { activations: 'int8', floatEdges: false },
  int16x8: { activations: 'int16', floatEdges: false },
};

/** The measured models of one format and optimization, with what the formula is fitted to. */
export function edgemarkSamples(table: EdgemarkTable, format: string, optimization: 'O3' | 'Os'): readonly Sample[] {
  const { target } = resolveTarget({ board: 'nucleo_l4r5zi', settings: { optimization } });
  return Object.entries(table.models).flatMap(([name, { layers, measured_nucleo_l4r5zi_cmsis_nn: rows }]) => {
    const built = edgemarkModel(layers, conversions[format]);
    const work = built && featuresOf(built, target);
    if (built === undefined || work === undefined) return [];
    const features = [...work, ...harnessFeatures(built)];
    return rows
      .filter((row) => isWanted(row, format, optimization))
      .map((row) => ({
        model: name,
        features,
        isFloat: format === 'float32',
        isOtherKernel: format === 'int16x8' && hasLongPatches(built),
        cycles: row.latency_ms * row.clock_mhz * 1000,
      }));
  });
}

/**
 * Values of a patch from which on CMSIS-NN of the study's time took its slow kernel for int16 convolutions
 * (`arm_convolve_wrapper_s16`).
 */
const longPatch = 512;

function hasLongPatches({ graphs: [{ operators, tensors }] }: Model): boolean {
  const convolutions = operators.filter(({ kind }) => kind === 'CONV_2D');
  return convolutions.some(({ inputs }) => elementCount(tensors[inputs[1]].shape.slice(1)) >= longPatch);
}

/** Pruned and clustered rows run the same code on the same shapes as the float ones: they would count twice. */
function isWanted(row: EdgemarkRow, format: string, optimization: 'O3' | 'Os'): boolean {
  if (row.fpu !== 'on' || row.format !== format || /^[pc]_/.test(row.variant)) return false;
  return row.optimisation.startsWith('-Os') === (optimization === 'Os') && !row.optimisation.startsWith('-Of');
}
