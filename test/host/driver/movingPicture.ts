import { decode } from 'fast-png';
import { encode } from 'modern-gif';

/** Colours of a frame: a window has few, and each doubling makes the file a third larger. */
const mostColours = 64;

/** Long enough to read what has changed. */
const secondsOfShot = 2.5;

/** PNG files of one size, one after the other, again and again, as a GIF. */
export async function movingPicture(shots: readonly Uint8Array[]): Promise<Uint8Array> {
  const frames = shots.map((png) => ({ ...opaquePixels(png), delay: secondsOfShot * 1000 }));
  const [{ width, height }] = frames;
  return new Uint8Array(await encode({ width, height, maxColors: mostColours, frames }));
}

/** Red, green, blue and 255 of each pixel: what an encoder of GIF takes. */
function opaquePixels(png: Uint8Array): { width: number; height: number; data: Uint8ClampedArray } {
  const { width, height, channels, data } = decode(png);
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) pixels[4 * pixel + channel] = data[pixel * channels + channel];
  }
  return { width, height, data: pixels };
}
