/**
 * What a value may do that a folder brings whose owner the user does not trust (VS Code's Restricted Mode).
 * `shown`: it chooses from tables or is a number that figures are made with; it changes what is shown, nothing else.
 * `compared`: a path that is compared with those of models that the user opens, and is never followed.
 * `ignored`: it would reach a pattern, a path, a port, a log or a program; the user's own value or the default holds.
 */
type WhenUntrusted = 'shown' | 'compared' | 'ignored';

/** Every setting `milliwatt.*`; the editor is told of those that are ignored in `restrictedConfigurations`. */
export const settingTrust = {
  board: 'shown',
  runtime: 'shown',
  tflmVersion: 'shown',
  optimization: 'shown',
  clockHz: 'shown',
  arenaRegion: 'shown',
  weightsRegion: 'shown',
  resourceVariableSlots: 'shown',
  overheads: 'shown',
  budgets: 'shown',
  rules: 'shown',
  annotations: 'shown',
  'conversion.numbers': 'shown',
  'conversion.inputType': 'shown',
  'conversion.outputType': 'shown',
  'conversion.batch': 'shown',
  'conversion.withKeras': 'shown',
  'codeLens.enabled': 'shown',
  'calibration.maxSamples': 'shown',
  tfjsNodePath: 'ignored',
  'quantize.method': 'shown',
  'quantize.activations': 'shown',
  'quantize.io': 'shown',
  'onnx.layout': 'shown',
  'monitor.baudRate': 'ignored',
  'monitor.timestamps': 'shown',
  'monitor.lineEnding': 'ignored',
  'monitor.uploadPatterns': 'ignored',
  'monitor.autoLog': 'ignored',
  'monitor.logFolder': 'ignored',
  'monitor.logRotateMegabytes': 'ignored',
  'monitor.restoreConnections': 'ignored',
  'firmware.elf': 'ignored',
  'firmware.addr2line': 'ignored',
  'firmware.updateArrays': 'ignored',
  'firmware.updateExports': 'ignored',
} as const satisfies Readonly<Record<string, WhenUntrusted>>;

export type SettingKey = keyof typeof settingTrust;

/** Every key of `milliwatt.json`, those of a list with `[]`; a key of an object holds for all that is in it. */
export const projectTrust = {
  $schema: 'shown',
  board: 'shown',
  runtime: 'shown',
  target: 'shown',
  budgets: 'shown',
  dutyCycle: 'shown',
  overheads: 'shown',
  inputStages: 'shown',
  rules: 'shown',
  conversion: 'shown',
  'models[].path': 'compared',
  'models[].sources': 'ignored',
  'models[].array': 'shown',
  'models[].calibration': 'ignored',
  'models[].labels': 'ignored',
  'models[].board': 'shown',
  'models[].runtime': 'shown',
  'models[].target': 'shown',
  'models[].budgets': 'shown',
  'models[].conversion': 'shown',
  'models[].values': 'shown',
  power: 'shown',
} as const satisfies Readonly<Record<string, WhenUntrusted>>;

export type ProjectKey = keyof typeof projectTrust;
