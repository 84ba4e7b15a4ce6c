/** How a port is set up. Sources that are no serial port (a socket, a file) use what they can. */
export interface PortSettings {
  readonly baudRate: number;
  readonly dataBits: 5 | 6 | 7 | 8;
  readonly parity: 'none' | 'even' | 'odd' | 'mark' | 'space';
  readonly stopBits: 1 | 1.5 | 2;
  readonly flowControl: 'none' | 'hardware' | 'software';
  /**
   * Levels that the control lines are given on opening: many boards print nothing without DTR, some are reset by it.
   */
  readonly dtr: boolean;
  readonly rts: boolean;
}

/** Levels of the control lines; an absent one stays as it is. */
export interface SignalSettings {
  readonly dtr?: boolean;
  readonly rts?: boolean;
}

export type LineEnding = 'none' | 'lf' | 'cr' | 'crlf';

/** The bytes of each line ending, as text. */
export const lineEndings: Readonly<Record<LineEnding, string>> = { none: '', lf: '\n', cr: '\r', crlf: '\r\n' };

/** Rates that are usual; any other may be asked for. */
export const usualBaudRates: readonly number[] = [
  300, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 74_880, 115_200, 230_400, 250_000, 460_800, 500_000, 921_600,
  1_000_000, 1_500_000, 2_000_000,
];

export const defaultPortSettings: PortSettings = {
  baudRate: 115_200,
  dataBits: 8,
  parity: 'none',
  stopBits: 1,
  flowControl: 'none',
  dtr: true,
  rts: true,
};

/**
 * Where a connection stands.
 * - `closed`: the user closed it, or a replay is over.
 * - `opening`: being opened for the first time.
 * - `open`: bytes flow.
 * - `waiting`: the device went away; it is opened again as soon as the same device is back.
 * - `released`: given to another program (an upload); taken back when that is done, or by the user.
 * - `failed`: could not be opened, and is not tried again.
 */
export interface ConnectionState {
  readonly phase: 'closed' | 'opening' | 'open' | 'waiting' | 'released' | 'failed';
  /**
   * Why, in a whole sentence with the next step: present for `waiting`, `released`, `failed`, and for `closed` where it
   * has a reason.
   */
  readonly message?: string;
  /** Levels of the control lines now; absent where the source has none or refuses to set them. */
  readonly signals?: { readonly dtr: boolean; readonly rts: boolean };
}
