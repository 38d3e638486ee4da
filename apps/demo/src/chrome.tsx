import type { ReactNode } from 'react';

export function Header(): ReactNode {
  return (
    <header className="header">
      <h1>
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="9" />
          <path d="M16 22V9m-6 6 6-6 6 6M9 25h14" />
        </svg>
        Portage
      </h1>
      <p>Uploads that finish. In parallel parts, straight into the store, and checked when they are there.</p>
    </header>
  );
}

export function Footer(): ReactNode {
  return (
    <footer className="footer">
      <p>
        A demo on your own machine: the store is a mock S3 server that keeps its objects on this disk. Nothing leaves
        this computer.
      </p>
    </footer>
  );
}
