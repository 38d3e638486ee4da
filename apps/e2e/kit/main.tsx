/** Apps as other people write them, one for each hash of the address: `#form` unless another is named. */
import '@portage/react/style.css';
import { type ComponentType, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ActionForm } from './action-form.tsx';
import { Application } from './application.tsx';
import { HiddenTab } from './hidden-tab.tsx';
import { Routes } from './routes.tsx';
import { Wizard } from './wizard.tsx';

const APPS: Readonly<Record<string, ComponentType>> = {
  '#action': ActionForm,
  '#hidden': HiddenTab,
  '#routes': Routes,
  '#wizard': Wizard,
};
const App = APPS[location.hash] ?? Application;

createRoot(document.getElementById('app') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
