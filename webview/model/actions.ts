import type { FromModelEditor } from '../../src/protocol/modelEditor';
import type { PageEvent } from './store';

/** What the views may do: change the page, or tell the host. */
export interface Actions {
  readonly dispatch: (event: PageEvent) => void;
  readonly tell: (message: FromModelEditor) => void;
}
