import type { Graph, Model, Operator } from '../model/model';
import { operatorCount, operatorName } from '../model/model';
import { definitionOf } from '../operators/operators';
import { countText, groupDigits } from '../text/units';
import type { Report } from '../estimate/report';
import { costCellText } from './costs';
import { LineBuilder } from './lineBuilder';
import type { CostCell, ListedOperator, ListedTensor, Listing } from './listing';
import { indexWidth } from './listingText';
import { shortNames } from '../model/names';
import { operandText, quantizationText, typeText } from './operands';

/** What a listing is made from. `costs` puts the cost columns into the text itself, for a diff or a terminal. */
interface ListingSource {
  readonly model: Model;
  /** Name of the file, without folders. */
  readonly title: string;
  readonly macs: number;
  /** What the model takes of the flash. */
  readonly bytes: number;
  readonly costs?: Report;
}

interface Context {
  readonly text: LineBuilder;
  readonly operators: ListedOperator[];
  readonly tensors: ListedTensor[];
  readonly folds: { line: number; endLine: number }[];
  readonly costCells: CostCell[];
  readonly costs?: Report;
  /** Operators of earlier graphs: the report counts layers over all graphs. */
  firstLayer: number;
}

/** Widths of the columns of one graph. */
interface Columns {
  readonly name: number;
  readonly kind: number;
  readonly type: number;
  readonly options: number;
}

/** Renders `model` as text, one operator a line; the same model always gives the same text. */
export function renderListing(source: ListingSource): Listing {
  const { model, costs } = source;
  const context: Context = {
    text: new LineBuilder(),
    operators: [],
    tensors: [],
    folds: [],
    costCells: [],
    costs,
    firstLayer: 0,
  };
  heading(context, source);
  for (const graph of model.graphs) {
    renderGraph(context, graph, model.graphs.length > 1);
    context.firstLayer += graph.operators.length;
  }
  const { operators, tensors, folds, costCells } = context;
  return { lines: context.text.finish(), operators, tensors, folds, costCells };
}

/** Marks the place for costs on the current line, and writes them there when the listing carries them as text. */
function costCell(context: Context, kind: CostCell['kind'], layer?: number): void {
  const cell = { line: context.text.line, column: context.text.column, kind, layer };
  context.costCells.push(cell);
  if (context.costs !== undefined) context.text.append(costCellText(cell, context.costs));
}

function heading({ text }: Context, { model, title, macs, bytes }: ListingSource): void {
  const format = model.format === 'tflite' ? `TFLite ${model.formatVersion}` : model.format;
  const count = operatorCount(model);
  text.append('model  ');
  text.append(`${title}   ${format} · ${groupDigits(bytes)} bytes · ${count} `);
  text.append(`${count === 1 ? 'operator' : 'operators'} · ${countText(macs)} MACs`);
  text.endLine();
}

function renderGraph(context: Context, graph: Graph, isOneOfMany: boolean): void {
  const { text } = context;
  const names = shortNames(graph);
  const columns = columnsOf(graph, names);
  const firstLine = text.line;
  if (isOneOfMany) {
    text.append(`graph  ${graph.index} ${graph.name}`.trimEnd());
    text.endLine();
  }
  for (const input of graph.inputs)
    tensorLine(context, graph, { label: 'in', tensor: input, name: names[input], columns });
  columnHeads(context, columns);
  for (const operator of graph.operators) operatorLine(context, graph, { operator, names, columns });
  for (const output of graph.outputs) {
    tensorLine(context, graph, { label: 'out', tensor: output, name: names[output], columns });
  }
  if (isOneOfMany) context.folds.push({ line: firstLine, endLine: text.line - 1 });
}

function columnsOf(graph: Graph, names: readonly string[]): Columns {
  const shown = [
    ...graph.inputs,
    ...graph.outputs,
    ...graph.operators.flatMap((operator) => operator.outputs.slice(0, 1)),
  ];
  const outputs = graph.operators.flatMap((operator) => operator.outputs.slice(0, 1));
  return {
    name: widest(shown.map((index) => names[index] ?? '')) + 2,
    kind: widest(graph.operators.map(operatorName), 'operator') + 2,
    type:
      widest(
        outputs.map((index) => typeText(graph.tensors[index])),
        'output',
      ) + 2,
    options: optionsWidth(graph),
  };
}

