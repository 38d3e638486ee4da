import type { ReactNode } from 'react';
import type { Verification } from './use-verify.ts';

/** The outcome of a comparison, as a sentence and both hashes. */
export function VerifyResult({ verification, name }: { verification: Verification; name: string }): ReactNode {
  return (
    <div role="status" className="verify" data-state={verification.state}>
      {content(verification, name)}
    </div>
  );
}

function content(verification: Verification, name: string): ReactNode {
  switch (verification.state) {
    case 'idle':
      return null;
    case 'running':
      return (
        <>
          <p>Comparing every byte…</p>
          <progress aria-label={`Verifying ${name}`} max={100} value={verification.percent} />
        </>
      );
    case 'identical':
      return (
        <>
          <p>
            <strong>Identical.</strong> What is stored is what you picked, to the last byte.
          </p>
          <Hash label="SHA-256" value={verification.stored} />
        </>
      );
    case 'different':
      return (
        <>
          <p>
            <strong>Different.</strong> What is stored is not what you picked.
          </p>
          <Hash label="Picked" value={verification.picked} />
          <Hash label="Stored" value={verification.stored} />
        </>
      );
    case 'stored-only':
      return (
        <>
          <p>This file was not picked in this visit, so there is nothing to compare it with.</p>
          <Hash label="Stored" value={verification.stored} />
        </>
      );
    case 'failed':
      return (
        <p>
          <strong>Not verified.</strong> {verification.message}
        </p>
      );
  }
}

function Hash({ label, value }: { label: string; value: string }): ReactNode {
  return (
    <p className="hash">
      <span>{label}</span> <code>{value}</code>
    </p>
  );
}
