import { resolveTarget } from '../../core/estimate/resolveTarget';
import { prepare } from '../../core/execute/prepare';
import { seededInputs } from '../../core/execute/seededInputs';
import { summaryOf } from '../../core/execute/tensorSummary';
import { readModel } from '../../core/formats/formats';
import type { Graph } from '../../core/model/model';
import { operatorName } from '../../core/model/model';
import { shortNames } from '../../core/model/names';
import type { LayerSummary, RunMessage, RunReply } from '../../protocol/jobs';

/** Executes a model once, with the rounding of its target, and sums up what every operator computed. */
export function runModel({ model: bytes, request, inputs }: RunMessage): RunReply {
  const { model } = readModel(bytes, request.path);
  const { rounding } = resolveTarget(request.target).target;
  const [main] = model.graphs;
  const names = new Map(model.graphs.map((graph): [Graph, readonly string[]] => [graph, shortNames(graph)]));
  const executable = prepare(model, { rounding });
  const values = seededInputs(
    main.inputs.map((index) => main.tensors[index]),
    inputs.seed,
  );
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
  return { outputs: summaries.filter((summary) => summary !== undefined), layers, rounding, hostMs };
}
