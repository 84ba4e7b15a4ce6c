import type { Model } from '../model/model';
import type { ReadResult } from '../formats/readResult';
import { budgets, underBudget } from '../model/budget';
import { leftOutCode, type Problem } from '../model/problem';
import { checkWorkable } from './claims';
import { laidOut, layoutSentences, type EdgeLayout } from './tflm/channelsLast';
import { classNamesOf, type GivenNames } from './judge/classNames';
import { classCount } from './judge/judgedOutputs';
import type {
  CompressionKind,
  CompressionRequest,
  CompressionResult,
  CompressionSupply,
  CompressionTools,
} from './kind';
import type { OfferSubject } from './offer';
import { withOfficial } from './proofs/officialConversion';

/** One compression to be done. */
export interface CompressionJob {
  /** The model as it was read from `bytes`. */
  readonly subject: OfferSubject & Pick<ReadResult, 'manners'> & Partial<Pick<ReadResult, 'problems'>>;
  readonly bytes: Uint8Array;
  /** Path that the result will be written to, for the proof; nothing is written here. */
  readonly resultPath: string;
  readonly request: CompressionRequest;
  /** Of an ONNX file; absent: with the channels last. */
  readonly layout?: EdgeLayout;
  /** Names of the classes; absent: those that the file carries. */
  readonly classNames?: GivenNames;
}

/** What a compression has of whoever starts it. */
export interface CompressionPorts extends CompressionSupply, Pick<CompressionTools, 'progress' | 'pause' | 'signal'> {}

/**
 * Does one compression of a kind, as `runCompression`.
 * @throws HumanError where model, samples or options do not allow it; nothing has been done then.
 */
export async function runKind(
  kind: CompressionKind,
  job: CompressionJob,
  ports: CompressionPorts,
): Promise<CompressionResult> {
  const check = (): void => ports.signal?.throwIfAborted();
  return await underBudget({ ...budgets.job, check }, () => compressed(kind, job, ports));
}

async function compressed(
  kind: CompressionKind,
  {
    subject: { model: read, manners, problems = [], ...place },
    bytes,
    resultPath,
    request: { options },
    layout,
    classNames,
  }: CompressionJob,
  { readSamples, loadTools, ...ports }: CompressionPorts,
): Promise<CompressionResult> {
  checkWorkable(read);
  const model = laidOut(read, layout);
  const work = await kind.load();
  work.check(model);
  const classes = classCount(model.graphs[0]);
  const names = classes === undefined ? undefined : classNamesOf(bytes, classes, classNames);
  const needs = kind.needs(options);
  const samples = needs.includes('samples') ? await readSamples(model.graphs[0]) : undefined;
  const { dispose, ...tools } = await loadTools(needs);
  try {
    const result = await work.run(
      { ...place, bytes, read: { model }, layout, resultPath, samples, options },
      { ...tools, supply: { readSamples, loadTools }, ...ports },
    );
    const told = withOfficial(withWords(withLayouts(result, model), problems), kind.convertsTo?.(options), {
      ...place,
      manners,
    });
    return names === undefined ? told : withClassNames(told, names);
  } finally {
    dispose();
  }
}

function withLayouts(result: CompressionResult, { format, graphs: [graph] }: Model): CompressionResult {
  if (format !== 'onnx') return result;
  const { proof } = result;
  return { ...result, proof: { ...proof, decisions: [...layoutSentences(graph), ...proof.decisions] } };
}

/** What the reader left out of the file is said where the result is looked at. */
function withWords(result: CompressionResult, problems: readonly Problem[]): CompressionResult {
  const words = problems.filter(({ code }) => code === leftOutCode).map(({ message }) => message);
  if (words.length === 0) return result;
  return { ...result, proof: { ...result.proof, warnings: [...words, ...result.proof.warnings] } };
}

function withClassNames(result: CompressionResult, names: readonly string[]): CompressionResult {
  const { proof } = result;
  const classes = proof.fidelity?.classes?.map((each) => ({ ...each, name: names[each.index] }));
  if (proof.fidelity === undefined || classes === undefined) return result;
  return { ...result, proof: { ...proof, fidelity: { ...proof.fidelity, classes } } };
}
