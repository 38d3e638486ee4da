import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const { PORTAGE_API_URL = 'http://127.0.0.1:4600', PORTAGE_DEMO_PORT = '4500' } = process.env;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // Portage's packages are used from their sources: nothing has to be built first.
  resolve: { conditions: ['@portage/source', 'module', 'browser', 'development|production'] },
  // Found late, in our sources and in the worker: without this the page reloads in the middle of its first visit.
  optimizeDeps: {
    include: [
      'hash-wasm',
      '@portage/react > @tanstack/react-query',
      '@portage/react > @tanstack/react-virtual',
      '@portage/react > thumbhash',
      '@portage/react > @uppy/core',
      '@portage/react > @uppy/core/utils',
      '@portage/react > @uppy/react',
      '@portage/uppy > @uppy/aws-s3',
    ],
  },
  worker: { format: 'es' },
  server: {
    host: '127.0.0.1',
    port: Number(PORTAGE_DEMO_PORT),
    strictPort: false,
    // One origin for the page and the upload API; the store is another, as in production.
    proxy: { '/api': { target: PORTAGE_API_URL } },
  },
});
