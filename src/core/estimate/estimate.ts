import { constantKey } from '../model/constants';
import { elementCount } from '../model/dataType';
import type { Model } from '../model/model';
import { converterBytes } from '../formats/tflite/converterSize';
import { tfliteBytes } from '../formats/tflite/size';
import { definitionOf } from '../operators/operators';
import { refusedOperators } from '../operators/modelSupport';
import type { InputRole } from '../operators/operator';
import type { ArenaOutcome, CodeSize } from '../runtimes/runtime';
import type { ArenaFacts } from '../runtimes/facts';
import { runtimeById } from '../runtimes/runtimes';
import type { Target } from '../runtimes/target';
import { planArena } from '../runtimes/tflm/arena';
import { codeSize } from '../runtimes/tflm/codeSize';
import { shortNames } from '../model/names';
import { budgetFacts } from './budget';
import type { Limits } from './budget';
import { energyFacts } from './energy';
import { isPartialTime, latencyFacts } from './latency';
import { layerFacts, placedOperators } from './layers';
import type { PlacedOperator } from './layers';
import { operatorCounter } from './operatorFigures';
import type { FlashFacts, LatencyFacts, LayerFacts, ModelFacts, Report, TargetFacts } from './report';

/** A report without findings, and what the rules need beyond it. */
export interface Estimate {
  readonly report: Omit<Report, 'findings'>;
  readonly placed: readonly PlacedOperator[];
  readonly arena: ArenaOutcome;
}

/** Everything Milliwatt can compute about `model` on `target`. What is not known is absent from the report. */
export function estimate(model: Model, path: string, target: Target, limits: Limits): Estimate {
  const placed = placedOperators(model);
  const arena = planArena(model, target);
  const code = codeSize(model, target);
  const counter = operatorCounter(target);
  const figures = placed.map(({ operator, graph }) => counter.of(operator, graph, model));
  const nameTables = model.graphs.map(shortNames);
  const layers = layerFacts(placed, {
    names: (graph, tensor) => nameTables[graph.index][tensor],
    stepBytes: arena.known ? arena.stepBytes : undefined,
    steps: arena.known ? arena.steps : undefined,
    code,
    cost: ({ layer }) => figures[layer].cost,
    cycles: ({ layer }) => figures[layer].cycles,
    clockHz: target.clockHz,
  });
  const cycles = figures.map((each) => each.cycles);
  const latency = latencyFacts(layers, target, { cycles, source: counter.source });
  const modelBytes = flashBytesOf(model);
  const flash = flashFacts(modelBytes, model, code);
  const arenaFacts = arena.known ? arenaOf(arena.arena, model, target) : undefined;
  const report: Omit<Report, 'findings'> = {
    model: modelFacts({ model, path, layers, modelBytes }),
    target: targetFacts(target),
    arena: arenaFacts,
    flash,
    latency,
    energy: energyFacts(latency, target, limits),
    budget: budgetFacts({ target, limits, arena: arenaFacts, flash }),
    layers,
    lowerBound: hasUnknownCosts(placed, { arena, code, latency }) || undefined,
  };
  return { report, placed, arena };
}

/** The arena of a model that the interpreter refuses is what it would take, and never exact. */
function arenaOf(arena: ArenaFacts, model: Model, target: Target): ArenaFacts {
  const library = runtimeById(target.runtime)?.kernelLibrary;
  const refused = library && refusedOperators(model, library)[0];
  if (refused === undefined || arena.basis !== 'exact') return arena;
  const note = `This is what the model would take if its operators were accepted. ${refused.refusal.reason}`;
  return { ...arena, basis: 'modelled', ...(arena.detail && { detail: { ...arena.detail, note } }) };
}

/**
 * True when memory, code or time of an operator is not known, or the tables do not know it at all: totals are then
 * lower bounds.
 */
function hasUnknownCosts(
  placed: readonly PlacedOperator[],
  { arena, code, latency }: { readonly arena: ArenaOutcome; readonly code: CodeSize; readonly latency?: LatencyFacts },
): boolean {
  if ((arena.known && arena.lowerBound !== undefined) || code.unknown !== undefined) return true;
  if (isPartialTime(latency)) return true;
  return placed.some(({ operator }) => definitionOf(operator) === undefined);
}

/** What a model takes of the flash: its own bytes, or those of the file that would be written of it, by whom it is. */
function flashBytesOf(model: Model): number {
  if (model.fileBytes > 0) return model.fileBytes;
  return model.writtenBy === 'converter' ? converterBytes(model) : tfliteBytes(model);
}

interface ModelParts {
  readonly model: Model;
  readonly path: string;
  readonly layers: readonly LayerFacts[];
  readonly modelBytes: number;
}

function modelFacts({ model, path, layers, modelBytes }: ModelParts): ModelFacts {
  return {
    path,
    format: model.format,
    bytes: modelBytes,
    operators: layers.length,
    macs: layers.reduce((sum, layer) => sum + (layer.macs ?? 0), 0),
    parameters: parameterCount(model),
  };
}

const parameterRoles: ReadonlySet<InputRole> = new Set(['weights', 'bias']);

/** Elements of all constants that are weights or biases; a constant used twice counts once. */
function parameterCount(model: Model): number {
  const counted = new Set<unknown>();
  let parameters = 0;
  for (const graph of model.graphs) {
    for (const operator of graph.operators) {
      const definition = definitionOf(operator);
      operator.inputs.forEach((index, position) => {
        const tensor = graph.tensors[index];
        const key = index < 0 ? undefined : constantKey(tensor);
        if (key === undefined || counted.has(key)) return;
        if (definition === undefined || !parameterRoles.has(definition.role(position))) return;
        counted.add(key);
        parameters += elementCount(tensor.shape);
      });
    }
  }
  return parameters;
}

function flashFacts(modelBytes: number, model: Model, code: CodeSize): FlashFacts {
  return {
    modelBytes,
    modelBasis: model.fileBytes > 0 ? 'exact' : 'modelled',
    kernelBytes: code.kernelBytes,
    runtimeBytes: code.runtimeBytes,
    totalBytes: modelBytes + code.kernelBytes + code.runtimeBytes,
    basis: code.basis,
    ...(code.unknown !== undefined && { isLowerBound: true }),
    source: code.source,
  };
}

function targetFacts(target: Target): TargetFacts {
  return {
    board: target.board?.id,
    boardName: target.board?.name,
    core: target.core.id,
    clockHz: target.clockHz,
    runtime: target.runtime,
    tflmVersion: target.tflmVersion,
    optimization: target.optimization,
    rounding: target.rounding,
    arenaRegion: target.arenaRegion,
    weightsRegion: target.weightsRegion,
    flashMode: target.flashMode,
    flashHz: target.flashHz,
    origins: target.origins,
  };
}
