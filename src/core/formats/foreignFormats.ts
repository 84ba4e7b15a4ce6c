import { isKerasFile, readKerasFile } from '../keras/files/kerasFile';
import { isOnnx } from '../onnx/onnxModel';
import { readOnnx } from '../onnx/reader';
import type { Codec } from './codec';
import { addCodecs } from './formats';
import { trainedModel } from './keras/reader';
import { modelsInProgram, readProgramModel } from './kerasSource/reader';
import { foreignKinds, type FormatId } from './kinds';
import { isSavedModel, readSavedModel } from './savedModel/reader';
import { isTensorFlowJs, readTensorFlowJs } from './tensorFlowJs/reader';

/** One folder for each format, one line here, one entry in `formatKinds`. */
const codecs: Readonly<Record<(typeof foreignKinds)[number], Codec>> = {
  kerasSource: { match: () => false, read: readProgramModel, find: modelsInProgram },
  keras: {
    match: ({ bytes }) => isKerasFile(bytes),
    read: ({ bytes }) => trainedModel(() => readKerasFile(bytes), 'keras'),
  },
  tensorFlowJs: {
    match: isTensorFlowJs,
    read: (source) => trainedModel(() => readTensorFlowJs(source), 'tensorFlowJs'),
  },
  savedModel: { match: isSavedModel, read: (source) => trainedModel(() => readSavedModel(source), 'savedModel') },
  onnx: {
    match: ({ bytes }) => isOnnx(bytes),
    read: ({ bytes, siblings }) => readOnnx(bytes, siblings),
  },
};

/** Makes the formats known that training writes, and programs. */
export function addForeignFormats(): void {
  addCodecs(new Map<FormatId, Codec>(foreignKinds.map((id) => [id, codecs[id]])));
}
