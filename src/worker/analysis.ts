import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { analyse, listingWithCosts } from '../core/analysis/analyse';
import type { Analysis, AnalysisRequest } from '../core/analysis/analysis';
import { withMeasurement } from '../core/measure/measurementsFile';
import { tensorRange } from '../core/analysis/cards';
import { timingTables } from '../core/estimate/timing/timingTables';
import { subjectOf } from '../core/analysis/subject';
import { addForeignFormats } from '../core/formats/foreignFormats';
import { modelBytesOf, modelsOfSource } from '../core/formats/formats';
import { budgets, underBudget } from '../core/model/budget';
import { mostBytesOf } from '../files/limits';
import { readFile } from '../files/reading';
import { CancelledError, Rpc } from '../protocol/rpc';
import type {
  AnalyseMessage,
  AnalysisReply,
  AnalysisThreadData,
  BytesNeededReply,
  CalibrateMessage,
  CalibrateReply,
  ExportMessage,
  ExportReply,
  FindModelsMessage,
  FindModelsReply,
  FromAnalysisWorker,
  MannersMessage,
  MannersReply,
  MeasureMessage,
  MeasureReply,
  OffersMessage,
  OffersReply,
  TensorRangeMessage,
  TensorRangeReply,
  ToAnalysisWorker,
} from '../protocol/worker';
import { BesideModel, besideHostOver } from './besideModel';
import { FileHashes } from './fileHashes';
import type { Content } from './readModels';
import { ReadModels } from './readModels';
import { SizedCache } from './sizedCache';

/** Bytes of model files kept, so that another board does not need the file again. */
const keptContentBytes = 96 * 1024 * 1024;
/** Analyses kept: some ten open models on a few boards each. */
const keptAnalyses = 64;

/** An analysis holds as long as the files beside the model that went into it are the same. */
interface KeptAnalysis {
  readonly analysis: Analysis;
  readonly beside: BesideModel;
}

// What an analysis does not need is loaded when it is asked for, so that the first one begins sooner.
const contents = new SizedCache<Content>(keptContentBytes, ({ bytes }) => bytes.byteLength);
const host = besideHostOver(() => rpc, stopIfUnwanted);
const models = new ReadModels(host);
const hashes = new FileHashes();
const analyses = new SizedCache<KeptAnalysis>(keptAnalyses, () => 1);

async function serveAnalysis(message: AnalyseMessage): Promise<AnalysisReply | BytesNeededReply> {
  const content = await contentOf(message);
  if (content === undefined) return { type: 'bytesNeeded' };
  stopIfUnwanted();
  const analysis = await analysisFor(message, content, message.request);
  return { type: 'analysis', analysis, contentHash: content.hash };
}

/** One analysis says what the profile is compared with; one more, with it, is what is shown from then on. */
async function serveMeasure(message: MeasureMessage): Promise<MeasureReply | BytesNeededReply> {
  const content = await contentOf(message);
  if (content === undefined) return { type: 'bytesNeeded' };
  stopIfUnwanted();
  const { request, figures, arenaUsedBytes, recordedAt } = message;
  const { measuredProfile, isNews } = await import('../core/measure/measuredProfile');
  const place = { costs: 'hints', beside: message.beside } as const;
  const { report } = await analysisFor(place, content, request);
  const outcome = measuredProfile(figures, { report, model: content.hash, arenaUsedBytes, recordedAt });
  if (!outcome.known) return { type: 'measured', outcome: { known: false, reason: outcome.reason } };
  const { measurement } = outcome;
  if (!isNews(measurement, report)) return { type: 'measured', outcome: { known: true } };
  const measured = withMeasurement(request.measured ?? { measurements: [], calibrations: [] }, measurement);
  const asked = { ...request, measured };
  const news = { measurement, analysis: await analysisFor(place, content, asked), request: asked };
  return { type: 'measured', outcome: { known: true, news } };
}

async function analysisFor(
  { costs, beside }: Pick<AnalyseMessage, 'costs' | 'beside'>,
  content: Content,
  request: AnalyseMessage['request'],
): Promise<Analysis> {
  const key = JSON.stringify([content.hash, costs, beside, request]);
  const known = analyses.get(key);
  if (known !== undefined && (await known.beside.isCurrent())) return known.analysis;
  const { read, beside: files } = await models.read(content, { ...placeIn(request), beside });
  const analysis = analysisOf(costs, { ...request, bytes: content.bytes, read });
  analyses.set(key, { analysis, beside: files });
  return analysis;
}

function placeIn({ path, programChoice }: AnalyseMessage['request']): Pick<AnalysisRequest, 'path' | 'programChoice'> {
  return { path, programChoice };
}

function analysisOf(costs: AnalyseMessage['costs'], request: AnalysisRequest): Analysis {
  if (costs === 'hints') return analyse(request);
  const { analysis, listing } = listingWithCosts(request);
  return { ...analysis, listing };
}

async function serveTensorRange(message: TensorRangeMessage): Promise<TensorRangeReply | BytesNeededReply> {
  const content = await contentOf(message);
  if (content === undefined) return { type: 'bytesNeeded' };
  stopIfUnwanted();
  const { read } = await models.read(content, message);
  const tensor = read.model.graphs.at(message.graph)?.tensors.at(message.tensor);
  return { type: 'tensorRange', range: tensor && tensorRange(tensor) };
}

