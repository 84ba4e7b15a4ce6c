import type { PortSettings, SignalSettings } from '../protocol/serialPort';

/** A kind of thing that bytes come from and go to: a serial port, a socket, a file. */
export interface SerialSource {
  readonly id: string;
  /** What people type for it. */
  readonly addressForm: string;
  /** What it is, for people. */
  readonly describes: string;
  matches(address: string): boolean;
  /** @throws {HumanError} with what to do, when it cannot be opened. */
  open(request: OpenRequest): Promise<OpenPort>;
}

export interface OpenRequest {
  readonly address: string;
  readonly settings: PortSettings;
  readonly listener: PortListener;
}

/** Told of what happens to an open port. Nothing is told before `open` resolves, nor after `close` was called. */
export interface PortListener {
  /** The bytes belong to the listener. */
  received(bytes: Uint8Array): void;
  /** The port closed by itself. */
  ended(end: PortEnd): void;
}

export interface PortEnd {
  /** `lost`: the device or the peer went away and may come back. `finished`: there is no more, ever. */
  readonly kind: 'lost' | 'finished';
  /** Why, where more is known than that. */
  readonly reason?: string;
}

/** An open port. */
export interface OpenPort {
  /** Resolves when the system has taken the bytes. @throws {HumanError} when it does not. */
  write(bytes: Uint8Array): Promise<void>;
  /** Sets the control lines; absent where there are none. @throws {HumanError} */
  setSignals?(signals: Required<SignalSettings>): Promise<void>;
  /**
   * Stops reading for a while, or goes on: the device waits meanwhile, as far as it can. Absent where bytes come at
   * their own pace.
   */
  setFlowing?(isFlowing: boolean): void;
  /** Gives everything back; never fails, and may be called again. */
  close(): Promise<void>;
}
