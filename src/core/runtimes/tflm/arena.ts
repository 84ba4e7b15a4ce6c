import { operatorCount, type Model } from '../../model/model';
import type { ArenaFacts, PlannedBuffer } from '../facts';
import type { ArenaOutcome, ArenaPlanner } from '../runtime';
import type { Target } from '../target';
import { buffersToPlan, persistentVariables, type BufferToPlan } from './buffers';
import { planGreedily } from './greedyPlanner';
import { allocateAfterPlanning, allocateBeforeOperators, allocateBeforePlanning } from './interpreterSetup';
import { abiOf, roundUp, StructureSizes } from '../memory/layout';
import { lifetimesOf, tensorCount, type Lifetimes } from './lifetimes';
import { mostLinearBuffers, planLinearly } from './linearPlanner';
import { offlinePlanOf, type OfflinePlan } from './offlinePlan';
import { OperatorSetup, type PreparedModel } from './prepare';
import { mostPlannedBuffers, refusalOf } from './refusals';
import { bytesByOperator, bytesByStep, firstSteps, peakOf } from './steps';
import { bufferAlignment, Tail } from './tail';
import { knownRuntime } from '../runtimes';
import type { TflmVersion } from './version';
import { versionOf, type RuntimeVersion } from './versions';

/** A set-up under way: what is given, and the end of the arena as it fills. */
interface Setup {
  readonly model: Model;
  readonly target: Target;
  readonly version: TflmVersion;
  readonly kernels: RuntimeVersion;
  readonly isKnownVersion: boolean;
  readonly sizes: StructureSizes;
  readonly tail: Tail;
}

/**
 * How TensorFlow Lite Micro spends the arena of a model on a target: every step of AllocateTensors() done on sizes
 * alone. Exact for a version that is described and operators whose kernels are; with an operator that is not, a lower
 * bound, which the outcome says.
 */
export const planArena: ArenaPlanner = (model, target) => {
  const refusal = refusalOf(model, target);
  if (refusal !== undefined) return { known: false, ...refusal };
  const offline = offlinePlanOf(model, tensorCount(model));
  if (!offline.valid) return { known: false, reason: offline.reason };
  const kernels = versionOf(target.tflmVersion, knownRuntime(target.runtime), target.kernelsVersion);
  const { version, isKnown: isKnownVersion } = kernels;
  const sizes = new StructureSizes(kernels.structures, abiOf(target));
  return layOut({ model, target, version, kernels, isKnownVersion, sizes, tail: new Tail() }, offline.plan);
};

function layOut(setup: Setup, offline: OfflinePlan | undefined): ArenaOutcome {
  const { model, target, kernels, tail } = setup;
  allocateBeforeOperators(model, target, setup);
  const prepared = new OperatorSetup(model, target, kernels, setup).run();
  const lifetimes = lifetimesOf(model, prepared.scratch);
  if ('reason' in lifetimes) {
    return { known: false, reason: lifetimes.reason, operator: { graph: lifetimes.graph, index: lifetimes.operator } };
  }
  const { scratch, resources } = prepared;
  const buffers = buffersToPlan({ model, scratch, lifetimes, resources, offline });
  const reason = plannerRefusal(setup, buffers);
  if (reason !== undefined) return { known: false, reason };
  const offsets = place(buffers, target.preserveAllTensors);
  allocateBeforePlanning(scratch.length, persistentVariables(model, offline), setup);
  const planningBytes = planningNeed(setup, scratch.length, buffers.length);
  allocateAfterPlanning(model, setup);
  const plannedBytes = buffers.reduce((end, { bytes }, index) => Math.max(end, offsets[index] + alignUp(bytes)), 0);
  const needs = {
    run: alignUp(plannedBytes) + tail.usedBytes,
    prepare: prepared.peakBytes,
    planning: planningBytes,
  };
  return outcome(setup, { prepared, lifetimes, buffers, offsets, plannedBytes, needs });
}

function alignUp(bytes: number): number {
  return roundUp(bytes, bufferAlignment);
}

function place(buffers: readonly BufferToPlan[], preserveAllTensors: boolean): readonly number[] {
  const rounded = buffers.map((buffer) => ({ ...buffer, bytes: alignUp(buffer.bytes) }));
  return preserveAllTensors ? planLinearly(rounded) : planGreedily(rounded);
}

function plannerRefusal({ target }: Setup, buffers: readonly BufferToPlan[]): string | undefined {
  if (buffers.length > mostPlannedBuffers) {
    return `The model has ${buffers.length} tensors and scratch buffers to place; an arena is planned for at most ${mostPlannedBuffers}. Choose a smaller model.`;
  }
  if (!target.preserveAllTensors) return undefined;
  if (buffers.length > mostLinearBuffers) {
    return `With all tensors preserved the interpreter places at most ${mostLinearBuffers} buffers, and the model has ${buffers.length}, so AllocateTensors() fails. Do not preserve all tensors.`;
  }
  return buffers.some(({ fixedOffset }) => fixedOffset !== undefined)
    ? 'The model has an offline memory plan, which the interpreter refuses when all tensors are to be preserved. Do not preserve all tensors.'
    : undefined;
}

/**
 * What planning needs for a moment: after the scratch requests the offsets of the graphs, and a record for every tensor
 * and request; then the greedy planner's own list from the next multiple of 16, below the end as filled so far, rounded
 * too. The linear planner keeps no list. Source: tensorflow/tflite-micro 90b983c2,
 * tensorflow/lite/micro/micro_allocator.cc (CommitStaticMemoryPlan).
 */
