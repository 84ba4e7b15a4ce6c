import { activityAt } from '../../firmware/firmware';
import { constantOf } from '../../firmware/join/constants';
import { isNamedElsewhere } from '../../firmware/join/reach';
import { calledName } from '../../firmware/syntax/expression';
import { bitsPerElement, elementCount, storedBytes } from '../../model/dataType';
import type { Tensor } from '../../model/model';
import { exactBytesText, groupDigits } from '../../text/units';
import { asksForType, elementWrites, namesTensorData, severityWhere } from '../elements';
import type { FirmwareContext, FirmwareHit, FirmwareRule } from '../rule';
import { tensorAt } from '../tensors';

/** More is written into a tensor than it has, or a copy of another length. */
export const inputLength: FirmwareRule = {
  code: 'firmware-input-length',
  severity: 'error',
  documentation: 'More elements are written into a tensor of the model than it has, or a copy has another length.',
  find: (context) => [...longLoops(context), ...copies(context)],
};

/** The largest of the models that the interpreter may run. */
function mostElements(tensors: readonly Tensor[]): number {
  return Math.max(...tensors.map(({ shape }) => elementCount(shape)));
}

function longLoops(context: FirmwareContext): readonly FirmwareHit[] {
  return elementWrites(context).flatMap(({ file, assignment: { loop, inFunction }, target, use, isRun }) => {
    if (loop === undefined || target.index.kind !== 'name' || target.index.name !== loop.name) return [];
    const limit = constantOf(context.firmware, loop.limit, { file, inFunction })?.value;
    const elements = mostElements(use.tensors);
    if (limit === undefined || limit <= elements) return [];
    return [
      {
        file,
        at: loop.limit,
        ...severityWhere(isRun),
        message: `This loop writes ${groupDigits(limit)} elements, but the model's ${use.direction} has ${groupDigits(elements)}: what follows it in the arena is overwritten. End at ${groupDigits(elements)}.`,
      },
    ];
  });
}

function copies(context: FirmwareContext): readonly FirmwareHit[] {
  return context.firmware
    .naming('memcpy')
    .filter(namesTensorData)
    .flatMap((file) =>
      file.syntax.calls.flatMap(({ call, inFunction, start }) => {
        const [to, , length] = call.arguments;
        if (calledName(call) !== 'memcpy' || call.arguments.length !== 3 || activityAt(file, start) !== 'yes')
          return [];
        if (asksForType(file, inFunction)) return [];
        const data =
          to.kind === 'member' && to.object.kind === 'member' && to.object.name === 'data' ? to.object : undefined;
        const use = data && tensorAt(context, data.object, { file, inFunction });
        if (use === undefined) return [];
        const bytes = constantOf(context.firmware, length, { file, inFunction })?.value;
        const [{ type, shape }] = use.tensors;
        // Elements that are packed, or of no fixed size, are not what a copy is made of.
        if (bytes === undefined || use.tensors.length !== 1 || bitsPerElement[type] < 8) return [];
        const own = storedBytes(type, elementCount(shape));
        if (bytes === own) return [];
        return [
          {
            file,
            at: length,
            severity: bytes > own ? ('error' as const) : ('warning' as const),
            ...severityWhere(isNamedElsewhere(context.firmware, file, inFunction)),
            message: `This copies ${exactBytesText(bytes)}, but the model's ${use.direction} has ${exactBytesText(own)}. ${bytes > own ? 'What follows it in the arena is overwritten.' : 'The rest keeps what was there before.'} Copy ${exactBytesText(own)}.`,
          },
        ];
      }),
    );
}
