import type { KerasLayer, KerasModel, KerasShape } from '../../keras/kerasModel';
import { parametersOf } from '../../keras/parameters';
import type { KerasSourceModel } from '../../keras/source/sourceModel';
import type { Origin, SourcePlace } from '../../model/origin';
import type { Conversion } from './conversion';
import type { KnownTrouble, OpenValue, Program, ProgramFact, ProgramLayer, ProgramWeights } from '../../model/program';
import type { ReadProgram } from './readProgram';

interface ProgramParts {
  readonly id: string;
  readonly read: KerasSourceModel;
  /** Of each operator of the main graph its layer. */
  readonly operatorLayers: readonly (KerasLayer | undefined)[];
  readonly placeOf: (place: SourcePlace) => SourcePlace;
  readonly conversion: Conversion;
  readonly given: ReadProgram['given'];
  readonly isCosted: boolean;
  /** Names of layers of which the official converter may write other operators. */
  readonly unproven: readonly string[];
  readonly known: readonly KnownTrouble[];
  /** What was taken in place of a conversion that fails, as a sentence. */
  readonly instead?: string;
  readonly trained?: ProgramWeights;
}

/** What a source says of its model, layer by layer; layers within others follow their owner. */
export function programOf(parts: ProgramParts): Program {
  const { id, read, operatorLayers, placeOf, conversion, isCosted, unproven, known, instead, trained } = parts;
  const { model, openValues, assumptions } = read;
  const operators = new Map<KerasLayer, number[]>();
  operatorLayers.forEach((layer, index) => {
    if (layer === undefined) return;
    const own = operators.get(layer) ?? [];
    operators.set(layer, own);
    own.push(index);
  });
  const openLayers = new Set(openValues.map(({ layer }) => layer));
  const layers = flattened(model).map(({ owner, layer, path, depth }): ProgramLayer => {
    const shape = layer.calls.at(-1)?.outputs.at(0);
    const parameters = parametersOf(owner, layer)?.total;
    const outputShape = shapeOf(shape);
    return {
      name: layer.name,
      kind: layer.className,
      path,
      depth,
      ...(outputShape === undefined ? {} : { outputShape }),
      ...(parameters === undefined ? {} : { parameters }),
      ...(layer.origin === undefined ? {} : { origin: originOf(layer, layer.origin, placeOf) }),
      operators: ownOperators(layer, operators),
      isOpen:
        parameters === undefined ||
        (layer.calls.length > 0 && (shape?.includes(undefined) ?? true)) ||
        openLayers.has(layer.name),
    };
  });
  return {
    name: id,
    modelName: model.name,
    layers,
    openValues: openValues.map((open) => openValueOf(open, placeOf)),
    conversion: conversion.facts,
    given: [...givenFacts(parts), ...passedFacts(parts)],
    isCosted,
    assumptions: [
      ...assumptions.map(({ text, place }) => `${text} (line ${(place.span?.line ?? 0) + 1})`),
      ...(unproven.length === 0
        ? []
        : [`The official converter may write other operators for ${unproven.join(', ')}: no file of it was equal.`]),
      ...(instead === undefined ? [] : [instead]),
      ...(conversion.assumption === undefined ? [] : [conversion.assumption]),
      ...(trained === undefined || trained.misfit !== undefined ? [] : [`The weights are those of ${trained.file}.`]),
    ],
    ...(trained === undefined ? {} : { trained }),
    known,
  };
}

/** Where a layer was made, with the calls around it, the outermost first. */
export function originOf(layer: KerasLayer, place: SourcePlace, placeOf: (place: SourcePlace) => SourcePlace): Origin {
  const calls = (layer.calledFrom ?? []).map(placeOf).reverse();
  return {
    place: placeOf(place),
    layer: layer.name,
    layerKind: layer.className,
    ...(calls.length === 0 ? {} : { calls }),
  };
}

interface FlatLayer {
  readonly owner: KerasModel;
  readonly layer: KerasLayer;
  readonly path: string;
  readonly depth: number;
}

function flattened(model: KerasModel, parent = '', depth = 0): readonly FlatLayer[] {
  const listed = model.kind === 'subclassed' ? model.layers.filter(({ kind }) => kind === 'layer') : model.layers;
  return listed.flatMap((layer) => {
    const path = `${parent}${layer.name}`;
    const inner = layer.model === undefined ? [] : flattened(layer.model, `${path}/`, depth + 1);
    return [{ owner: model, layer, path, depth }, ...inner];
  });
}

function allWithin(model: KerasModel): readonly KerasLayer[] {
  return model.layers.flatMap((layer) => [layer, ...(layer.model === undefined ? [] : allWithin(layer.model))]);
}

/** A model within a model has the operators of its layers. */
function ownOperators(layer: KerasLayer, operators: ReadonlyMap<KerasLayer, readonly number[]>): readonly number[] {
  const own = operators.get(layer) ?? [];
  if (layer.model === undefined) return own;
  const inner = allWithin(layer.model).flatMap((each) => operators.get(each) ?? []);
  return [...new Set([...own, ...inner])].sort((left, right) => left - right);
}

/** What is not known at all is as open as what the program leaves open. */
function shapeOf(shape: KerasShape): ProgramLayer['outputShape'] {
  return shape?.map((length) => length ?? null);
}

function openValueOf(
  { name, why, place, layer, parameter }: KerasSourceModel['openValues'][number],
  placeOf: (place: SourcePlace) => SourcePlace,
): OpenValue {
  return {
    name: name ?? `${parameter} of ${layer}`,
    canBeGiven: name !== undefined,
    ...(place === undefined ? {} : { place: placeOf(place) }),
    reason: why,
  };
}

/** Values that were given for this model, those of a template at its parameters. */
function givenFacts({ read, given, placeOf }: ProgramParts): readonly ProgramFact[] {
  return read.givenValues.flatMap((name): readonly ProgramFact[] => {
    const one = given.get(name);
    if (one === undefined) return [];
    const parameter = read.template?.parameters.find((each) => each.name === name.split('.').at(-1));
    return [{ key: name, name, ...one, ...(parameter && { parameter: placeOf(parameter.place) }) }];
  });
}

/** Values that another program passes to what makes the model. */
function passedFacts({ read, placeOf }: ProgramParts): readonly ProgramFact[] {
  return (read.template?.parameters ?? []).flatMap(({ name, place, passed }): readonly ProgramFact[] => {
    if (passed === undefined) return [];
    const said = (from: SourcePlace): string => `${placeOf(from).file}:${(from.span?.line ?? 0) + 1}`;
    const others = passed.others.map((other) => `${said(other.place)} passes ${other.value}`);
    const origin = [`from ${said(passed.place)}`, ...others].join('; ');
    const { value } = passed;
    return [{ key: name, name, value, origin, place: placeOf(passed.place), parameter: placeOf(place) }];
  });
}
