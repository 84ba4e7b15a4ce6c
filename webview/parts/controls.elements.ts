import { VscodeButton } from '@vscode-elements/elements/dist/vscode-button/vscode-button.js';
import { VscodeCheckbox } from '@vscode-elements/elements/dist/vscode-checkbox/vscode-checkbox.js';
import { VscodeTabHeader } from '@vscode-elements/elements/dist/vscode-tab-header/vscode-tab-header.js';
import { VscodeTabPanel } from '@vscode-elements/elements/dist/vscode-tab-panel/vscode-tab-panel.js';
import { VscodeTabs } from '@vscode-elements/elements/dist/vscode-tabs/vscode-tabs.js';
import { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/vscode-textfield.js';
import { css } from 'lit';

/**
 * The controls of `controls.ts`, made of VSCode Elements. Colours and sizes stand at the element itself, where the
 * style sheets of the pages set them, and its parts take them over.
 */
export function registerControls(): void {
  customElements.define('mw-button', Button);
  customElements.define('mw-checkbox', Checkbox);
  customElements.define('mw-text-field', TextField);
  customElements.define('mw-panels', class extends VscodeTabs {});
  customElements.define('mw-panel-tab', PanelTab);
  customElements.define('mw-panel-view', PanelView);
}

class Button extends VscodeButton {
  static override styles = [
    VscodeButton.styles,
    css`
      :host {
        display: inline-flex;
        box-sizing: border-box;
        color: var(--vscode-button-foreground);
        background: var(--vscode-button-background);
        border: 1px solid var(--button-border, var(--vscode-button-border, transparent));
        border-radius: 2px;
      }
      :host(:hover) {
        background: var(--vscode-button-hoverBackground);
      }
      :host([appearance='secondary']) {
        color: var(--vscode-button-secondaryForeground);
        background: var(--vscode-button-secondaryBackground);
      }
      :host([appearance='secondary']:hover) {
        background: var(--vscode-button-secondaryHoverBackground);
      }
      :host(:focus-visible) {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: 2px;
      }
      .base,
      :host(:hover) .base,
      :host(:focus) .base,
      :host([disabled]:hover) .base,
      :host([disabled]:focus) .base {
        padding: 0 10px;
        color: inherit;
        background: none;
        border: none;
        outline: none;
      }
    `,
  ];

  override update(changed: Parameters<VscodeButton['update']>[0]): void {
    super.update(changed);
    this.ariaDisabled = String(this.disabled);
  }
}

class Checkbox extends VscodeCheckbox {
  static override styles = [
    VscodeCheckbox.styles,
    css`
      .label-inner.empty {
        padding-left: 0;
      }
    `,
  ];
}

class TextField extends VscodeTextfield {
  static override styles = [
    VscodeTextfield.styles,
    css`
      :host {
        width: auto;
      }
      .root,
      input {
        color: var(--vscode-input-foreground);
        background: var(--vscode-input-background);
        border-radius: 2px;
      }
      .root {
        height: 26px;
        border-color: var(--vscode-input-border, var(--vscode-dropdown-border, transparent));
      }
    `,
  ];

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'aria-label'];
  }

  /** The name goes to the field within, which is what a screen reader meets. */
  override attributeChangedCallback(name: string, old: string, value: string): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'aria-label') this.label = value;
  }
}

class PanelTab extends VscodeTabHeader {
  static override styles = [
    VscodeTabHeader.styles,
    css`
      .wrapper {
        margin-right: 32px;
        padding: 4px 0;
        color: var(--vscode-panelTitle-inactiveForeground);
      }
    `,
  ];
}

class PanelView extends VscodeTabPanel {
  static override styles = [
    VscodeTabPanel.styles,
    css`
      :host([hidden]) {
        display: none;
      }
    `,
  ];
}
