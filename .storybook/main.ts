import type { StorybookConfig } from '@storybook/react-vite';
import remarkGfm from 'remark-gfm';
import { liveStore } from './live-store.ts';
import { propTables } from './props.ts';

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['./welcome.mdx', '../packages/react/docs/*.mdx', '../packages/react/src/**/*.stories.tsx'],
  addons: [
    {
      name: '@storybook/addon-docs',
      // Without it, tables of guides are lines of bars.
      options: { mdxPluginOptions: { mdxCompileOptions: { remarkPlugins: [remarkGfm] } } },
    },
    '@storybook/addon-a11y',
  ],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  // See props.ts.
  typescript: { reactDocgen: false },
  // Packages are shown from their sources: nothing has to be built first.
  viteFinal: async (vite, { configType }) => ({
    ...vite,
    // A built Storybook has no server: what needs one says so.
    plugins: [...(vite.plugins ?? []), propTables(), ...(configType === 'DEVELOPMENT' ? [await liveStore()] : [])],
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
