/** A sound of a WAV file: its first channel, -1 to 1. */
export interface Sound {
  readonly samples: Float32Array;
  /** Samples a second. */
  readonly hertz: number;
}

/** How one sample is stored. */
interface Encoding {
  readonly bytes: number;
  readonly read: (view: DataView, at: number) => number;
}

interface Format {
  readonly encoding: Encoding;
  readonly channels: number;
  readonly hertz: number;
}

const integerPcm = 1;
const floatPcm = 3;
const extensible = 0xfffe;

/** What other numbers of the registry of WAVE formats (RFC 2361) stand for, of those that recorders write. */
const compressedFormats: ReadonlyMap<number, string> = new Map([
  [2, 'ADPCM'],
  [6, 'A-law'],
  [7, 'mu-law'],
  [0x11, 'IMA ADPCM'],
  [0x55, 'MP3'],
]);

/** By format and bits. 8-bit samples have no sign: 128 is silence. */
const encodings: ReadonlyMap<string, Encoding> = new Map([
  [`${integerPcm} 8`, { bytes: 1, read: (view, at) => (view.getUint8(at) - 128) / 128 }],
  [`${integerPcm} 16`, { bytes: 2, read: (view, at) => view.getInt16(at, true) / 32768 }],
  [
    `${integerPcm} 24`,
    { bytes: 3, read: (view, at) => (view.getInt8(at + 2) * 65536 + view.getUint16(at, true)) / 8388608 },
  ],
  [`${integerPcm} 32`, { bytes: 4, read: (view, at) => view.getInt32(at, true) / 2147483648 }],
  [`${floatPcm} 32`, { bytes: 4, read: (view, at) => view.getFloat32(at, true) }],
  [`${floatPcm} 64`, { bytes: 8, read: (view, at) => view.getFloat64(at, true) }],
]);

/**
 * Reads a WAV file that is not compressed: integers of 8 to 32 bits, floats of 32 and 64. Source: Multimedia
 * Programming Interface and Data Specifications 1.0 (RIFF WAVE), and Microsoft's WAVEFORMATEXTENSIBLE.
 * @throws Error that says what is wrong; the caller says so for people.
 */
export function readWave(bytes: Uint8Array): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 12 || textAt(view, 0) !== 'RIFF' || textAt(view, 8) !== 'WAVE') {
    throw new Error('it does not begin as one');
  }
  let format: Format | undefined;
  for (let at = 12; at + 8 <= view.byteLength;) {
    const [name, bytesOfChunk] = [textAt(view, at), view.getUint32(at + 4, true)];
    const start = at + 8;
    if (name === 'fmt ') format = formatOf(view, start, bytesOfChunk);
    if (name === 'data') return soundOf(view, { start, claimed: bytesOfChunk }, format);
    // Chunks begin at even places.
    at = start + bytesOfChunk + (bytesOfChunk % 2);
  }
  throw new Error('it has no samples');
}

function formatOf(view: DataView, start: number, bytesOfChunk: number): Format {
  if (bytesOfChunk < 16 || start + bytesOfChunk > view.byteLength) throw new Error('it ends within its header');
  const stated = view.getUint16(start, true);
  const isExtensible = stated === extensible && bytesOfChunk >= 26;
  // The first two bytes of an extensible format's identifier are a number of the same registry.
  const code = isExtensible ? view.getUint16(start + 24, true) : stated;
  const channels = view.getUint16(start + 2, true);
  const hertz = view.getUint32(start + 4, true);
  const bits = view.getUint16(start + 14, true);
  const encoding = encodings.get(`${code} ${bits}`);
  if (encoding === undefined)
    throw new Error(`it holds ${compressedFormats.get(code) ?? `format ${code}`} of ${bits} bits`);
  if (channels === 0 || hertz === 0) throw new Error('its header names no channel or no rate');
  return { encoding, channels, hertz };
}

function soundOf(
  view: DataView,
  { start, claimed }: { readonly start: number; readonly claimed: number },
  format: Format | undefined,
): Sound {
  if (format === undefined) throw new Error('its samples come before its header');
  const { encoding, channels, hertz } = format;
  const there = view.byteLength - start;
  // Recorders that were stopped, or that write to a pipe, leave the size open.
  const isOpen = claimed === 0 || claimed === 0xffffffff;
  if (!isOpen && claimed > there) throw new Error('it ends within its samples');
  const stride = encoding.bytes * channels;
  const length = Math.floor((isOpen ? there : claimed) / stride);
  const samples = Float32Array.from({ length }, (_, index) => encoding.read(view, start + index * stride));
  return { samples, hertz };
}

function textAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));
}
