import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@portage/react/style.css';
import { App } from './app.tsx';
import './demo.css';

const queryClient = new QueryClient();
const root = document.getElementById('app');
if (!root) throw new Error('index.html has no #app.');

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
