import { bitsPerElement, storedBytes, type DataType } from '../../model/dataType';
import type { OptionValue, Quantization, Tensor } from '../../model/model';
import { ModelError } from '../../model/problem';
import type { TableView } from './flatbuffer/tableView';
import type { ReadContext } from './readContext';
import { enumerations } from './schema/enumerations';

const dataTypes: readonly string[] = enumerations.TensorType.names.map((name) => name.toLowerCase());

/** Largest number of elements that TFLite can address: its shapes and counts are 32-bit. */
const largestElementCount = 2 ** 31;

/** A tensor of graph `graph`; what is wrong with it goes to the context's problems. */
export function readTensor(table: TableView, context: ReadContext, graph: number, index: number): Tensor {
  const user = `Tensor ${index} of graph ${graph}`;
  const typeNumber = table.number('type');
  const type = dataTypes[typeNumber] as DataType | undefined;
  if (type === undefined) {
    throw new ModelError(
      'tensor-type',
      `${user} has the element type ${typeNumber}, which no known version of the format defines. Export the model with a released converter.`,
    );
  }
  const shapeSignature = table.numbers('shapeSignature');
  const quantization = readQuantization(table.table('quantization'));
  const data = context.buffers.data(table.number('buffer'), user);
  const externalBuffer = table.number('externalBuffer');
  const sparsity = table.table('sparsity')?.values();
  const variantTensors = readVariants(table);
  const tensor: Tensor = {
    index,
    name: table.text('name') ?? '',
    type,
    shape: table.numbers('shape'),
    isVariable: table.number('isVariable') !== 0,
    ...(shapeSignature.length === 0 ? {} : { shapeSignature }),
    ...(table.number('hasRank') === 0 ? {} : { hasRank: true }),
    ...(quantization === undefined ? {} : { quantization }),
    ...(data === undefined ? {} : { data }),
    ...(externalBuffer === 0 ? {} : { externalBuffer }),
    ...(sparsity === undefined ? {} : { sparsity }),
    ...(variantTensors.length === 0 ? {} : { variantTensors }),
  };
  checkTensor(tensor, context, graph);
  return tensor;
}

/** Absent when the table says nothing, as in most float models, which hold an empty one. */
function readQuantization(table: TableView | undefined): Quantization | undefined {
  if (table === undefined) return undefined;
  const scales = table.numbers('scale');
  const zeroPoints = table.numbers('zeroPoint');
  const axis = table.number('quantizedDimension');
  const min = table.numbers('min');
  const max = table.numbers('max');
  const details = table.union('details') as Readonly<Record<string, OptionValue>> | undefined;
  const count = scales.length + zeroPoints.length + min.length + max.length + axis;
  if (count === 0 && details === undefined) return undefined;
  return {
    scales,
    zeroPoints,
    axis,
    ...(min.length === 0 ? {} : { min }),
    ...(max.length === 0 ? {} : { max }),
    ...(details === undefined ? {} : { details }),
  };
}

function readVariants(table: TableView): readonly Readonly<Record<string, OptionValue>>[] {
  const variants = table.tables('variantTensors');
  return Array.from({ length: variants.length }, (_none, index) => variants.at(index).values());
}

function checkTensor(tensor: Tensor, context: ReadContext, graph: number): void {
  const elements = tensor.shape.reduce((product, dimension) => product * Math.max(dimension, -1), 1);
  const report = (code: string, message: string): void =>
    context.problems.add({ code, severity: 'error', message, graph, tensor: tensor.index });
  const what = `Tensor ${tensor.index} ("${tensor.name}") of graph ${graph}`;
  if (tensor.shape.some((dimension) => dimension < -1)) {
    report('tensor-shape', `${what} has the shape [${tensor.shape.join(', ')}]. Export the model again.`);
  } else if (Math.abs(elements) >= largestElementCount) {
    report('tensor-shape', `${what} has 2^31 elements or more. No runtime can hold it: export the model again.`);
  } else if (tensor.data !== undefined && tensor.sparsity === undefined && bitsPerElement[tensor.type] > 0) {
    const bytes = storedBytes(tensor.type, Math.max(elements, 0));
    if (bytes === tensor.data.byteLength || elements < 0) return;
    const message = `${what} needs ${bytes} bytes for its shape, but the file holds ${tensor.data.byteLength}. Export the model again.`;
    report('constant-size', message);
  }
  checkQuantization(tensor, what, report);
}

function checkQuantization(tensor: Tensor, what: string, report: (code: string, message: string) => void): void {
  const { scales, zeroPoints, axis } = tensor.quantization ?? { scales: [], zeroPoints: [], axis: 0 };
  if (zeroPoints.some((zeroPoint) => Math.abs(zeroPoint) > 2 ** 31)) {
    report(
      'zero-point-range',
      `${what} has a zero point beyond 32 bits, which no runtime takes. Convert the model again.`,
    );
  }
  if (zeroPoints.length !== scales.length && zeroPoints.length > 0 && scales.length > 0) {
    report(
      'quantization-size',
      `${what} has ${scales.length} scales but ${zeroPoints.length} zero points. Convert the model again.`,
    );
  } else if (scales.length > 1 && tensor.shape[axis] !== scales.length) {
    report(
      'quantization-size',
      `${what} has ${scales.length} scales along axis ${axis}, whose size is ${tensor.shape[axis] ?? 'not given'}. Convert the model again.`,
    );
  }
}
