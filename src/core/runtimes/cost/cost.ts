import { knownCore } from '../../boards/cores';
import type { Graph, Model, Operator } from '../../model/model';
import type { CostModel, OperatorCost } from '../runtime';
import { runtimeById } from '../runtimes';
import type { Target } from '../target';
import type { VariantFit } from './coefficients';
import { countedCore, evaluate, fitOf } from './coefficients';
import { espNnKernel } from './espNn';
import { vectorCall } from './espNnVector';
import { macsOf } from '../../operators/operators';
import { elementsOf, outputOf } from '../operands';
import type { KernelCall, KernelCode, KernelContext, KernelPath, LoopCounts } from './kernelCall';
import { selectors } from './selectors';

/** Instructions beyond which a figure is a broken shape rather than a model: a day at 1 GHz. */
const mostInstructions = 1e14;

/**
 * Spread added where -Os on a core is inferred from the Cortex-M4's ratio of -Os to -O2, and where -O3 is taken as -O2.
 */
const inferredSpread = { Os: 0.1, O3: 0.2 };

/**
 * Instructions of one operator: the kernel variant that runs, its loop counts, and the instructions of each loop as
 * fitted on counts of real TFLM (`coefficients.json`). `undefined` where the operator, its types, its core or its
 * library were never counted.
 */
export const operatorCost: CostModel = (operator, graph, model, target) => {
  const core = countedCore(target.core.id);
  const library = runtimeById(target.runtime)?.countedAs;
  const selector = selectors.get(operator.kind);
  if (core === undefined || library === undefined || selector === undefined) return undefined;
  const path = library === 'reference' ? 'none' : pathOf(target);
  const softFloat = target.core.floatingPoint === 'none';
  const call = selector({ operator, graph, model, library, path, softFloat });
  if (call === undefined || !isSane(call)) return undefined;
  return costOf(call, library, core, target);
};

/** The kernel that runs, without its cost: for the fitting program. */
export function kernelCallOf(context: KernelContext): KernelCall | undefined {
  const isEspNn = context.library === 'esp_nn';
  const call = isEspNn ? espNnKernel(context) : selectors.get(context.operator.kind)?.(context);
  return call !== undefined && isSane(call) ? call : undefined;
}

function pathOf(target: Target): KernelPath {
  const { kernelIsa } = target.core;
  return kernelIsa === 'dsp' || kernelIsa === 'mve' ? kernelIsa : 'none';
}

function isSane(call: KernelCall): boolean {
  return Object.values(call.counts).every((count) => Number.isFinite(count) && count >= 0);
}

/** A fit with the factor that its figures are scaled by, and what is to be said of it. */
interface Applied {
  readonly fit: VariantFit;
  readonly factor: number;
  readonly spread: number;
  readonly note: string;
}

function costOf(call: KernelCall, library: KernelCode, core: string, target: Target): OperatorCost | undefined {
  const applied = applicable(call, call.shared === true ? 'shared' : library, core, target);
  if (applied === undefined) return undefined;
  const { fit, factor, spread, note } = applied;
  const instructions = evaluate(fit, call.counts) * factor;
  const low = evaluate(fit, call.fewest ?? call.counts) * factor * fit.low * (1 - spread);
  const high = evaluate(fit, call.most ?? call.counts) * factor * fit.high * (1 + spread);
  if (!(instructions > 0) || high > mostInstructions) return undefined;
  return {
    variant: call.variant,
    variantReason: note === '' ? call.reason : `${call.reason} ${note}`,
    instructions: Math.round(instructions),
    instructionsLow: Math.floor(low),
    instructionsHigh: Math.ceil(high),
  };
}

