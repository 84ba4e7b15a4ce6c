import { joinWeights } from '../../keras/files/joinWeights';
import { convertKeras } from '../../keras/lower/convert';
import type { KerasLayer, KerasModel } from '../../keras/kerasModel';
import { kindOf } from '../../keras/layers/layers';
import { mannersOf } from '../../keras/manners';
import type { Model } from '../../model/model';
import type { Origin, SourcePlace } from '../../model/origin';
import { HumanError, ModelError, type Problem } from '../../model/problem';
import type { FoundModel, SourceText } from '../foundModel';
import type { ReadResult } from '../readResult';
import { modelPlaceOf } from '../kinds';
import type { ModelSource, TrainedFile } from '../source';
import { misfitCode } from '../trained';
import { withTrainedFile } from './trainedProgram';
import type { Conversion } from './conversion';
import { originOf, programOf } from './programOf';
import { troublesOf } from './troubles';
import { readProgram, type ProgramModel, type ReadProgram } from './readProgram';

/** The models that a program builds, in its order; those that are parts of others say so. */
export function modelsInProgram(source: SourceText): readonly FoundModel[] {
  const program = readProgram(source);
  const entry = modelPlaceOf(source.path).file.split(/[\\/]/).at(-1);
  return program.models.map((model) => {
    const place = headOf(model, program, entry);
    const within = ownerOf(model, program);
    return {
      id: model.id,
      ...(place === undefined ? {} : { place }),
      ...(within === undefined ? {} : { within }),
    };
  });
}

/**
 * The model of a program that its path names, else the only one: untrained, as the official converter would make it.
 * @throws ModelError where there is none, or several and none is named.
 */
export function readProgramModel(source: ModelSource): ReadResult {
  const program = readProgram({ ...source, content: source.bytes });
  const chosen = chosenModel(source.path, program);
  const { conversion, placeOf, given } = program;
  if (source.trained !== undefined) return trainedResult(chosen, program, source.trained);
  const { joined, trained } = withTrainedFile(source, chosen, program);
  const { id } = chosen;
  const read = { ...chosen.read, ...(joined && { model: joined }) };
  const { model, layers, problems, unproven, instead } = converted({ id, read }, program);
  const layerOrigin = (layer: KerasLayer | undefined): Origin | undefined =>
    layer?.origin === undefined ? undefined : originOf(layer, layer.origin, placeOf);
  const origins = layers.map(layerOrigin);
  const troubles = troublesOf(read.model, { conversion, layers, originOf: layerOrigin });
  const place = headOf(chosen, program, undefined);
  return {
    model,
    problems: [
      ...problems,
      ...troubles.problems,
      ...(trained?.misfit === undefined ? [] : [misfitProblem(trained.misfit, place)]),
      ...sourceProblems(program),
    ],
    origins: { ...(place === undefined ? {} : { model: place }), operators: [origins] },
    ...(model !== openModel && { manners: () => mannersOf(read.model, 'official', optionsOf(conversion)) }),
    program: programOf({
      id,
      read,
      operatorLayers: layers,
      placeOf,
      conversion,
      given,
      unproven,
      known: troubles.known,
      ...(instead === undefined ? {} : { instead }),
      ...(trained && { trained }),
      isCosted: model !== openModel,
    }),
  };
}

function misfitProblem(message: string, place: SourcePlace | undefined): Problem {
  return { code: misfitCode, severity: 'information', message, ...(place && { origin: { place } }) };
}

/** The trained model as our own conversion makes it, with what the program says of its layers' places. */
function trainedResult(
  { read }: ProgramModel,
  { placeOf, conversion: { flavour, batch } }: ReadProgram,
  { bytes }: TrainedFile,
): ReadResult {
  const joined = joinWeights(read.model, bytes);
  const { model, layers } = convertKeras(joined, { manner: 'ours', batch: 1 });
  const origins = layers.map((layer) => layer.origin && originOf(layer, layer.origin, placeOf));
  const manners: ReadResult['manners'] = (numbers) => mannersOf(joined, 'ours', { flavour, batch, numbers });
  return { model, problems: [], origins: { operators: [origins] }, manners };
}

function chosenModel(path: string, { models, problems }: ReadProgram): ProgramModel {
  const { file, name } = modelPlaceOf(path);
  const fileName = file.split(/[\\/]/).at(-1) ?? file;
  if (name !== undefined) {
    const named = models.find(({ id }) => id === name);
    if (named !== undefined) return named;
  } else if (models.length === 1) return models[0];
  if (models.length === 0) {
    const why = problems.at(0)?.message;
    throw new ModelError(
      'no-keras-model',
      `${fileName} builds no Keras model that can be read.${why === undefined ? '' : ` ${why}`} Name the file that builds it.`,
    );
  }
  const choices = models.map(({ id }) => `${fileName}#${id}`).join(', ');
  throw new ModelError(
    'keras-choice',
    name === undefined
      ? `${fileName} builds ${models.length} models. Choose one: ${choices}.`
      : `${fileName} builds no model "${name}". Choose one: ${choices}.`,
  );
}

