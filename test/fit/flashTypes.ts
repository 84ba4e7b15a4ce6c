/** The fields of flash.json and flash_sections.json that are used; keys are `core|build|library|libc`. */
export interface LinkedImages {
  readonly flash: Readonly<Record<string, FlashRows>>;
  readonly sections: Readonly<Record<string, SectionRows>>;
}

export interface FlashRows {
  readonly ops: Readonly<Record<string, { readonly marginal: number }>>;
  readonly sets: readonly { readonly ops: readonly string[]; readonly flash_total: number }[];
}

export interface SectionRows {
  readonly base_flash: number;
  /** Operator to indices into `sections`. */
  readonly ops: Readonly<Record<string, readonly number[]>>;
  readonly sections: readonly (readonly [name: string, bytes: number])[];
}

export const builds = ['release', 'release_with_logs', 'release_all_Os'] as const;
export type Build = (typeof builds)[number];
