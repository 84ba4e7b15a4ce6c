import type { Graph, Operator, OptionValue } from '../../model/model';
import { ModelError } from '../../model/problem';
import type { TableView } from './flatbuffer/tableView';
import { appendedBytes } from './readBuffers';
import { checkTensorIndices, type ReadContext } from './readContext';
import { readTensor } from './readTensor';

/**
 * A graph with its tensors and operators. All tensor indices in it are valid, or -1 for an optional input that is
 * absent.
 */
export function readGraph(table: TableView, context: ReadContext, index: number): Graph {
  const tensorTables = table.tables('tensors');
  const tensors = Array.from({ length: tensorTables.length }, (_none, position) =>
    readTensor(tensorTables.at(position), context, index, position),
  );
  const place = { index, tensorCount: tensors.length };
  const inputs = table.numbers('inputs');
  const outputs = table.numbers('outputs');
  checkTensorIndices(inputs, place, 'The input list', false);
  checkTensorIndices(outputs, place, 'The output list', false);
  const operatorTables = table.tables('operators');
  const operators = Array.from({ length: operatorTables.length }, (_none, position) =>
    readOperator(operatorTables.at(position), context, place, position),
  );
  const preserved = debugIndex(table);
  return { index, name: table.text('name') ?? '', tensors, inputs, outputs, operators, ...preserved };
}

function readOperator(
  table: TableView,
  context: ReadContext,
  graph: { readonly index: number; readonly tensorCount: number },
  index: number,
): Operator {
  const code = context.codes[table.number('opcodeIndex')];
  if (code === undefined) {
    throw new ModelError(
      'operator-code',
      `Operator ${index} of graph ${graph.index} is of kind number ${table.number('opcodeIndex')}, but the file lists ${context.codes.length} kinds. The file is damaged: export the model again.`,
      table.position,
    );
  }
  const inputs = table.numbers('inputs');
  const outputs = table.numbers('outputs');
  const intermediates = table.numbers('intermediates');
  checkTensorIndices(inputs, graph, `Operator ${index}`, true);
  checkTensorIndices(outputs, graph, `Operator ${index}`, false);
  checkTensorIndices(intermediates, graph, `Operator ${index}`, true);
  const options = table.union('builtinOptions');
  const options2 = table.union('builtinOptions2');
  const customOptions = readCustomOptions(table, context, index);
  return {
    index,
    ...code,
    inputs,
    outputs,
    intermediates,
    ...(options === undefined ? {} : { options }),
    ...(options2 === undefined ? {} : { options2 }),
    ...(customOptions === undefined ? {} : { customOptions }),
    ...preservedOfOperator(table),
  };
}

function readCustomOptions(table: TableView, context: ReadContext, index: number): Uint8Array | undefined {
  const offset = table.number('largeCustomOptionsOffset');
  const size = table.number('largeCustomOptionsSize');
  return table.bytes('customOptions') ?? appendedBytes(context.bytes, offset, size, `The options of operator ${index}`);
}

function preservedOfOperator(table: TableView): Pick<Operator, 'preserved'> {
  const preserved: Record<string, OptionValue> = { ...debugIndex(table).preserved };
  const mutating = table.numbers('mutatingVariableInputs');
  if (mutating.length > 0) preserved.mutatingVariableInputs = mutating.map((flag) => flag !== 0);
  const format = table.number('customOptionsFormat');
  if (format !== 0) preserved.customOptionsFormat = format;
  return Object.keys(preserved).length === 0 ? {} : { preserved };
}

function debugIndex(table: TableView): Pick<Operator, 'preserved'> {
  const debugMetadataIndex = table.number('debugMetadataIndex');
  return debugMetadataIndex === -1 ? {} : { preserved: { debugMetadataIndex } };
}