interface Converted {
  readonly model: Model;
  readonly layers: readonly (KerasLayer | undefined)[];
  readonly problems: readonly Problem[];
  /** Names of layers of which the official converter may write other operators. */
  readonly unproven: readonly string[];
  /** What was taken in place of the official conversion, as a sentence. */
  readonly instead?: string;
}

/** What is open makes the totals lower bounds, and is said at its place. */
function converted({ read }: ProgramModel, { conversion, placeOf }: ReadProgram): Converted {
  try {
    return convertedAsFarAsPossible(read.model, conversion);
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    const open = read.openValues.find(({ place }) => place !== undefined);
    const origin = open?.place === undefined ? undefined : { place: placeOf(open.place) };
    const message = open === undefined ? error.message : `${open.why} Costs are known once it is given.`;
    const problem: Problem = { code: 'keras-open', severity: 'information', message, ...(origin && { origin }) };
    return { model: openModel, layers: [], unproven: [], problems: [problem] };
  }
}

type Conversions = Parameters<typeof convertKeras>[1];

function optionsOf({ numbers, batch, inputType, outputType }: Conversion): Omit<Conversions, 'manner'> {
  return { unknown: 'stand in', batch, ...(numbers !== 'float32' && { numbers }), inputType, outputType };
}

/**
 * As the official converter does; where it refuses a recurrent layer or makes a loop of it, what such a layer costs
 * once that is mended: with the batch fixed, or converted here.
 */
function convertedAsFarAsPossible(model: KerasModel, conversion: Conversion): Converted {
  const { batch, ...how } = optionsOf(conversion);
  const ways: readonly (Conversions & { readonly instead?: string })[] = [
    { ...how, manner: 'official', batch },
    { ...how, manner: 'official', batch: 1, instead: `${refused} with the batch fixed to 1.` },
    { ...how, manner: 'ours', batch: 1, instead: `${refused} by "milliwatt convert".` },
  ];
  let first: HumanError | undefined;
  for (const { instead, ...options } of ways) {
    try {
      const { model: lowered, layers, unproven } = convertKeras(model, options);
      const problems = unknownLayers(layers, lowered);
      return { model: { ...lowered, format: 'kerasSource' }, layers, unproven, problems, ...(instead && { instead }) };
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      first ??= error;
      if (first.code !== 'keras-loop') break;
    }
  }
  throw first ?? new HumanError('keras-loop', 'The model cannot be converted. Build it of layers that Keras has.');
}

const refused = 'The official converter does not convert the recurrent layers as they are: figures are of a conversion';

/** Layers that an operator stands in for. */
function unknownLayers(layers: readonly KerasLayer[], { graphs }: Model): readonly Problem[] {
  return graphs[0].operators.flatMap(({ customCode, index }) =>
    customCode === undefined
      ? []
      : {
          code: 'keras-layer-unknown',
          severity: 'information',
          message: unknownSentence(layers[index]),
          graph: 0,
          operator: index,
        },
  );
}

function unknownSentence(layer: KerasLayer): string {
  const { name, className } = layer;
  return kindOf(layer) === undefined
    ? `What the layer "${name}" (${className}) computes is not known, so the totals are lower bounds. Build it of layers that Keras has.`
    : `What the official converter makes of the layer "${name}" (${className}) is not known here, so the totals are lower bounds. Convert the model and open the .tflite file.`;
}

/** What is open: a model without operators, of which nothing is costed. */
const openModel: Model = {
  format: 'kerasSource',
  formatVersion: 3,
  fileBytes: 0,
  graphs: [{ index: 0, name: 'main', tensors: [], inputs: [], outputs: [], operators: [] }],
  metadata: [],
  signatures: [],
};

function sourceProblems({ problems, placeOf }: ReadProgram): readonly Problem[] {
  return problems.map(({ message, place }) => ({
    code: 'keras-source',
    severity: 'information',
    message,
    ...(place && { origin: { place: placeOf(place) } }),
  }));
}

/** Where a model is made, or the function that makes it; `entry`: only in this file. */
function headOf(
  { read: { model, template } }: ProgramModel,
  { placeOf }: ReadProgram,
  entry: string | undefined,
): SourcePlace | undefined {
  const places = [template?.place, model.origin].flatMap((place) => (place === undefined ? [] : [placeOf(place)]));
  const place = entry === undefined ? places.at(0) : places.find(({ file }) => file === entry);
  return place && beginOf(place);
}

/** The first line of what goes on for several: nobody wants all of a model underlined. */
function beginOf(place: SourcePlace): SourcePlace {
  const { span } = place;
  if (span === undefined || span.line === span.endLine) return place;
  return { ...place, span: { ...span, endLine: span.line, endColumn: span.column } };
}

/** The model of which this one is a part, where there is one. */
function ownerOf({ id, read }: ProgramModel, { models }: ReadProgram): string | undefined {
  const isPart = (layer: KerasLayer): boolean =>
    layer.model !== undefined &&
    ((layer.model.name === read.model.name && samePlace(layer.model.origin, read.model.origin)) ||
      layer.model.layers.some(isPart));
  return models.find((other) => other.id !== id && other.read.model.layers.some(isPart))?.id;
}

function samePlace(left: SourcePlace | undefined, right: SourcePlace | undefined): boolean {
  return left?.file === right?.file && left?.cell === right?.cell && left?.span?.line === right?.span?.line;
}
