import { joinBytes } from '../../model/values/join';
import { Unzlib } from 'fflate';

/**
 * Checks of pictures before a decoder sees them: decoders take memory for what a header claims, so that a header may
 * claim no more than its file can hold.
 */

/** Pixels of a picture, in millions, above which it is refused. */
export const mostMegapixels = 100;

/** What is unpacked at a time: deflate makes at most 1,032 bytes of one. */
const packedBytesAtOnce = 16 * 1024;

/** Chunks of a PNG that its pixels need; others (profiles, texts, animations) are left out, packed ones among them. */
const neededChunks: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

/** Samples of a pixel by a PNG's colour type. */
const pngChannels: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);

/**
 * A PNG of the chunks alone that its pixels need. @throws Error where it is damaged, or its pixels are not those that
 * its header names.
 */
export function checkedPng(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Uint8Array[] = [bytes.subarray(0, 8)];
  const packed: Uint8Array[] = [];
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const end = at + 12 + length;
    if (end > bytes.length) throw new Error('it is cut short');
    if (neededChunks.has(name)) chunks.push(bytes.subarray(at, end));
    if (name === 'IDAT') packed.push(bytes.subarray(at + 8, end - 4));
    at = end;
  }
  if (bytes.length < 33 || String.fromCharCode(...bytes.subarray(12, 16)) !== 'IHDR')
    throw new Error('it has no header');
  checkPixels(view.getUint32(16), view.getUint32(20));
  checkUnpacked(packed, pngBytes(view));
  return joinBytes(chunks);
}

/** Bytes of a PNG's pixels before they are packed, with a byte in front of each row. */
function pngBytes(view: DataView): number {
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [depth, channels] = [view.getUint8(24), pngChannels.get(view.getUint8(25))];
  if (channels === undefined || ![1, 2, 4, 8, 16].includes(depth)) throw new Error('its header is damaged');
  if (view.getUint8(28) === 0) return height * rowBytes(width, depth * channels);
  // Seven passes of Adam7: where each begins and how far its pixels lie apart (PNG specification, 8.2).
  const passes = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ];
  return passes.reduce((sum, [x, y, stepX, stepY]) => {
    const [columns, rows] = [Math.ceil((width - x) / stepX), Math.ceil((height - y) / stepY)];
    return columns <= 0 || rows <= 0 ? sum : sum + rows * rowBytes(columns, depth * channels);
  }, 0);
}

function rowBytes(width: number, bitsOfPixel: number): number {
  return 1 + Math.ceil((width * bitsOfPixel) / 8);
}

/** Unpacks piece by piece, keeps nothing, and stops at the first byte too many. */
function checkUnpacked(packed: readonly Uint8Array[], expected: number): void {
  let unpacked = 0;
  const stream = new Unzlib((piece) => {
    unpacked += piece.length;
    if (unpacked > expected) throw new Error('more is packed in it than its header names');
  });
  packed.forEach((part, index) => {
    for (let at = 0; at < part.length; at += packedBytesAtOnce) {
      const isLast = index === packed.length - 1 && at + packedBytesAtOnce >= part.length;
      stream.push(part.subarray(at, at + packedBytesAtOnce), isLast);
    }
  });
  if (unpacked !== expected) throw new Error('it is cut short');
}

/** @throws Error where a JPEG names more pixels than its bytes can hold: a bit at least for each block of 64. */
export function checkJpeg(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 <= bytes.length;) {
    if (bytes[at] !== 0xff) throw new Error('it is damaged');
    const marker = bytes[at + 1];
    if (isStartOfFrame(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      checkPixels(width, height);
      if (width * height > bytes.length * 512) throw new Error('it is cut short');
      return;
    }
    // Fill bytes may stand before a marker, and these have no length.
    if (marker === 0xff) at += 1;
    else at += 2 + (hasNoLength(marker) ? 0 : view.getUint16(at + 2));
  }
  throw new Error('it has no header');
}

function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function hasNoLength(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

/** @throws Error where a BMP is packed, or has fewer bytes than its rows take. */
export function checkBmp(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 54) throw new Error('it has no header');
  const [start, width, height] = [view.getUint32(10, true), view.getInt32(18, true), Math.abs(view.getInt32(22, true))];
  const [bits, compression] = [view.getUint16(28, true), view.getUint32(30, true)];
  checkPixels(width, height);
  // Bit fields (3) are no compression; run lengths (1, 2) would make pictures of any size of a few bytes.
  if (compression !== 0 && compression !== 3) throw new Error('it is packed: convert it to PNG');
  if (![1, 4, 8, 16, 24, 32].includes(bits)) throw new Error('its header is damaged');
  const row = Math.ceil((width * bits) / 32) * 4;
  if (start + row * height > bytes.length) throw new Error('it is cut short');
}

function checkPixels(width: number, height: number): void {
  if (width <= 0 || height <= 0) throw new Error('it has no pixels');
  if (width * height > mostMegapixels * 1e6) throw new Error(`it has more than ${mostMegapixels} megapixels`);
}
