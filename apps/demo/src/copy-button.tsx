import { type ReactNode, useState } from 'react';

/** Puts a text into the clipboard, and says so. */
export function CopyButton({ text }: { readonly text: string }): ReactNode {
  const [said, setSaid] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      setSaid('The browser does not let this page copy. Select the text instead.');
    }
  };
  return (
    <span className="copy">
      <span role="status" className="muted">
        {said}
      </span>
      <button type="button" className="button" onClick={() => void copy()}>
        Copy
      </button>
    </span>
  );
}
