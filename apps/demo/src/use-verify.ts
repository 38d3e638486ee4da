import { useEffect, useRef, useState } from 'react';
import { storedSha256 } from './api.ts';
import { sha256 } from './sha256.ts';

/** How far the comparison of one object is. */
export type Verification =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly percent: number }
  | { readonly state: 'identical' | 'different'; readonly picked: string; readonly stored: string }
  | { readonly state: 'stored-only'; readonly stored: string }
  | { readonly state: 'failed'; readonly message: string };

/** Compares what was picked with what is stored: the one hashed here, the other on the server. */
export function useVerify(key: string, picked: Blob | undefined): [Verification, () => Promise<void>] {
  const [verification, setVerification] = useState<Verification>({ state: 'idle' });
  const controller = useRef<AbortController>(undefined);
  useEffect(() => () => controller.current?.abort(), []);

  const verify = async (): Promise<void> => {
    controller.current?.abort();
    controller.current = new AbortController();
    const { signal } = controller.current;
    setVerification({ state: 'running', percent: 0 });
    try {
      const [stored, here] = await Promise.all([
        storedSha256(key, signal),
        picked && sha256(picked, signal, (percent) => setVerification({ state: 'running', percent })),
      ]);
      if (here === undefined) setVerification({ state: 'stored-only', stored });
      else setVerification({ state: here === stored ? 'identical' : 'different', picked: here, stored });
    } catch (error) {
      if (signal.aborted) return;
      setVerification({ state: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  };
  return [verification, verify];
}