/** No column at all in a graph whose operators have nothing to say. */
function optionsWidth(graph: Graph): number {
  const texts = graph.operators.map((operator) => optionsText(operator, graph));
  return texts.every((text) => text === '') ? 0 : widest(texts, 'options') + 2;
}

function widest(texts: readonly string[], least = ''): number {
  return texts.reduce((width, text) => Math.max(width, text.length), least.length);
}

function columnHeads(context: Context, columns: Columns): void {
  const { text } = context;
  text.append('  #', indexWidth);
  costCell(context, 'head');
  text.append('name', columns.name);
  text.append('operator', columns.kind);
  text.append('output', columns.type);
  if (columns.options > 0) text.append('options', columns.options);
  text.append('(inputs)');
  text.endLine();
}

interface TensorLine {
  readonly label: 'in' | 'out';
  readonly tensor: number;
  readonly name: string;
  readonly columns: Columns;
}

function tensorLine(context: Context, graph: Graph, { label, tensor, name, columns }: TensorLine): void {
  const { text } = context;
  text.append(label, indexWidth);
  costCell(context, 'blank');
  const span = text.append(name, columns.name);
  context.tensors.push({ graph: graph.index, tensor, span, role: label === 'in' ? 'definition' : 'output' });
  text.append(typeText(graph.tensors[tensor]), columns.kind + columns.type);
  text.append(quantizationText(graph.tensors[tensor]));
  text.endLine();
}

interface OperatorLine {
  readonly operator: Operator;
  readonly names: readonly string[];
  readonly columns: Columns;
}

function operatorLine(context: Context, graph: Graph, { operator, names, columns }: OperatorLine): void {
  const { text } = context;
  const line = text.line;
  text.append(`${operator.index}`.padStart(3), indexWidth);
  costCell(context, 'layer', context.firstLayer + operator.index);
  const nameSpan = appendDefinition(context, graph, operator.outputs.at(0), { names, width: columns.name });
  const kindSpan = text.append(operatorName(operator), columns.kind);
  const output = operator.outputs.at(0);
  text.append(output === undefined ? '-' : typeText(graph.tensors[output]), columns.type);
  text.append(optionsText(operator, graph), columns.options);
  appendInputs(context, graph, operator, names);
  const span = { line, column: 0, endLine: line, endColumn: text.column };
  text.endLine();
  context.operators.push({ graph: graph.index, index: operator.index, line, span, kindSpan, nameSpan });
  for (const extra of operator.outputs.slice(1)) extraOutputLine(context, graph, extra, { names, columns });
}

/** Further outputs of an operator stand on lines of their own below it. */
function extraOutputLine(
  context: Context,
  graph: Graph,
  tensor: number,
  { names, columns }: Pick<OperatorLine, 'names' | 'columns'>,
): void {
  const { text } = context;
  text.append('  +', indexWidth);
  costCell(context, 'blank');
  appendDefinition(context, graph, tensor, { names, width: columns.name });
  text.append('', columns.kind);
  if (tensor >= 0) text.append(typeText(graph.tensors[tensor]));
  text.endLine();
}

function appendDefinition(
  { text, tensors }: Context,
  graph: Graph,
  tensor: number | undefined,
  { names, width }: { readonly names: readonly string[]; readonly width: number },
): ListedTensor['span'] {
  if (tensor === undefined || tensor < 0) return text.append('-', width);
  const span = text.append(names[tensor], width);
  tensors.push({ graph: graph.index, tensor, span, role: 'definition' });
  return span;
}

function appendInputs({ text, tensors }: Context, graph: Graph, operator: Operator, names: readonly string[]): void {
  text.append('(');
  operator.inputs.forEach((tensor, position) => {
    if (position > 0) text.append(', ');
    const span = text.append(operandText(operator, position, graph, names));
    if (tensor >= 0) tensors.push({ graph: graph.index, tensor, span, role: 'use' });
  });
  text.append(')');
}

function optionsText(operator: Operator, graph: Graph): string {
  return definitionOf(operator)?.optionsText?.(operator, graph) ?? '';
}
