import { toNodeHandler } from '@portage/server/node';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** While developing, the page's server is the upload server, too. */
const uploadServer: Plugin = {
  name: 'upload-server',
  apply: 'serve',
  async configureServer({ middlewares }) {
    const { uploads } = await import('./server/uploads.ts');
    middlewares.use('/api/uploads', toNodeHandler(uploads));
  },
};

export default defineConfig({ plugins: [react(), uploadServer] });
