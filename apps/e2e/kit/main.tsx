/** Apps as other people write them, one for each hash of the address: `#form` unless another is named. */
import '@portage/react/style.css';
import { type ComponentType, lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { Application } from './application.tsx';
import { Elsewhere } from './elsewhere.tsx';
import { HiddenTab } from './hidden-tab.tsx';
import { Printed } from './printed.tsx';
import { Routes } from './routes.tsx';
import { SoakApp } from './soak.tsx';
import { Wizard } from './wizard.tsx';

const APPS: Readonly<Record<string, ComponentType>> = {
  '#elsewhere': Elsewhere,
  '#hidden': HiddenTab,
  '#plugins': lazy(async () => ({ default: (await import('./plugins.tsx')).Plugins })),
  // With Uppy's sources in it, which the others do without.
  '#remote': lazy(async () => ({ default: (await import('./remote.tsx')).Remote })),
  '#routes': Routes,
  '#soak': SoakApp,
  '#sources': lazy(async () => ({ default: (await import('./sources.tsx')).Sources })),
  '#wizard': Wizard,
};
const App = location.hash.startsWith('#printed/') ? Printed : (APPS[location.hash] ?? Application);

createRoot(document.getElementById('app') as HTMLElement).render(
  <StrictMode>
    <Suspense>
      <App />
    </Suspense>
  </StrictMode>,
);
