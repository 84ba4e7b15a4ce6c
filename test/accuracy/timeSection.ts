import timing from '../../src/core/estimate/timing/timing.json';
import { boardById } from '../../src/core/boards/boards';
import { median } from '../fit/statistics';
import { boardRatios } from '../fit/boardRatios';
import { coreMarkScale } from '../fit/coreMark';
import { edgemarkSamples, type EdgemarkTable } from '../fit/edgemarkSamples';
import { formulaCycles, heldOutRatios, worstOf } from '../fit/timingFormula';
import type { PublishedRow, ScaleRow } from '../fit/timingRows';
import { coreOfBoard, scaleRows } from '../fit/timingRows';
import { readSharedJson } from '../support/models';
import type { Section } from './section';
import { percent } from './section';

/** The reference board: models that were left out of the fit, by type and optimization. */
export function sameBoardSection(): Section {
  const table = readSharedJson<EdgemarkTable>('edgemark_models.json');
  const rows = Object.entries(timing.reference.fits)
    .sort(([, a], [, b]) => b.heldOutWorst - a.heldOutWorst)
    .map(([name, fit]) => ({ name, fit, worst: worstModel(table, name) }));
  const otherKernels = rows.filter(({ worst }) => worst.isOtherKernel).map(({ worst }) => worst.model);
  return {
    title: 'Milliseconds: a board that was measured, other models',
    about:
      'NUCLEO-L4R5ZI with CMSIS-NN (EdgeMark study): cycles of each model predicted by a fit that has not seen it. Instructions come from the kernel model, which saw none of these models. ' +
      'The study timed more than inferences: it copies inputs and outputs value by value, with a call of the interpreter for each (44 to 161 cycles), and prints between runs, so that code is cold (500 to 1,400 cycles a run). Both are fitted with the rest, are part of what is predicted here, and of no figure of the product.' +
      (otherKernels.length === 0
        ? ''
        : ` ${otherKernels.join(' and ')} with int16 has patches of 512 values and more, for which CMSIS-NN of that time took another kernel than the one that is counted.`),
    head: ['type and optimization', 'models', 'median', 'worst', 'worst model'],
    rows: rows.map(({ name, fit, worst }) => [
      name,
      `${fit.models}`,
      percent(fit.heldOutMedian),
      percent(fit.heldOutWorst),
      worst.model,
    ]),
  };
}

/** The model that the fits to the others of its type and optimization miss by most, such as "int8 O3". */
function worstModel(table: EdgemarkTable, name: string): { readonly model: string; readonly isOtherKernel: boolean } {
  const [type, optimization] = name.split(' ');
  const samples = edgemarkSamples(table, type === 'int16' ? 'int16x8' : type, optimization === 'Os' ? 'Os' : 'O3');
  const { model } = worstOf(heldOutRatios(samples));
  return { model, isOtherKernel: samples.some((sample) => sample.model === model && sample.isOtherKernel) };
}

/** Boards that were left out: their scale is that of the other boards with the same core, or of no board at all. */
export function otherBoardsSection(): Section {
  const rows = publishedRatios();
  const boards = [...new Set(rows.map(({ board }) => board))];
  const results = boards.map((board) => ({ board, ...leftOut(board, rows) }));
  const pooled = (isKnown: boolean): string => {
    const errors = results.filter(({ others }) => others > 0 === isKnown).flatMap((result) => result.errors);
    return `median ${percent(median(errors))}, worst ${percent(Math.max(...errors))}`;
  };
  return {
    title: 'Milliseconds: boards that were not measured',
    about:
      'Each board predicted from the other boards with its core (by the ratio of CoreMark/MHz to the reference board where there is none), against runs of engines that ran the same MLPerf Tiny models on it and on the reference board. What an engine is peculiar in with a model on the reference board is taken out as far as boards other than the one that is left out show it; of several runs of one submission with one model the fastest counts on each board. Left out: eight runs of another engine on a Cortex-M0+ (NUCLEO-G0B1RE), whose instructions nobody knows and whose ratio to a core with other instructions says nothing of TFLM. ' +
      `Boards with a core that another board has: ${pooled(true)}; others: ${pooled(false)}.`,
    head: ['board', 'core', 'other boards with this core', 'runs', 'median', 'worst'],
    rows: results
      .sort((a, b) => median(b.errors) - median(a.errors))
      .map(({ board, others, errors }) => [
        boardById(board)?.name ?? board,
        coreOfBoard(board),
        `${others}`,
        `${errors.length}`,
        percent(median(errors)),
        percent(Math.max(...errors)),
      ]),
  };
}

function publishedRatios(): readonly ScaleRow[] {
  const { mlperfTiny } = readSharedJson<{ readonly mlperfTiny: readonly PublishedRow[] }>('boards_measured.json');
  return scaleRows(mlperfTiny, (benchmark, core) => formulaCycles(benchmark, core, timing.reference.fits));
}

function leftOut(
  board: string,
  rows: readonly ScaleRow[],
): { readonly others: number; readonly errors: readonly number[] } {
  const core = coreOfBoard(board);
  const { factors: ofOthers, corrected } = boardRatios(rows.filter((row) => row.board !== board));
  const factors = [...ofOthers].filter(([other]) => coreOfBoard(other) === core).map(([, factor]) => factor);
  const withReference = core === 'cortex-m4f' ? [...factors, 1] : factors;
  const factor = withReference.length === 0 ? (coreMarkScale(core) ?? 1) : median(withReference);
  const own = rows.filter((row) => row.board === board);
  const errors = own.map((row) => Math.abs(factor / corrected(row) - 1));
  return { others: withReference.length, errors };
}
