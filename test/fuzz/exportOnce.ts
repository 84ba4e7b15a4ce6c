import assert from 'node:assert/strict';
import type { AnalysisRequest } from '../../src/core/analysis/analysis';
import { exportModel } from '../../src/core/analysis/exportModel';
import { writePlan, type ExportedFile } from '../../src/core/export/exportFirmware';
import { exportStyles } from '../../src/core/export/exportStyles';
import { stampOf } from '../../src/core/firmware/exportStamp';
import { hostileNames } from './chance';

/** Exports a model in a style and under a name by its bytes; what comes out is as it promises. */
export function exportedOnce(request: AnalysisRequest, work: Parameters<typeof exportModel>[2]): unknown {
  const { bytes } = request;
  const style = exportStyles[bytes.length % exportStyles.length];
  const path = `models/${hostileNames[bytes.length % hostileNames.length]}.tflite`;
  const files = exportModel(request, { style, path }, work);
  for (const each of files) checkFile(each);
  const again = writePlan(files, (name) => files.find((file) => file.path === name)?.text);
  assert.deepEqual([again.writes, again.edited], [[], []]);
  return files;
}

function checkFile({ path, text }: ExportedFile): void {
  assert.match(path, /^[\w/.]+$/, 'a path that a name leads elsewhere');
  const [first, ...code] = text.split('\n');
  assert.ok(stampOf(text), 'a file does not know what it was made from');
  assert.match(first, /^(?:\/\/|#) .*\}$/, 'the first line goes on in the next');
  assert.doesNotMatch(code.join('\n'), /[^\n\x20-\x7e]|\*\/|\?\?\//, 'a name of the model stands in the code');
}
