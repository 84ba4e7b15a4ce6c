import type { PortSettings } from '../protocol/serialPort';

/** Commands of the client (RFC 2217, section 3); a server's answer has 100 more. */
export const comPort = {
  signature: 0,
  setBaudRate: 1,
  setDataSize: 2,
  setParity: 3,
  setStopSize: 4,
  setControl: 5,
} as const;

export const parities: Readonly<Record<PortSettings['parity'], number>> = {
  none: 1,
  odd: 2,
  even: 3,
  mark: 4,
  space: 5,
};
export const stopSizes: Readonly<Record<PortSettings['stopBits'], number>> = { 1: 1, 2: 2, 1.5: 3 };
export const flowControls: Readonly<Record<PortSettings['flowControl'], number>> = {
  none: 1,
  software: 2,
  hardware: 3,
};
