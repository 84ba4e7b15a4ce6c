import {
  provideVSCodeDesignSystem,
  TextField,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodePanels,
  vsCodePanelTab,
  vsCodePanelView,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

/**
 * Registers the controls that the pages use, under names of our own:
 *
 * - `mw-button`: a click; attributes `appearance="secondary"`, `disabled`; its text is its name unless
 *   `aria-label` is set
 * - `mw-checkbox`: property `checked`, attributes `checked` and `name`; tells `change`
 * - `mw-text-field`: property `value`, attributes `placeholder` and `aria-label`; tells `input`
 * - the rows of tabs of `tabs.ts`
 *
 * The only file that knows the toolkit, whose repository is archived. `controls.elements.ts` does the same with a kept
 * library; which of the two a build takes is one line of `build.mjs`.
 */
export function registerControls(): void {
  keepNames();
  provideVSCodeDesignSystem()
    .withPrefix('mw')
    .register(vsCodeButton(), vsCodeCheckbox(), vsCodePanels(), vsCodePanelTab(), vsCodePanelView(), vsCodeTextField());
}

/** As a text field is connected, the toolkit calls it `Text field`, whatever `aria-label` says: a reader hears that. */
function keepNames(): void {
  // The element itself is passed on.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { connectedCallback } = TextField.prototype;
  TextField.prototype.connectedCallback = function (this: TextField): void {
    const name = this.getAttribute('aria-label');
    connectedCallback.call(this);
    if (name !== null) this.setAttribute('aria-label', name);
  };
}
