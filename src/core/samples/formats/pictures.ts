import { HumanError } from '../../model/problem';
import type { ReadingRequest, SampleFile, SampleFormat, SampleInput, Scaling } from '../reading';
import { fileName, inputElements, scaleByte, soleInput, takenIndices, takenRemark } from '../reading';
import { labelsOfFolders } from '../folderLabels';
import type { Picture } from './pictureFile';
import { readPicture } from './pictureFile';
import { cropPicture, resizePicture } from './resize';

/**
 * Damaged pictures are left out while they are at most this part of all; more means that something is wrong with the
 * folder.
 */
const mostDamagedShare = 0.05;

/** A folder of pictures, one sample each, in the order of their names. */
export const pictures: SampleFormat = {
  name: 'pictures',
  endings: ['.png', '.jpg', '.jpeg', '.bmp'],
  hasFileEach: true,
  read(request) {
    const input = soleInput(request, 'a folder of pictures');
    const size = sizeOf(input, request);
    const { fit = 'stretch', scaling = '0..1', source, only } = request.options;
    const files = takenIndices(request.files.length, request.options).map((index) => request.files[index]);
    const { read, damaged } = readAll(files, request);
    const elements = inputElements(input);
    const values = new Float32Array(read.length * elements);
    read.forEach(({ picture }, index) => {
      const shaped = resizePicture(fit === 'crop' ? cropPicture(picture, size) : picture, size);
      values.set(channelsOf(shaped.rgb, size.channels, scaling), index * elements);
    });
    const labelled = labelsOfFolders(read.map(({ file }) => file.path));
    const how = fit === 'crop' ? 'their middle cut out and resized' : 'resized';
    return {
      source: `${countText(read.length)} of ${source}, ${how} to ${size.width} x ${size.height}, scaled to ${scaling}`,
      isSynthetic: false,
      count: read.length,
      inputs: [values],
      names: read.map(({ file }) => fileName(file.path)),
      ...(labelled && { labels: labelled.labels }),
      remarks: [
        ...(only === undefined ? takenRemark(request.files.length, files.length) : []),
        ...(labelled?.remarks ?? []),
        ...damaged.map(({ file, reason }) => `${file.path} was left out: it is damaged (${reason}).`),
      ],
    };
  },
};

interface DamagedPicture {
  readonly file: SampleFile;
  readonly reason: string;
}

function readAll(files: readonly SampleFile[], { options }: ReadingRequest) {
  const read: { readonly file: SampleFile; readonly picture: Picture }[] = [];
  const damaged: DamagedPicture[] = [];
  for (const file of files) {
    try {
      read.push({ file, picture: readPicture(file.bytes) });
    } catch (error) {
      damaged.push({ file, reason: reasonOf(error) });
    }
  }
  if (damaged.length > Math.max(1, mostDamagedShare * files.length) || read.length === 0) {
    const [{ file, reason }] = damaged;
    throw new HumanError(
      'samples-damaged',
      `${options.source}: ${damaged.length} of ${files.length} pictures cannot be read, the first being ${file.path} (${reason}). Remove what is no picture.`,
    );
  }
  return { read, damaged };
}

function sizeOf({ name, shape }: SampleInput, { options }: ReadingRequest) {
  const [, height, width, channels] = shape;
  if (shape.length === 4 && (channels === 1 || channels === 3)) return { height, width, channels };
  throw new HumanError(
    'samples-shape',
    `${options.source}: the input "${name}" has the shape [${shape.join(',')}], which is no picture of 1 or 3 channels. Give .npy arrays instead.`,
  );
}

/** Luma of grey pictures after ITU-R BT.601. */
function channelsOf(rgb: Float32Array, channels: number, scaling: Scaling): Float32Array {
  if (channels === 3) return rgb.map((value) => scaleByte(value, scaling));
  return Float32Array.from({ length: rgb.length / 3 }, (_, pixel) =>
    scaleByte(0.299 * rgb[3 * pixel] + 0.587 * rgb[3 * pixel + 1] + 0.114 * rgb[3 * pixel + 2], scaling),
  );
}

function countText(files: number): string {
  return files === 1 ? '1 picture' : `${files} pictures`;
}

/** What a library says of a file; what it throws where it did not see the damage is no word for people. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) return 'it is damaged';
  return error.message.replace(/\.$/, '');
}
