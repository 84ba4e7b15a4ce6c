import type { FileFix } from '../../model/problem';
import { lookup } from '../../text/lookup';
import { replacing, textAt } from '../edits';
import type { ElementWrite } from '../elements';
import { elementWrites, severityWhere } from '../elements';
import type { FirmwareRule } from '../rule';

/** Types of tensors by the member of `TfLitePtrUnion` that they are written through. */
const integerFields = lookup<string | undefined>({ int8: 'int8', uint8: 'uint8', int16: 'i16', int32: 'i32' });

/** Floats written into a quantized tensor, or integers into one of floats. */
export const elementType: FirmwareRule = {
  code: 'firmware-element-type',
  severity: 'error',
  documentation:
    'A tensor is written through a member of another type: floats into an int8 tensor, or integers into floats.',
  find: (context) =>
    elementWrites(context).flatMap((write) => {
      const [type, other] = new Set(write.use.tensors.map((tensor) => tensor.type));
      const isFloat = write.field === 'f';
      const wanted = integerFields[type];
      const isWrong = isFloat
        ? wanted !== undefined
        : type === 'float32' && Object.values(integerFields).includes(write.field);
      if (other !== undefined || !isWrong) return [];
      const what = isFloat
        ? `floats of 4 bytes, but the model's ${write.use.direction} is ${type}`
        : `integers, but the model's ${write.use.direction} is float32`;
      const next = isFloat
        ? 'Quantize the value with the scale and zero point of the tensor.'
        : 'Write through data.f.';
      return [
        {
          file: write.file,
          at: write.target,
          ...severityWhere(write.isRun),
          message: `This writes ${what}: the values are garbage to the model${isFloat ? ', and they run past its end' : ''}. ${next}`,
          fixes: wanted === undefined ? [] : quantizeFixes(write, type, wanted),
        },
      ];
    }),
};

function quantizeFixes(
  { file, assignment, target, tensor }: ElementWrite,
  type: string,
  field: string,
): readonly FileFix[] {
  if (tensor === undefined) return [];
  const name = textAt(file, tensor);
  const joint = file.text.slice(tensor.end).trimStart().startsWith('->') ? '->' : '.';
  const index = textAt(file, target.index);
  const value = textAt(file, assignment.value);
  const params = `${name}${joint}params`;
  const text = `${name}${joint}data.${field}[${index}] = static_cast<${type}_t>(lroundf((${value}) / ${params}.scale) + ${params}.zero_point)`;
  return [
    {
      title: 'Quantize the value with the scale and zero point of the tensor',
      isPreferred: true,
      edits: [replacing(file, assignment, text)],
    },
  ];
}
