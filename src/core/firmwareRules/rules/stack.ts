import type { Variable } from '../../firmware/join/scopes';
import { variableBytes } from '../../firmware/join/constants';
import type { FileFix } from '../../model/problem';
import { exactBytesText } from '../../text/units';
import { arenaArrays } from '../arrays';
import { inserting } from '../edits';
import { isKept, isOnStack, returns } from '../lifetimes';
import type { FirmwareRule, ModelPairing } from '../rule';

/** An arena that is a local variable. */
export const arenaOnStack: FirmwareRule = {
  code: 'firmware-arena-on-stack',
  severity: 'warning',
  documentation: 'The tensor arena lies on the stack, which is a few kilobytes on most boards.',
  find: (context) =>
    arenaArrays(context)
      .filter(isOnStack)
      .map((array) => {
        const bytes = variableBytes(context.firmware, array, array);
        const text = bytes === undefined ? '' : ` with ${exactBytesText(bytes)}`;
        return {
          file: array.file,
          at: array.variable.nameExtent,
          message: `${array.variable.name} lies on the stack${text}: it overflows without a message where the stack is smaller. Write static.`,
          fixes: bytes === undefined ? [] : [staticFix(array)],
        };
      }),
};

/** What a static interpreter keeps an address of, and what ends with the function that made it. */
export const resolverDangles: FirmwareRule = {
  code: 'firmware-resolver-dangles',
  severity: 'error',
  documentation: 'The resolver ends with the function that makes it, but the interpreter that keeps it does not.',
  find: ({ pairings }) =>
    pairings
      .filter((pairing) => pairing.activity === 'yes' && pairing.isResolverSure && outlives(pairing))
      .flatMap(({ file, interpreter, resolvers: [resolver] }) => {
        const { variable } = resolver;
        if (variable === undefined || resolver.file !== file || !returns(resolver)) return [];
        if (!isOnStack({ file, variable }) || variable.inFunction !== interpreter.inFunction) return [];
        return [
          {
            file,
            at: variable.nameExtent,
            message: `${variable.name} ends with this function, but the interpreter keeps its address and uses it in Invoke(). Write static.`,
            fixes: [staticFix({ file, variable })],
          },
        ];
      }),
};

/** An interpreter on the stack whose address is kept. */
export const interpreterDangles: FirmwareRule = {
  code: 'firmware-interpreter-dangles',
  severity: 'error',
  documentation: 'The address of an interpreter on the stack is kept beyond the function that it ends with.',
  find: ({ pairings }) =>
    pairings.flatMap(({ file, activity, interpreter: { home, variable, inFunction } }) => {
      if (activity !== 'yes' || home !== 'stack' || variable === undefined || !returns({ file, inFunction })) return [];
      const taken = file.syntax.assignments.find(
        ({ value, inFunction: at }) =>
          at === inFunction &&
          value.kind === 'unary' &&
          value.operator === '&' &&
          value.operand.kind === 'name' &&
          value.operand.name === variable.name &&
          isKept(file, value, inFunction),
      );
      if (taken === undefined) return [];
      return [
        {
          file,
          at: variable.nameExtent,
          message: `${variable.name} ends with this function, but its address is kept. Write static.`,
          fixes: [staticFix({ file, variable })],
        },
      ];
    }),
};

function outlives({ file, interpreter }: ModelPairing): boolean {
  const { home, inFunction } = interpreter;
  if (home === 'static') return true;
  return (home === 'heap' || home === 'placed') && isKept(file, interpreter, inFunction);
}

function staticFix({ file, variable }: Variable): FileFix {
  return {
    title: `Make ${variable.name} static`,
    isPreferred: true,
    edits: [inserting(file, variable.start, 'static ')],
  };
}
