import type { FromProofPage } from '../../src/protocol/proofPage';
import type { PageEvent } from './store';

/** What the views may do: change the page, or tell the host. */
export interface Actions {
  readonly dispatch: (event: PageEvent) => void;
  readonly tell: (message: FromProofPage) => void;
  /** Has the host save the plot of the trade-off as a picture. */
  readonly savePicture: () => void;
}