function planningNeed({ model, target, version, sizes, tail }: Setup, requests: number, buffers: number): number {
  const requestBytes = sizes.of('ScratchBufferRequest').bytes * (requests + version.scratchRequestsPerOperator);
  const offsetBytes = sizes.of('size').bytes * model.graphs.length;
  const records = tensorCount(model) + requests;
  const start = requestBytes + offsetBytes + sizes.of('AllocationInfo').bytes * records;
  if (target.preserveAllTensors || buffers === 0) return start + tail.usedBytes;
  return alignUp(start) + sizes.of('GreedyPlannerBuffer').bytes * buffers + alignUp(tail.usedBytes);
}

interface Layout {
  readonly prepared: PreparedModel;
  readonly lifetimes: Lifetimes;
  readonly buffers: readonly BufferToPlan[];
  readonly offsets: readonly number[];
  readonly plannedBytes: number;
  readonly needs: Readonly<Record<'run' | 'prepare' | 'planning', number>>;
}

function outcome(setup: Setup, layout: Layout): ArenaOutcome {
  const byStep = bytesByStep(layout.buffers, layout.lifetimes.stepCount);
  const stepBytes = bytesByOperator(layout.lifetimes, byStep);
  const { unknown } = layout.prepared;
  return {
    known: true,
    arena: facts(setup, layout, { operator: peakOperator(setup.model, stepBytes), ...peakOf(byStep) }),
    stepBytes,
    steps: firstSteps(layout.lifetimes),
    ...(unknown === undefined
      ? {}
      : { lowerBound: { reason: unknown.reason, operator: { graph: unknown.graph, index: unknown.operator } } }),
  };
}

interface Peak {
  /** Index over all operators. */
  readonly operator: number | undefined;
  readonly step: number;
  readonly bytes: number;
}

function facts(setup: Setup, layout: Layout, peak: Peak): ArenaFacts {
  const { prepared, needs, plannedBytes } = layout;
  const minimumBytes = alignUp(Math.max(needs.run, needs.prepare, needs.planning));
  const note = noteOf(setup, prepared);
  return {
    minimumBytes,
    usedBytes: plannedBytes + setup.tail.usedBytes,
    plannedBytes,
    persistentBytes: setup.tail.usedBytes,
    scratchBytes: prepared.scratch.reduce((sum, { bytes }) => sum + alignUp(bytes), 0),
    ...(peak.operator === undefined ? {} : { peakOperator: peak.operator }),
    basis: isExact(setup, prepared) ? 'exact' : 'modelled',
    ...(prepared.unknown !== undefined && { isLowerBound: true }),
    detail: {
      buffers: layout.buffers.map((buffer, index) => placeBuffer(buffer, layout.offsets[index])),
      persistent: setup.tail.parts(),
      peak: { step: peak.step, bytes: peak.bytes },
      minimumDecidedBy: (['run', 'prepare', 'planning'] as const).find(
        (need) => alignUp(needs[need]) === minimumBytes,
      )!,
      ...(note === undefined ? {} : { note }),
    },
  };
}

function isExact(setup: Setup, { unknown }: PreparedModel): boolean {
  const isSaid = setup.isKnownVersion && setup.target.isVersionAssumed !== true;
  return isSaid && unknown === undefined && undescribedOperator(setup) === undefined;
}

/** An operator whose kernel was another in this version, and is not described. */
function undescribedOperator({ model, version, target }: Setup): string | undefined {
  const kinds = version.undescribed?.get(knownRuntime(target.runtime).kernelLibrary) ?? [];
  return model.graphs.flatMap(({ operators }) => operators).find(({ kind }) => kinds.includes(kind))?.kind;
}

/** Why the figures may differ from the device's. */
function noteOf(setup: Setup, { unknown }: PreparedModel): string | undefined {
  if (unknown !== undefined) return unknown.reason;
  const { isKnownVersion, version, target } = setup;
  const operator = undescribedOperator(setup);
  const notes = [
    ...(target.isVersionAssumed === true
      ? [
          `Nothing says which version of TensorFlow Lite Micro the firmware links: ${target.tflmVersion} is assumed. ` +
            'Set tflmVersion for figures that hold.',
        ]
      : []),
    ...(isKnownVersion
      ? []
      : [
          `Version ${target.tflmVersion} of the runtime is not described with these kernels; ${version.id} stands in for it.`,
        ]),
    ...(operator === undefined
      ? []
      : [`What ${operator} took in this version is not described: a later version stands in for it.`]),
  ];
  return notes.length === 0 ? undefined : notes.join(' ');
}

function placeBuffer(buffer: BufferToPlan, offset: number): PlannedBuffer {
  const { kind, index, name, bytes, first, last, fixedOffset } = buffer;
  const place = { kind, graph: buffer.graph.index, index, name, bytes, offset, firstStep: first, lastStep: last };
  return fixedOffset === undefined ? place : { ...place, isFixed: true };
}

/** Index over all operators of the first at which most bytes are alive. */
function peakOperator(model: Model, stepBytes: ReadonlyMap<unknown, number>): number | undefined {
  if (operatorCount(model) === 0) return undefined;
  const bytes = model.graphs.flatMap((graph) => graph.operators.map((operator) => stepBytes.get(operator) ?? 0));
  return bytes.reduce((best, value, index) => (value > bytes[best] ? index : best), 0);
}
