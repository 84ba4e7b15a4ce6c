import type { Report } from '../../src/core/estimate/report';

/**
 * A report with these modelled cycles for its layers OP0, OP1, … on the board "nano" at 100 kHz with an arena of 1,024
 * bytes.
 */
export function reportOf(cycles: readonly number[]): Report {
  const total = cycles.reduce((sum, value) => sum + value, 0);
  return {
    model: { path: 'model.tflite', format: 'tflite', bytes: 0, operators: cycles.length, macs: 0, parameters: 0 },
    target: {
      board: 'nano',
      clockHz: 100_000,
      runtime: 'tflm-cmsis-nn',
      tflmVersion: '90b983c2',
      optimization: 'O2',
      rounding: 'double',
    },
    arena: {
      minimumBytes: 1040,
      usedBytes: 1024,
      plannedBytes: 512,
      persistentBytes: 512,
      scratchBytes: 0,
      basis: 'exact',
    },
    latency: { cycles: total, ms: (total / 100_000) * 1000, basis: 'modelled' },
    layers: cycles.map((value, index) => ({
      index,
      graph: 0,
      position: index,
      operator: `OP${index}`,
      name: `layer${index}`,
      cycles: value,
      ms: (value / 100_000) * 1000,
    })),
    findings: [],
  };
}
