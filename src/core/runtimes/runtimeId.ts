/** Name of a runtime in settings, `milliwatt.json` and JSON output. */
export type RuntimeId = 'tflm-reference' | 'tflm-cmsis-nn' | 'tflm-esp-nn';
