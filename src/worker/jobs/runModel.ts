import { resolveTarget } from '../../core/estimate/resolveTarget';
import { inputBytes } from '../../core/execute/inputBytes';
import { prepare } from '../../core/execute/prepare';
import { seededInputs } from '../../core/execute/seededInputs';
import { summaryOf } from '../../core/execute/tensorSummary';
import { readModel } from '../../core/formats/formats';
import type { Graph, Model, Tensor } from '../../core/model/model';
import { operatorName } from '../../core/model/model';
import { shortNames } from '../../core/model/names';
import { HumanError } from '../../core/model/problem';
import type { FilesChoice, LayerSummary, RunMessage, RunReply } from '../../protocol/jobs';
import type { JobContext } from './context';
import { chosenSamples } from './samples';

/** Executes a model once, with the rounding of its target or the one that is wished, and sums up what every operator computed. */
export async function runModel(message: RunMessage, context: JobContext): Promise<RunReply> {
  const { model } = readModel(message.model, message.request.path);
  const { target } = resolveTarget(message.request.target);
  const rounding = message.rounding ?? target.rounding;
  const [main] = model.graphs;
  const names = new Map(model.graphs.map((graph): [Graph, readonly string[]] => [graph, shortNames(graph)]));
  const executable = prepare(model, { rounding });
  const { values, ...inputs } = await inputsFor(message, model, context);
  const layers: LayerSummary[] = [];
  const started = performance.now();
  const outputs = executable.invoke(values, ({ graph, operator, tensor, value }) => {
    const summary = summaryOf(names.get(graph)?.[tensor] ?? '', graph.tensors[tensor], value);
    if (summary !== undefined) layers.push({ ...summary, operator: operatorName(operator) });
  });
  const hostMs = performance.now() - started;
  const summaries = outputs.map((value, position) => {
    const index = main.outputs[position];
    return summaryOf(names.get(main)?.[index] ?? '', main.tensors[index], value);
  });
  const remarks = [...inputs.remarks, ...(target.runtime === 'tflm-esp-nn' ? [espNnRemark] : [])];
  const shown = summaries.filter((summary) => summary !== undefined);
  return { outputs: shown, layers, rounding, inputs: { ...inputs, remarks }, hostMs };
}

const espNnRemark =
  'On this board, ESP-NN may round ties otherwise than the kernels computed here, so that integers may differ by one.';

/** One of so many may be chosen. */
const mostSamples = 100_000;

type Inputs = RunReply['inputs'] & { readonly values: readonly Uint8Array[] };

async function inputsFor({ inputs }: RunMessage, model: Model, context: JobContext): Promise<Inputs> {
  const [main] = model.graphs;
  const tensors = main.inputs.map((index) => main.tensors[index]);
  if (inputs.kind === 'files') return sampleInputs(inputs, { model, tensors }, context);
  const source = `random numbers of seed ${inputs.seed}`;
  return { source, remarks: [], values: seededInputs(tensors, inputs.seed) };
}

async function sampleInputs(
  { sample = 0, ...files }: FilesChoice & { readonly sample?: number },
  { model, tensors }: { readonly model: Model; readonly tensors: readonly Tensor[] },
  context: JobContext,
): Promise<Inputs> {
  const samples = await chosenSamples(files, model, { ...context, mostSamples });
  if (sample >= samples.count) {
    const sentence = `${files.name} has ${samples.count} samples, so there is no sample ${sample + 1}. Choose one of 1 to ${samples.count}.`;
    throw new HumanError('run-sample', sentence);
  }
  const values = tensors.map((tensor, input) => {
    const elements = samples.inputs[input].length / samples.count;
    const reals = Float64Array.from(samples.inputs[input].subarray(sample * elements, (sample + 1) * elements));
    return inputBytes(tensor, { values: reals, areReal: true });
  });
  const name = samples.names?.[sample];
  const place = samples.count === 1 ? '' : `sample ${sample + 1} of ${samples.count}, `;
  const source = `${place}${name === undefined ? samples.source : `${name} (${samples.source})`}`;
  return { source, label: samples.labels?.[sample], remarks: samples.remarks, values };
}