function applicable(
  call: KernelCall,
  library: KernelCode | 'shared',
  core: string,
  target: Target,
): Applied | undefined {
  const sameAs = target.core.id === core ? '' : 'Counted on the Cortex-M55, which runs the same code.';
  const level = target.optimization === 'Os' ? 'Os' : 'O2';
  const fit = fitOf(library, call.variant, core, level);
  if (fit !== undefined) {
    const guessed = target.optimization === 'O3';
    return {
      fit,
      factor: 1,
      spread: guessed ? inferredSpread.O3 : 0,
      note: guessed ? `${sameAs} -O3 was not counted: taken as -O2 with a wider band.`.trim() : sameAs,
    };
  }
  if (level === 'O2') return undefined;
  const fast = fitOf(library, call.variant, core, 'O2');
  const small = fitOf(library, call.variant, 'cortex-m4f', 'Os');
  const base = fitOf(library, call.variant, 'cortex-m4f', 'O2');
  if (fast === undefined || small === undefined || base === undefined) return undefined;
  const ratio = evaluate(small, call.counts) / evaluate(base, call.counts);
  if (!Number.isFinite(ratio) || ratio <= 0) return undefined;
  const note = `${sameAs} -Os was counted on the Cortex-M4 only: its ratio to -O2 is applied.`.trim();
  return { fit: fast, factor: ratio, spread: inferredSpread.Os, note };
}

/** Work of an operator on a core whose instructions nobody counted, and which counts stand for it. */
export interface StandIn {
  readonly cost: OperatorCost;
  /** ESP-NN's kernels in plain C on RISC-V, or TFLM's reference kernels on a Cortex-M. */
  readonly counted: 'esp_nn' | 'reference';
  /** Of `cost`, what innermost loops over products take; the rest is addresses, bounds, scaling of sums. */
  readonly loopShare: number;
  /** Results and products, for kernels of vector instructions, whose instructions nobody counted. */
  readonly outputs: number;
  readonly products: number;
  /** Instructions of vector kernels where those were counted; 0 for an operator that runs none. */
  readonly vectorInstructions?: number;
}

/** Parts of ESP-NN's loop nests that run for every product. */
const innermost: ReadonlySet<string> = new Set(['depthBlock4', 'product', 'tapBlock4']);

/**
 * Instructions that stand for those of Espressif's cores: ESP-NN's plain C was counted on a RISC-V core; all else runs
 * TFLM's reference kernels, for which a Cortex-M with or without a floating-point unit stands.
 */
export function standInCost(operator: Operator, graph: Graph, model: Model, target: Target): StandIn | undefined {
  const softFloat = target.core.floatingPoint === 'none';
  const context = { operator, graph, model, path: 'none', softFloat } as const;
  const call = target.runtime === 'tflm-esp-nn' ? kernelCallOf({ ...context, library: 'esp_nn' }) : undefined;
  const own = call && costOf(call, 'esp_nn', 'riscv-rv32imc', { ...target, optimization: 'O2' });
  const outputs = elementsOf(outputOf({ operator, graph }));
  const products = macsOf(operator, graph) ?? 0;
  if (own !== undefined) {
    const loops = evaluate(fitOf('esp_nn', call!.variant, 'riscv-rv32imc', 'O2')!, innermostOf(call!.counts));
    const isCounted = target.core.id === 'xtensa-lx7';
    const vector = isCounted ? (vectorCall({ ...context, library: 'esp_nn' })?.instructions ?? 0) : undefined;
    return {
      cost: own,
      counted: 'esp_nn',
      loopShare: loops / own.instructions,
      outputs,
      products,
      ...(vector === undefined ? {} : { vectorInstructions: vector }),
    };
  }
  const core = knownCore(softFloat ? 'cortex-m3' : 'cortex-m4f');
  const cost = operatorCost(operator, graph, model, { ...target, core, runtime: 'tflm-reference' });
  return cost && { cost, counted: 'reference', loopShare: 0, outputs, products };
}

function innermostOf(counts: LoopCounts): LoopCounts {
  return Object.fromEntries(Object.entries(counts).filter(([name]) => innermost.has(name)));
}