async function serveManners(message: MannersMessage): Promise<MannersReply | BytesNeededReply> {
  const content = await contentOf(message);
  if (content === undefined) return { type: 'bytesNeeded' };
  stopIfUnwanted();
  const { read } = await models.read(content, { ...placeIn(message.request), beside: message.beside });
  if (read.manners === undefined) return { type: 'manners' };
  const { compareManners } = await import('../core/estimate/manners');
  const comparison = compareManners(subjectOf({ ...message.request, bytes: content.bytes, read }), read);
  return { type: 'manners', ...(comparison && { comparison }) };
}

async function serveOffers(message: OffersMessage): Promise<OffersReply | BytesNeededReply> {
  const content = await contentOf(message);
  if (content === undefined) return { type: 'bytesNeeded' };
  stopIfUnwanted();
  const { read } = await models.readTrained(content, { ...placeIn(message.request), beside: message.beside });
  const subject = subjectOf({ ...message.request, bytes: content.bytes, read });
  const { offersFor } = await import('../core/compress/offers');
  return { type: 'offers', offers: await offersFor(subject) };
}

async function serveExport(message: ExportMessage): Promise<ExportReply | BytesNeededReply> {
  const content = await contentOf(message);
  if (content === undefined) return { type: 'bytesNeeded' };
  stopIfUnwanted();
  const { read } = await models.read(content, { ...placeIn(message.request), beside: message.beside });
  const { exportModel } = await import('../core/analysis/exportModel');
  const { exportStyles } = await import('../core/export/exportStyles');
  const style = exportStyles.find(({ id }) => id === message.style) ?? exportStyles[0];
  const place = { style, path: message.path };
  const work = { ...budgets.analysis, check: stopIfUnwanted };
  return { type: 'export', files: exportModel({ ...message.request, bytes: content.bytes, read }, place, work) };
}

async function serveModels({ path, text, beside, programChoice }: FindModelsMessage): Promise<FindModelsReply> {
  const models = await new BesideModel(beside, host).read((siblings) =>
    modelsOfSource({ path, content: text, siblings, programChoice }),
  );
  return { models };
}

async function serveCalibration({ pairs }: CalibrateMessage): Promise<CalibrateReply> {
  const { calibrate } = await import('../core/measure/calibrate');
  return { outcome: calibrate(pairs), tables: timingTables() };
}

type AboutContent =
  AnalyseMessage | MeasureMessage | TensorRangeMessage | MannersMessage | OffersMessage | ExportMessage;

/**
 * Whether the file still is the version that `content` names is the host's to see: it looks at the file before and
 * after.
 */
async function contentOf(message: AboutContent): Promise<Content | undefined> {
  const whole = await fileOf(message);
  if (whole === undefined) return undefined;
  // Of an array its own bytes: what stands around it may change without another analysis, and it is the same model as
  // the file that it was made from.
  const path = message.type === 'tensorRange' ? message.path : message.request.path;
  const beside = new BesideModel(message.beside, host);
  const bytes = await beside.read((siblings) => modelBytesOf({ path, bytes: whole.bytes, siblings }));
  return bytes === whole.bytes ? whole : hashed(bytes);
}

async function fileOf({ content: name, bytes: given, file, beside }: AboutContent): Promise<Content | undefined> {
  const kept = given === undefined ? contents.get(name) : undefined;
  if (kept !== undefined) return kept;
  const bytes = given ?? (file === undefined ? undefined : await bytesIfReadable(file, beside?.disk?.root));
  if (bytes === undefined) return undefined;
  const content = hashed(bytes);
  contents.set(name, content);
  return content;
}

function hashed(bytes: Uint8Array): Content {
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex') };
}

/** Nothing where this thread cannot read it: the host may be able to, and says what is wrong otherwise. */
async function bytesIfReadable(file: string, root: string | undefined): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file, { mostBytes: mostBytesOf.model, within: root === undefined ? undefined : [root] });
  } catch {
    return undefined;
  }
}

/** Heard before a computation and in the middle of it. */
function stopIfUnwanted(): void {
  if (Atomics.load((workerData as AnalysisThreadData).stopFlag, 0) !== 0) throw new CancelledError();
}

/** What a model asks for is computed within a budget, and until nobody wants it any more. */
function bounded<Message, Reply>(serve: (message: Message) => Promise<Reply>): (message: Message) => Promise<Reply> {
  return (message) => underBudget({ ...budgets.analysis, check: stopIfUnwanted }, () => serve(message));
}

function serve(): Rpc<FromAnalysisWorker, ToAnalysisWorker> {
  addForeignFormats();
  const port = parentPort;
  if (port === null) throw new Error('The analysis worker was started outside of a worker thread.');
  const served = new Rpc<FromAnalysisWorker, ToAnalysisWorker>(
    { post: (envelope) => port.postMessage(envelope) },
    {
      analyse: bounded(serveAnalysis),
      measure: bounded(serveMeasure),
      findFile: async ({ hash, files, within }, { signal }) => ({
        file: await hashes.find(hash, files, { within, signal }),
      }),
      tensorRange: bounded(serveTensorRange),
      manners: bounded(serveManners),
      offers: bounded(serveOffers),
      export: bounded(serveExport),
      readProject: async ({ fileName, text }) =>
        (await import('../core/project/readers')).projectReaders[fileName](text),
      findModels: serveModels,
      calibrate: bounded(serveCalibration),
    },
  );
  port.on('message', (data: unknown) => served.receive(data));
  return served;
}

const rpc = serve();
