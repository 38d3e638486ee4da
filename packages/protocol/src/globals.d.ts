// What the protocol uses of the web's standards beside the language itself: how to read text. Declared here in full, so
// that nothing else of the DOM or of Node can be reached from this floor.

interface TextDecoder {
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}

declare const TextDecoder: { new (label?: string, options?: { fatal?: boolean }): TextDecoder };

declare const DecompressionStream: {
  new (
    format: 'gzip',
  ): {
    readonly writable: {
      getWriter(): { write(bytes: Uint8Array): Promise<void>; close(): Promise<void> };
    };
    readonly readable: {
      getReader(): {
        read(): Promise<{ done: false; value: Uint8Array } | { done: true; value?: undefined }>;
        cancel(): Promise<void>;
      };
    };
  };
};
