/** A published measurement outside MLPerf Tiny, as far as the fit needs it. */
export interface OtherRow {
  readonly group: string;
  readonly board?: string | null;
  readonly runtime?: string | null;
  readonly model?: string | null;
  readonly clock_mhz?: number | null;
  readonly latency_ms?: number | null;
}

type Formula = (model: string, core: string) => number | undefined;

/**
 * Ratios of boards that are not in the table of boards but tell something of their core: person_detect with CMSIS-NN on
 * a NUCLEO-F413ZH (Cortex-M4F). Its build flags are not known; the formula is that of -O3.
 */
export function unlistedScales(
  rows: readonly OtherRow[],
  formula: Formula,
): readonly (readonly [core: string, factor: number])[] {
  const expected = formula('tflm_person_detect', 'cortex-m4f');
  if (expected === undefined) return [];
  return personDetect(rows, 'TFLM + CMSIS-NN (mbed)')
    .filter(({ board }) => board === 'NUCLEO_F413ZH')
    .map(({ cycles }) => ['cortex-m4f', cycles / expected] as const);
}

function personDetect(
  rows: readonly OtherRow[],
  runtime: string,
): readonly { readonly board: string; readonly cycles: number }[] {
  return rows.flatMap((row) => {
    if (row.runtime !== runtime || !row.model?.includes('person_detect') || !row.clock_mhz || !row.latency_ms)
      return [];
    return [{ board: row.board ?? '', cycles: row.clock_mhz * row.latency_ms * 1000 }];
  });
}
