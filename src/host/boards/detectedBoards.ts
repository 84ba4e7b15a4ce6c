import type { Disposable } from '../disposables';

/** A board that answers on a port of this machine. */
export interface DetectedBoard {
  /** Id in the table of boards. */
  readonly board: string;
  /** Where it was seen: `/dev/ttyACM0`. */
  readonly port: string;
}

/** Knows which boards are plugged in; the board picker lists them first. */
export interface DetectedBoards {
  list(): Promise<readonly DetectedBoard[]>;
  onDidChange(listener: () => void): Disposable;
}
