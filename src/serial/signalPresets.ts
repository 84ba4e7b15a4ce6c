import type { SignalSettings } from '../protocol/serialPort';

/** How a kind of USB device takes the control lines. */
export interface SignalPreset {
  readonly vendorId: number;
  /** Absent: every product of the vendor. */
  readonly productId?: number;
  /** Levels to open with. */
  readonly signals: Required<SignalSettings>;
  /** Levels that pull the board's reset, and those after it; absent where the lines do not reach it. */
  readonly reset?: { readonly pull: Required<SignalSettings>; readonly holdMs: number };
  readonly source: string;
}

/**
 * Both off: the two transistors of Espressif's circuit leave reset and boot pins alone when both lines have the same
 * level.
 */
const releasedLines = { dtr: false, rts: false };
const espressifReset = { pull: { dtr: false, rts: true }, holdMs: 100 };
const esptool =
  'docs.espressif.com/projects/esptool, "Boot Mode Selection", Automatic Bootloader: RTS drives EN, DTR drives GPIO0';

/**
 * Kinds of devices that do not take what most do, both lines on. Native USB of Arduino, Teensy and RP2040 boards prints
 * only while DTR is on, which is the default; debug probes pass the lines on to nothing.
 */
const signalPresets: readonly SignalPreset[] = [
  { vendorId: 0x303a, signals: releasedLines, reset: espressifReset, source: esptool },
  { vendorId: 0x10c4, productId: 0xea60, signals: releasedLines, reset: espressifReset, source: esptool },
  { vendorId: 0x1a86, productId: 0x7523, signals: releasedLines, reset: espressifReset, source: esptool },
  { vendorId: 0x1a86, productId: 0x55d4, signals: releasedLines, reset: espressifReset, source: esptool },
  { vendorId: 0x0403, productId: 0x6010, signals: releasedLines, reset: espressifReset, source: esptool },
];

/** The preset of a device; nothing where the usual levels do. */
export function signalPresetOf(
  usb: { readonly vendorId: number; readonly productId: number } | undefined,
): SignalPreset | undefined {
  return signalPresets.find(
    ({ vendorId, productId }) => usb?.vendorId === vendorId && (productId === undefined || productId === usb.productId),
  );
}
