import type { OperatorCard, TensorCard } from '../core/analysis/analysis';
import type { OfferedChange } from '../core/compress/offerActions';
import type { ArenaDetail, Finding, Report } from '../core/estimate/report';

/** Webview to host. */
export type FromModelEditor =
  /** The page runs and listens: the host answers with the whole state. */
  | { readonly type: 'ready' }
  /** Shows the listing, at the line of `layer` (index into the report's layers) when given. */
  | { readonly type: 'openListing'; readonly layer?: number }
  | { readonly type: 'pickBoard' }
  | { readonly type: 'pickRuntime' }
  /** Runs the action `action` of the finding at `finding` in `state.findings`. */
  | { readonly type: 'applyAction'; readonly finding: number; readonly action: number }
  /** Does what `state.offers` shows: the offer `offer` of the layer, or of the model without one. */
  | { readonly type: 'applyOffer'; readonly layer?: number; readonly offer: number }
  | { readonly type: 'explainRule'; readonly code: string }
  | { readonly type: 'runCommand'; readonly command: ModelEditorCommand };

/** What a button of the page may run; the host maps each to its command, nothing else can be run from the page. */
export type ModelEditorCommand =
  | 'compareWithHead'
  | 'compareModels'
  | 'copyReport'
  | 'createProject'
  | 'exportFirmware'
  | 'openSettings'
  | 'refresh'
  | 'showLog';

/** Host to webview. */
type ToModelEditor =
  /** Replaces everything that is shown. */
  | { readonly type: 'state'; readonly state: ModelEditorState }
  /** Brings the row of a layer into view and selects it. */
  | { readonly type: 'reveal'; readonly layer: number };

export interface FromModelEditorDirection {
  readonly messages: FromModelEditor;
  readonly replies: object;
}

export interface ToModelEditorDirection {
  readonly messages: ToModelEditor;
  readonly replies: object;
}

/** The whole state of one model editor. */
export interface ModelEditorState {
  readonly fileName: string;
  /** `loading`: no report yet. `failed`: no report, `error` says why. `ready`: there is a report (see `stale`). */
  readonly status: 'loading' | 'ready' | 'failed';
  /** True while the report is of an older content or target: a newer one is being computed, or failed (`error`). */
  readonly stale: boolean;
  /** A complete sentence for people. */
  readonly error?: string;
  readonly report?: Report;
  readonly arenaDetail?: ArenaDetail;
  /** In the order of the report's layers. */
  readonly operators?: readonly OperatorCard[];
  readonly tensors?: readonly TensorCard[];
  readonly findings: readonly FindingView[];
  /** What compressions of the model and of its layers would bring. */
  readonly offers: readonly OfferView[];
}

/** One thing that can be done, with what it brings; what cannot be done says why. */
export interface OfferView {
  readonly title: string;
  readonly isPossible: boolean;
  /** Absent while it is estimated, and of what cannot be done. */
  readonly brings?: OfferedChange;
  /** Whole sentences: why it cannot be done. */
  readonly why?: string;
  /** Counts the offers of the same layer, or of the model. */
  readonly offer: number;
  /** Index into the report's layers; absent for the model as a whole. */
  readonly layer?: number;
}

/**
 * A finding with what can be done about it: the light bulb's actions without the offers, which stand elsewhere.
 */
export interface FindingView extends Finding {
  readonly actions: readonly ActionView[];
  /** Whether offers of the model or of its layers are among what helps. */
  readonly hasOffers: boolean;
}

interface ActionView {
  readonly title: string;
  /** Counts all actions of the finding. */
  readonly action: number;
}
