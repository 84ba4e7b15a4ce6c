import type { TemplateResult } from 'lit-html';

/** A row of tabs, of which one has its content shown. */
export interface TabList<Name extends string> {
  /** What the row is, for a screen reader. */
  readonly label: string;
  readonly selected: Name;
  readonly select: (name: Name) => void;
  readonly tabs: readonly Tab<Name>[];
}

interface Tab<Name extends string> {
  readonly name: Name;
  readonly title: unknown;
  readonly content: unknown;
}

/** What `tabs.ts` and `tabs.elements.ts` draw, each with the controls of its library. */
export type DrawTabs = <Name extends string>(list: TabList<Name>) => TemplateResult;
