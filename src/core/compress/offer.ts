import type { Model } from '../model/model';
import type { Place } from './costs';

/** What offers are made for: a model, and where it would run. */
export interface OfferSubject extends Place {
  readonly model: Model;
}

/** Totals of a model on a target, as titles compare them. Absent: not known. */
export interface Totals {
  readonly arenaBytes?: number;
  readonly flashBytes?: number;
  readonly instructions?: number;
  readonly cycles?: number;
  readonly ms?: number;
  readonly macs: number;
}

/**
 * What a compression would bring, computed from the graph alone before anything runs. A title never guesses: `title` is
 * whole and final, for instance "Quantize to int8: RAM 51.2 -> 13.4 KB, 3.8x faster on Nano 33 BLE".
 */
export type Offer =
  | {
      readonly possible: true;
      /** Stable: which compression with which options. */
      readonly id: string;
      readonly title: string;
      /** Absent where TFLM refuses the source. */
      readonly before?: Totals;
      readonly after: Totals;
      /** Layer (index into the report's layers) that the offer is about; absent for the whole model. */
      readonly layer?: number;
    }
  | {
      readonly possible: false;
      readonly id: string;
      /** "Why not quantize to int8?" */
      readonly title: string;
      /** A complete sentence. */
      readonly reason: string;
      readonly layer?: number;
    };

/** Told now and then while a compression works. */
export interface Progress {
  /** "Calibrating", "Fine-tuning": the stage, as people read it. */
  readonly stage: string;
  /** 0 to 1 within the whole work. */
  readonly share: number;
  /** One more point of a live curve. */
  readonly curve?: { readonly series: string; readonly x: number; readonly y: number };
}
