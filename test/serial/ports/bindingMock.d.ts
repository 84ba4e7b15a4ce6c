/** The package has types that its `exports` hide. Only what the port suite uses. */
declare module '@serialport/binding-mock' {
  import type { BindingInterface, BindingPortInterface } from '@serialport/bindings-interface';

  interface MockPort extends BindingPortInterface {
    /** What was written to it. */
    readonly recording: Buffer;
    emitData(data: Buffer): void;
  }

  export const MockBinding: BindingInterface<MockPort> & {
    reset(): void;
    createPort(path: string, options?: { readonly record?: boolean }): void;
  };
}
