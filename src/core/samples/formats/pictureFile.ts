import { decode as decodeBmp } from 'bmp-ts';
import { decode as decodePng } from 'fast-png';
import { decode as decodeJpeg } from 'jpeg-js';
import { checkBmp, checkedPng, checkJpeg, mostMegapixels } from './pictureChecks';

/** A picture: RGB, 0 to 255, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8ClampedArray;
}

/** @throws Error of the library when the file is damaged or no picture; the caller says so for people. */
export function readPicture(bytes: Uint8Array): Picture {
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return fromPng(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return fromJpeg(bytes);
  if (bytes[0] === 0x42 && bytes[1] === 0x4d) return fromBmp(bytes);
  throw new Error('it begins like none of PNG, JPEG and BMP');
}

function fromPng(bytes: Uint8Array): Picture {
  const { width, height, data, channels, depth, palette } = decodePng(checkedPng(bytes));
  if (palette !== undefined) {
    return picture(width, height, (pixel) => palette[packedIndex(data, { pixel, width, depth })]);
  }
  const shift = depth === 16 ? 256 : 1;
  const [step, isGrey] = [channels, channels < 3];
  const full = depth < 8 ? 255 / (2 ** depth - 1) : 1;
  return picture(width, height, (pixel) => {
    if (depth < 8) return grey(packedIndex(data, { pixel, width, depth }) * full);
    const at = pixel * step;
    return isGrey ? grey(data[at] / shift) : [data[at] / shift, data[at + 1] / shift, data[at + 2] / shift];
  });
}

/** Pixels of fewer than 8 bits share bytes; every row begins with a new one. */
function packedIndex(
  data: ArrayLike<number>,
  { pixel, width, depth }: { readonly pixel: number; readonly width: number; readonly depth: number },
): number {
  if (depth >= 8) return data[pixel];
  const [row, column] = [Math.floor(pixel / width), pixel % width];
  const [perByte, bytesARow] = [8 / depth, Math.ceil((width * depth) / 8)];
  const byte = data[row * bytesARow + Math.floor(column / perByte)];
  return (byte >> (8 - depth * ((column % perByte) + 1))) & (2 ** depth - 1);
}

function fromJpeg(bytes: Uint8Array): Picture {
  checkJpeg(bytes);
  const options = {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxResolutionInMP: mostMegapixels,
  } as const;
  const { width, height, data } = decodeJpeg(bytes, options);
  return { width, height, rgb: Uint8ClampedArray.from(data) };
}

function fromBmp(bytes: Uint8Array): Picture {
  checkBmp(bytes);
  const { width, height, data } = decodeBmp(new NodeBytes(bytes) as unknown as Parameters<typeof decodeBmp>[0], {
    toRGBA: true,
  });
  return picture(width, Math.abs(height), (pixel) => [data[4 * pixel], data[4 * pixel + 1], data[4 * pixel + 2]]);
}

/** The few methods of Node's Buffer that bmp-ts reads with. */
class NodeBytes extends Uint8Array {
  readUInt8(offset: number): number {
    return this.#view(offset, 1).getUint8(0);
  }

  readUInt16LE(offset: number): number {
    return this.#view(offset, 2).getUint16(0, true);
  }

  readUInt32LE(offset: number): number {
    return this.#view(offset, 4).getUint32(0, true);
  }

  override toString(_encoding?: string, start = 0, end = this.length): string {
    return String.fromCharCode(...this.subarray(start, end));
  }

  /** Throws a RangeError beyond the end, as a Buffer does. */
  #view(offset: number, bytes: number): DataView {
    return new DataView(this.buffer, this.byteOffset + offset, bytes);
  }
}

function grey(value: number): readonly number[] {
  return [value, value, value];
}

function picture(width: number, height: number, pixel: (index: number) => readonly number[]): Picture {
  const rgb = new Uint8ClampedArray(3 * width * height);
  for (let index = 0; index < width * height; index++) rgb.set(pixel(index).slice(0, 3), 3 * index);
  return { width, height, rgb };
}
