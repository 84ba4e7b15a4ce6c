import type { Graph, NamedTensor, Signature } from '../../model/model';
import type { TableView } from './flatbuffer/tableView';
import type { ProblemList } from './readContext';

/** Named entry points. One that names a graph or tensor that is not there is left out, and reported. */
export function readSignatures(root: TableView, graphs: readonly Graph[], problems: ProblemList): readonly Signature[] {
  const tables = root.tables('signatureDefs');
  const signatures: Signature[] = [];
  for (let index = 0; index < tables.length; index += 1) {
    const table = tables.at(index);
    const signature: Signature = {
      key: table.text('signatureKey') ?? '',
      graph: table.number('subgraphIndex'),
      inputs: readNamedTensors(table, 'inputs'),
      outputs: readNamedTensors(table, 'outputs'),
    };
    if (isComplete(signature, graphs)) signatures.push(signature);
    else {
      problems.add({
        code: 'signature-index',
        severity: 'warning',
        message: `The signature "${signature.key}" names a graph or a tensor that the model does not have, and is left out. Export the model again.`,
      });
    }
  }
  return signatures;
}

function readNamedTensors(table: TableView, field: string): readonly NamedTensor[] {
  const entries = table.tables(field);
  return Array.from({ length: entries.length }, (_none, index) => {
    const entry = entries.at(index);
    return { name: entry.text('name') ?? '', tensor: entry.number('tensorIndex') };
  });
}

function isComplete(signature: Signature, graphs: readonly Graph[]): boolean {
  const tensors = graphs[signature.graph]?.tensors.length ?? 0;
  return [...signature.inputs, ...signature.outputs].every((entry) => entry.tensor < tensors) && tensors > 0;
}
