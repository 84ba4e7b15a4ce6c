/** A part of the flash of Espressif's chips that a table sets aside. */
export interface Partition {
  readonly name: string;
  /** It holds a program. */
  readonly isApp: boolean;
  /** As written: `factory`, `ota_0`, `spiffs`, `0x99`. */
  readonly subtype: string;
  readonly bytes: number;
}
