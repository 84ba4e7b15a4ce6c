/** What the user chose, before it is resolved against the tables. All keys optional: absent takes the default. */
export interface TargetChoice {
  readonly board?: string;
  readonly runtime?: string;
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
  /** Where each choice came from, by key ("milliwatt.json", "setting", "command line"). */
  readonly origins?: Readonly<Record<string, string>>;
}

export interface BudgetChoice {
  readonly ramBytes?: number;
  /** A sentence on where that comes from, if nobody chose it. */
  readonly ramSource?: string;
  readonly flashBytes?: number;
  /** A sentence on where what follows comes from, which nobody chose. */
  readonly flashSource?: string;
  /** What the model's bytes alone may have, beside a program that is linked already. */
  readonly modelFlashBytes?: number;
  /** Of the part of flash that is set aside for the whole program. Absent: all that the board has. */
  readonly programFlashBytes?: number;
  readonly latencyMs?: number;
  readonly averageMilliwatts?: number;
  readonly inferencesPerSecond?: number;
  readonly power?: PowerChoice;
}

/** What the user measured on the own board, and the battery. */
export interface PowerChoice {
  readonly activeMilliamps?: number;
  readonly sleepMicroamps?: number;
  readonly supplyVolts?: number;
  readonly batteryMilliampHours?: number;
  readonly batteryVolts?: number;
}
