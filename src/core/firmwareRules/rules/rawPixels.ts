import { meaningOf } from '../../firmware/join/scopes';
import type { Expression } from '../../firmware/syntax/expression';
import type { Tensor } from '../../model/model';
import { replacing, textAt } from '../edits';
import type { ElementWrite } from '../elements';
import { elementWrites } from '../elements';
import type { FirmwareContext, FirmwareRule } from '../rule';

/** Pixels of 0 to 255 that are only cast: those above 127 become negative. */
export const rawPixels: FirmwareRule = {
  code: 'firmware-raw-pixels',
  severity: 'warning',
  documentation: 'Bytes of 0 to 255 are written to an int8 input whose zero point is -128 without taking 128 off.',
  find: (context) =>
    elementWrites(context).flatMap((write) => {
      const { file, assignment, field, use } = write;
      const { value } = assignment;
      if (field !== 'int8' || use.direction !== 'input' || !use.tensors.every(isPixels)) return [];
      const bare = bareValue(value);
      if (!isByte(context, write, bare)) return [];
      return [
        {
          file,
          at: value,
          message: `The model's input has zero point -128, so that a pixel of 0 is -128 and one of 255 is 127; a cast alone makes those above 127 negative. Take 128 off.`,
          fixes: [
            {
              title: 'Take 128 off every pixel',
              isPreferred: true,
              edits: [replacing(file, value, `static_cast<int8_t>(${textAt(file, bare)} - 128)`)],
            },
          ],
        },
      ];
    }),
};

/** A scale of 1/255 or 1/256, or of 1, with which -128 to 127 stand for the values of a byte. */
function isPixels({ type, quantization }: Tensor): boolean {
  const [scale = 0] = quantization?.scales ?? [];
  const isByteScale = [1 / 255, 1 / 256, 1].some((each) => Math.abs(scale / each - 1) < 0.01);
  return type === 'int8' && quantization?.zeroPoints[0] === -128 && isByteScale;
}

function bareValue(value: Expression): Expression {
  return value.kind === 'cast' && /\bint8_t\b|signed char|^char$/.test(value.type) ? bareValue(value.operand) : value;
}

/** A variable of unsigned bytes, or an element of such an array or pointer. */
function isByte(
  { firmware }: FirmwareContext,
  { file, assignment: { inFunction } }: ElementWrite,
  value: Expression,
): boolean {
  const isElement = value.kind === 'index';
  const named = isElement ? value.object : value;
  if (named.kind !== 'name') return false;
  const { variables, parameter } = meaningOf(firmware, named.name, { file, inFunction });
  if (parameter !== undefined) {
    const { type } = parameter.function.parameters[parameter.position];
    return isByteType(type) && isElement === /[*]/.test(type);
  }
  return (
    variables.length === 1 &&
    variables.every(
      ({ variable: { type, indirections, dimensions } }) =>
        isByteType(type) && isElement === (indirections + dimensions.length === 1),
    )
  );
}

function isByteType(type: string): boolean {
  return /\b(?:uint8_t|unsigned char|byte)\b/.test(type);
}
