import type { Command } from 'commander';
import { analyse } from '../core/analysis/analyse';
import { timingTables } from '../core/estimate/timing/timingTables';
import { keptCalibration, measuredTarget, measurementsOn, withoutCalibration } from '../core/measure/boardCalibration';
import { calibrate } from '../core/measure/calibrate';
import type { CalibrationErrors, CalibrationPair, CalibrationQuality } from '../core/measure/calibrate';
import { modelHash } from '../core/measure/measurement';
import type { Measurement } from '../core/measure/measurement';
import { withCalibration } from '../core/measure/storedCalibration';
import { HumanError } from '../core/model/problem';
import { percentText } from '../core/text/units';
import { changeMeasurements, measurementsPath, storedMeasurements } from './measurements';
import { requestFor } from './modelRequest';
import { tableText } from './table';
import { addTargetOptions } from './targetOptions';
import type { TargetFlags } from './targetOptions';
import { terminalLine } from '../core/text/terminalText';
import { writeLine, writeOut } from './output';

interface Flags extends TargetFlags {
  readonly forget?: boolean;
  readonly json?: boolean;
}

/** `milliwatt calibrate MODEL…`: corrects the estimates of a board by what was measured of these models on it. */
export function addCalibrate(program: Command): void {
  const command = program
    .command('calibrate')
    .description('corrects the estimates of a board by the measurements of models on it')
    .argument('<models...>');
  addTargetOptions(command)
    .option('--forget', 'instead: take the correction of the board back')
    .option('--json', 'the correction and its errors as JSON')
    .action((models: readonly string[], flags: Flags) => {
      if (flags.forget) forget(models[0], flags);
      else fit(models, flags);
    });
}

function fit(models: readonly string[], flags: Flags): void {
  const file = measurementsPath(models[0]);
  const { measurements } = storedMeasurements(file);
  const pairs = models.flatMap((path) => pairsOf(path, flags, measurements));
  if (pairs.length === 0) {
    throw new HumanError(
      'usage-calibrate',
      `${file} holds no measurement of these models on this board. Measure with "milliwatt monitor PORT --model MODEL --save".`,
    );
  }
  const outcome = calibrate(pairs);
  if (!outcome.known) throw new HumanError('usage-calibrate', outcome.reason);
  const { quality } = outcome;
  const recordedAt = new Date().toISOString();
  const calibration = keptCalibration(outcome, pairs, { tables: timingTables(), recordedAt });
  changeMeasurements(file, (before) => ({
    ...before,
    calibrations: withCalibration(before.calibrations, calibration),
  }));
  writeOut(
    flags.json
      ? `${JSON.stringify({ calibration, quality })}\n`
      : `${terminalLine(calibration.source)}\n\n${qualityText(quality)}\n`,
  );
}

/** The measurements of a model on the board, with the estimate made without any correction. */
function pairsOf(path: string, flags: Flags, measurements: readonly Measurement[]): readonly CalibrationPair[] {
  const request = { ...requestFor(path, flags), measured: undefined };
  const { report } = analyse(request);
  const hash = modelHash(request.bytes);
  return measurementsOn(measurements, report.target)
    .filter(({ model }) => model === hash)
    .map((measurement) => {
      const target = measuredTarget(request.target, measurement);
      return { report: analyse({ ...request, target }).report, measurement };
    });
}

function forget(path: string, flags: Flags): void {
  const { report } = analyse(requestFor(path, flags));
  const { board } = report.target;
  const file = measurementsPath(path);
  const { calibrations } = storedMeasurements(file);
  if (withoutCalibration(calibrations, report.target).length === calibrations.length) {
    throw new HumanError('usage-calibrate', `${file} holds no calibration of the board "${board ?? ''}".`);
  }
  changeMeasurements(file, (before) => ({
    ...before,
    calibrations: withoutCalibration(before.calibrations, report.target),
  }));
  writeLine(`The calibration of "${board ?? ''}" is taken back; the measurements are kept.`);
}

function qualityText({ layers, totals }: CalibrationQuality): string {
  const row = (
    name: string,
    before: CalibrationErrors,
    after: CalibrationErrors,
    others?: CalibrationErrors,
  ): string[] => [name, errorText(before), errorText(after), others === undefined ? '-' : errorText(others)];
  return tableText(
    [
      ['error, median (worst)', 'before', 'after', 'left out of the fit'],
      row('whole models', totals.before, totals.after, totals.leftOut),
      ...(layers === undefined ? [] : [row('layers', layers.before, layers.after, layers.leftOut)]),
    ],
    1,
  );
}

function errorText({ median, worst }: CalibrationErrors): string {
  return `${percentText(median)} (${percentText(worst)})`;
}
