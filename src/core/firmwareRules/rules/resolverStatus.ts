import type { AddedOperator } from '../../firmware/join/resolvers';
import type { TextEdit } from '../../model/problem';
import { replacing, textAt } from '../edits';
import { servingResolvers } from '../operators';
import type { FirmwareRule } from '../rule';

/** Operators of which all but the first are added only when adding failed. */
export const resolverChained: FirmwareRule = {
  code: 'firmware-operators-chained',
  severity: 'error',
  documentation: 'Adds are chained so that after the first one that succeeds no other is called.',
  find: (context) =>
    servingResolvers(context).flatMap(({ resolver, needed, isSure }) => {
      const chained = resolver.adds.filter(({ use }) => use === 'chained');
      const statements = [...new Set(chained.map(({ statement }) => statement.start))];
      return statements.map((start) => {
        const adds = chained.filter(({ statement }) => statement.start === start);
        const isNeeded = isSure && adds.some(({ kind = '' }) => needed.includes(kind));
        return {
          file: adds[0].file,
          at: adds[0],
          severity: isNeeded ? ('error' as const) : ('warning' as const),
          message: `Once the add before it succeeds, ${adds.map(({ method }) => method).join(', ')} ${adds.length === 1 ? 'is' : 'are'} not called: kTfLiteOk is 0. Join the adds so that all of them run.`,
          fixes: [
            { title: 'Join the adds so that all of them run', isPreferred: true, edits: adds.flatMap(jointEdits) },
          ],
        };
      });
    }),
};

/** The last `&&` or `||` before an add, turned around. */
function jointEdits({ file, statement, start }: AddedOperator): readonly TextEdit[] {
  const before = textAt(file, { start: statement.start, end: start });
  const at = Math.max(before.lastIndexOf('&&'), before.lastIndexOf('||'));
  if (at < 0) return [];
  const extent = { start: statement.start + at, end: statement.start + at + 2 };
  return [replacing(file, extent, before.startsWith('&&', at) ? '||' : '&&')];
}

/** Adds whose status nobody looks at. */
export const resolverStatus: FirmwareRule = {
  code: 'firmware-add-status-dropped',
  severity: 'hint',
  documentation: 'The status of adding an operator is dropped, so that a full resolver is only noticed later.',
  find: (context) =>
    servingResolvers(context).flatMap(({ resolver }) => {
      const dropped = resolver.adds.filter(({ use }) => use === 'dropped');
      if (dropped.length === 0) return [];
      const [{ file, receiver }] = dropped;
      const edits = dropped.map(checkedEdit).filter((edit) => edit !== undefined);
      const title = 'Look at the status of every add';
      return [
        {
          file,
          at: receiver ?? dropped[0],
          message: `The status of ${dropped.length} ${dropped.length === 1 ? 'add' : 'adds'} is dropped: where the resolver is full, only AllocateTensors() fails, with another message. Look at it.`,
          fixes: edits.length === dropped.length ? [{ title, edits }] : [],
        },
      ];
    }),
};

/** In a function that gives a status or nothing; others are left to their author. */
function checkedEdit({ file, inFunction, statement, start, end }: AddedOperator): TextEdit | undefined {
  const home = inFunction === undefined ? undefined : file.syntax.functions[inFunction];
  if (home === undefined) return undefined;
  const type = textAt(file, { start: home.start, end: home.nameExtent.start });
  const call = textAt(file, { start, end });
  if (/\bTfLiteStatus\s*$/.test(type)) return replacing(file, statement, `TF_LITE_ENSURE_STATUS(${call});`);
  return /\bvoid\s*$/.test(type) ? replacing(file, statement, `if (${call} != kTfLiteOk) return;`) : undefined;
}
