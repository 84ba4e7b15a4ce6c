import { boardById } from '../../src/core/boards/boards';
import { median } from './statistics';

/** A row of the published MLPerf Tiny results, as far as the fit needs it. */
export interface PublishedRow {
  readonly round: string;
  readonly organisation: string;
  readonly board: string;
  readonly accelerator: string | null;
  readonly clock_mhz: number;
  readonly framework: string | null;
  readonly benchmark: string;
  readonly latency_ms: number | null;
}

/**
 * Cycles of one model on a board over those that the reference board's formula gives with the board's own instructions.
 */
export interface ScaleRow {
  readonly board: string;
  readonly benchmark: string;
  readonly engine: string;
  readonly isTflm: boolean;
  readonly ratio: number;
}

const referenceBoard = 'nucleo_l4r5zi';

/** Names in the published results, in capitals and with dashes, by board. */
const boardNames: Readonly<Record<string, string>> = {
  'NUCLEO-L4R5ZI': referenceBoard,
  'NUCLEO-L4R5ZI-P': referenceBoard,
  'NUCLEO-H7A3ZI-Q': 'nucleo_h7a3zi_q',
  'NUCLEO-H7A3ZI': 'nucleo_h7a3zi_q',
  'DISCO-F746NG': 'stm32f746g_disco',
  'NUCLEO-U575ZI-Q': 'nucleo_u575zi_q',
  'B-U585I-IOT02A': 'b_u585i_iot02a',
  'NUCLEO-U385RG-Q': 'nucleo_u385rg_q',
  'CY8CPROTO-062-4343W': 'cy8cproto_062_4343w',
  'NUCLEO-G0B1RE': 'nucleo_g0b1re',
  'EK-RA8D1': 'renesas_ek_ra8d1',
};

/**
 * Cores without the reference board's multiplications of two values at once: what another engine executes there of what
 * it executes here is nothing that TFLM's counts could tell, and its ratio is left out.
 */
const otherInstructionSets: ReadonlySet<string> = new Set(['cortex-m0plus']);

export function coreOfBoard(board: string): string {
  const core = boardById(board)?.core;
  if (core === undefined) throw new Error(`${board} is not in the table of boards.`);
  return core;
}

type Formula = (benchmark: string, core: string) => number | undefined;

/**
 * Two kinds of evidence. TFLM on a board: its cycles over the formula. Another engine that ran the same model on this
 * board and on the reference board: the ratio of its cycles, over the ratio of TFLM's formula on the two cores, which
 * takes out that the cores run different code. Engines that drop dead channels do so on both boards.
 */
export function scaleRows(published: readonly PublishedRow[], formula: Formula): readonly ScaleRow[] {
  const rows = fastestOfEach(published.flatMap((row) => readRow(row)));
  return rows.flatMap((row) => {
    if (row.board === referenceBoard) return [];
    const core = coreOfBoard(row.board);
    const expected = formula(row.benchmark, core);
    if (expected === undefined) return [];
    if (row.isTflm) return [scaleRow(row, row.cycles / expected)];
    if (otherInstructionSets.has(core)) return [];
    const onReference = rows.filter(
      (each) => each.board === referenceBoard && each.engine === row.engine && each.benchmark === row.benchmark,
    );
    const base = formula(row.benchmark, 'cortex-m4f');
    if (onReference.length === 0 || base === undefined) return [];
    return [scaleRow(row, row.cycles / median(onReference.map(({ cycles }) => cycles)) / (expected / base))];
  });
}

/**
 * A round may hold several runs of one engine with one model on one board, up to 3.4 times apart (Bosch, round 1.2):
 * builds of the engine that nobody named. Only the fastest on each board are surely the same build.
 */
function fastestOfEach(rows: readonly ReadRow[]): readonly ReadRow[] {
  const isSame = (a: ReadRow, b: ReadRow): boolean =>
    a.board === b.board && a.benchmark === b.benchmark && a.engine === b.engine && a.round === b.round;
  return rows.filter((row, index) =>
    rows.every(
      (other, place) =>
        place === index ||
        !isSame(row, other) ||
        row.cycles < other.cycles ||
        (row.cycles === other.cycles && index < place),
    ),
  );
}

interface ReadRow {
  readonly round: string;
  readonly board: string;
  readonly benchmark: string;
  readonly engine: string;
  readonly isTflm: boolean;
  readonly cycles: number;
}

function readRow(row: PublishedRow): readonly ReadRow[] {
  const board = boardNames[row.board.toUpperCase().replaceAll('_', '-')];
  if (board === undefined || row.accelerator !== null || row.latency_ms === null) return [];
  // Lower clocks have fewer wait states: only the board's usual clock is the same machine.
  if (row.clock_mhz * 1e6 !== boardById(board)?.clockHz.value) return [];
  const framework = row.framework ?? '';
  const isTflm = /tensorflow lite|tflite/i.test(framework);
  // The first round's reference ran an older CMSIS-NN, 1.6 times as long as the later study on the same board.
  if (isTflm && row.round === 'v0.5') return [];
  // An engine is the same when its version is: rounds of one version may be joined, Bosch's changes from round to
  // round.
  const engine = /\d/.test(framework) ? majorMinor(framework) : `${framework} ${row.round}`;
  return [
    {
      round: row.round,
      board,
      benchmark: row.benchmark,
      engine,
      isTflm,
      cycles: row.latency_ms * row.clock_mhz * 1000,
    },
  ];
}

/** `X-CUBE-AI v9.0.0` and `X-CUBE-AI v9.0` are one. */
function majorMinor(framework: string): string {
  return framework.replace(/(\d+\.\d+)\.\d+\b/, '$1');
}

function scaleRow({ board, benchmark, engine, isTflm }: ReadRow, ratio: number): ScaleRow {
  return { board, benchmark, engine, isTflm, ratio };
}
