import type { FirmwareEvent } from '../events';
import { noEvents } from '../parser';
import type { Dialect, LineParser } from '../parser';

const decimal = /^[+-]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})(?:[eE][+-]?\d{1,2})?$/;
const columnName = /^[A-Za-z_][\w .()%°µ/[\]-]{0,39}$/;
const longestLine = 1000;
const mostColumns = 64;
/** Rows that do not fit the header before it is forgotten. */
const patience = 64;

/**
 * Comma-separated values with a header: the header's names become series when rows of as many numbers follow. Rows
 * without a header are the Arduino plotter's.
 */
export const csvPlot: Dialect = {
  id: 'csv-plot',
  describes: 'Comma-separated values under a header line',
  create,
};

function create(): LineParser {
  let names: readonly string[] | undefined;
  let linesLeft = 0;
  const feed = (line: string): readonly FirmwareEvent[] => {
    if (!line.includes(',') || line.length > longestLine) return passOver();
    const cells = line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    if (cells.length > mostColumns) return passOver();
    if (names !== undefined && cells.length === names.length && cells.every((cell) => decimal.test(cell))) {
      linesLeft = patience;
      return [rowOf(names, cells)];
    }
    if (cells.length > 1 && cells.every((cell) => columnName.test(cell))) {
      names = cells;
      linesLeft = patience;
      return noEvents;
    }
    return passOver();
  };
  const passOver = (): readonly FirmwareEvent[] => {
    if (names !== undefined && (linesLeft -= 1) <= 0) names = undefined;
    return noEvents;
  };
  return { id: 'csv-plot', feed };
}

function rowOf(names: readonly string[], cells: readonly string[]): FirmwareEvent {
  const samples = cells.map((cell, column) => ({ series: names[column], value: Number(cell) }));
  return { type: 'plot-samples', dialect: 'csv', samples };
}
