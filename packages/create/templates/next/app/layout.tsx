import type { ReactNode } from 'react';
import '@portage/react/style.css';

export const metadata = { title: 'Uploads' };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
