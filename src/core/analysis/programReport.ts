import type { LayerFacts, Report } from '../estimate/report';
import type { SourcePlace } from '../model/origin';
import type { OpenValue, Program, ProgramFact, ProgramLayer } from '../model/program';

/** Costs of a layer: of its operators together. */
interface LayerCosts {
  /** The most that is alive while one of them runs. */
  readonly ramBytes?: number;
  readonly flashBytes?: number;
  readonly macs?: number;
  readonly cycles?: number;
  readonly ms?: number;
}

/** A layer as `milliwatt analyze --json` has it of a program. Lines count from 1, as in other tools. */
interface ReportedLayer extends LayerCosts {
  readonly name: string;
  /** Behind the names of the models that it is in. */
  readonly path: string;
  readonly depth: number;
  readonly class: string;
  /** Kinds of operators that it becomes, in their order. */
  readonly operators: readonly string[];
  readonly outputShape?: readonly (number | null)[];
  readonly parameters?: number;
  readonly origin?: ReportedPlace;
  /** Where what makes it was called, nearest first. */
  readonly calledFrom?: readonly ReportedPlace[];
  readonly isOpen?: true;
}

interface ReportedPlace {
  readonly file: string;
  readonly line?: number;
  readonly cell?: number;
}

/** The report of a model of a program: its layers as the program has them; `operators` are the layers of the report. */
export interface ProgramReport extends Omit<Report, 'layers'> {
  readonly name?: string;
  readonly modelName?: string;
  readonly layers: readonly ReportedLayer[];
  readonly operators: readonly LayerFacts[];
  readonly openValues?: readonly OpenValue[];
  readonly assumptions?: readonly string[];
  /** How the model is converted, and what was given for open values, each with what says so. */
  readonly conversion?: readonly ReportedFact[];
  readonly givenValues?: readonly ReportedFact[];
}

type ReportedFact = Pick<ProgramFact, 'key' | 'value' | 'origin'>;

export function programReport(
  report: Report,
  { name, modelName, layers, openValues, assumptions, conversion = [], given = [] }: Program,
): ProgramReport {
  const main = report.layers.filter(({ graph }) => graph === 0);
  return {
    ...report,
    ...(name === undefined ? {} : { name }),
    ...(modelName === undefined ? {} : { modelName }),
    layers: layers.map((layer) => reportedLayer(layer, main)),
    operators: report.layers,
    ...(openValues.length === 0 ? {} : { openValues }),
    ...(assumptions.length === 0 ? {} : { assumptions }),
    ...(conversion.length === 0 ? {} : { conversion: conversion.map(reportedFact) }),
    ...(given.length === 0 ? {} : { givenValues: given.map(reportedFact) }),
  };
}

function reportedFact({ key, value, origin }: ProgramFact): ReportedFact {
  return { key, value, origin };
}

function reportedLayer(layer: ProgramLayer, main: readonly LayerFacts[]): ReportedLayer {
  const { name, path, depth, kind, outputShape, parameters, origin, isOpen } = layer;
  const own = layer.operators.flatMap((index) => main.at(index) ?? []);
  const calls = [...(origin?.calls ?? [])].reverse();
  return {
    name,
    path,
    depth,
    class: kind,
    operators: own.map(({ operator }) => operator),
    outputShape,
    parameters,
    ...costsOf(own),
    ...(origin?.place === undefined ? {} : { origin: placeOf(origin.place) }),
    ...(calls.length === 0 ? {} : { calledFrom: calls.map(placeOf) }),
    ...(isOpen ? { isOpen } : {}),
  };
}

function costsOf(own: readonly LayerFacts[]): LayerCosts {
  const rams = own.flatMap(({ ramBytes }) => ramBytes ?? []);
  return {
    ramBytes: rams.length === 0 ? undefined : Math.max(...rams),
    flashBytes: sumOf(own.map(({ flashBytes }) => flashBytes)),
    macs: sumOf(own.map(({ macs }) => macs)),
    cycles: sumOf(own.map(({ cycles }) => cycles)),
    ms: sumOf(own.map(({ ms }) => ms)),
  };
}

/** `undefined` where nothing, or one of them, is not known. */
function sumOf(values: readonly (number | undefined)[]): number | undefined {
  if (values.length === 0) return undefined;
  return values.reduce((sum, value) => (sum === undefined || value === undefined ? undefined : sum + value), 0);
}

function placeOf({ file, span, cell }: SourcePlace): ReportedPlace {
  return { file, line: span && span.line + 1, cell };
}
