import type { StorybookConfig } from '@storybook/react-vite';
import { liveStore } from './live-store.ts';

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../packages/react/docs/*.mdx', '../packages/react/src/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  // Packages are shown from their sources: nothing has to be built first.
  viteFinal: async (vite, { configType }) => ({
    ...vite,
    // A built Storybook has no server: what needs one says so.
    plugins: [...(vite.plugins ?? []), ...(configType === 'DEVELOPMENT' ? [await liveStore()] : [])],
    build: {
      ...vite.build,
      rolldownOptions: {
        ...vite.build?.rolldownOptions,
        // "use client" says something to servers only; a bundle for the browser loses it, and a warning for each file says so.
        onwarn: (warning, warn) => {
          if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
        },
      },
    },
    resolve: {
      ...vite.resolve,
      conditions: ['@portage/source', 'module', 'browser', 'development|production'],
    },
  }),
};

export default config;
