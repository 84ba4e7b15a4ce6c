import { exactBytesText } from '../text/units';
import type { Rule } from './rule';

/** Model, kernels and interpreter together are larger than the flash. */
export const flashOver: Rule = {
  code: 'flash-over',
  severity: 'error',
  documentation:
    'The model file, the kernels it pulls in and the interpreter must fit into the flash that the board leaves to an application.',
  find: ({ estimate: { report } }) => {
    const { flash, budget } = report;
    if (flash === undefined || budget?.flashBytes === undefined || flash.totalBytes <= budget.flashBytes) return [];
    const missing = exactBytesText(flash.totalBytes - budget.flashBytes);
    const [source, wanted] =
      budget.flashSource === undefined
        ? ['', 'a board with more flash']
        : [`${budget.flashSource} `, 'a larger part of flash, or a board with more'];
    return [
      {
        message:
          `Model and runtime take ${exactBytesText(flash.totalBytes)} of flash, ${missing} more than the ${exactBytesText(budget.flashBytes)} there are; ` +
          `${exactBytesText(flash.modelBytes)} of them are the model. ${source}Quantize or prune it, or choose ${wanted}.`,
      },
    ];
  },
};
