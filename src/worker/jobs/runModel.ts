import { classNamesOf } from '../../core/compress/judge/classNames';
import { isClassification } from '../../core/compress/judge/judgedOutputs';
import { inputBytes } from '../../core/execute/inputBytes';
import { prepare } from '../../core/execute/prepare';
import { seededInputs } from '../../core/execute/seededInputs';
import { summaryOf } from '../../core/execute/tensorSummary';
import type { Graph, Model, Tensor } from '../../core/model/model';
import { operatorName } from '../../core/model/model';
import { shortNames } from '../../core/model/names';
import { runtimeById } from '../../core/runtimes/runtimes';
import { chosenSample } from '../../core/samples/chosenSamples';
import type { FilesChoice, LayerSummary, RunMessage, RunReply } from '../../protocol/jobs';
import type { JobContext } from './context';
import { givenNames } from './givenNames';
import { jobSubject } from './jobSubject';

/**
 * Executes a model once, with the rounding of its target or the one that is wished, and sums up what every operator
 * computed.
 */
export async function runModel(message: RunMessage, context: JobContext): Promise<RunReply> {
  const { model, target } = await jobSubject(message, context);
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
  const given = await givenNames(message.labels, context);
  const summaries = outputs.map((value, position) => {
    const index = main.outputs[position];
    const summary = summaryOf(names.get(main)?.[index] ?? '', main.tensors[index], value);
    const classes = isClassification(main, index) ? classNamesOf(message.model, value.shape.at(-1)!, given) : undefined;
    return summary && { ...summary, ...(classes && { labels: summary.largest.map((each) => classes[each.position]) }) };
  });
  const remark = runtimeById(target.runtime)?.outputRemark;
  const remarks = [...inputs.remarks, ...(remark === undefined ? [] : [remark])];
  const shown = summaries.filter((summary) => summary !== undefined);
  return { outputs: shown, layers, rounding, inputs: { ...inputs, remarks }, hostMs };
}

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
  const {
    labels,
    names,
    source,
    remarks,
    total = 1,
    ...read
  } = await chosenSample({ ...files, index: sample }, model.graphs[0], context);
  const values = tensors.map((tensor, input) =>
    inputBytes(tensor, { values: Float64Array.from(read.inputs[input]), areReal: true }),
  );
  const place = total === 1 ? '' : `sample ${sample + 1} of ${total}, `;
  const name = names?.at(0);
  const told = `${place}${name === undefined ? source : `${name} (${source})`}`;
  return { source: told, label: labels?.at(0), remarks, values };
}
