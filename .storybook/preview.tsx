import type { Preview } from '@storybook/react-vite';
import '../packages/react/src/style.css';
import './preview.css';

const preview: Preview = {
  tags: ['autodocs'],
  parameters: {
    layout: 'fullscreen',
    a11y: { test: 'error' },
    options: {
      storySort: {
        order: [
          'Guides',
          ['Getting started', 'Anatomy', 'Theming', 'Forms', 'Before and after the upload', 'Hooks', 'Errors'],
          'Uploader',
          'Parts',
        ],
      },
    },
  },
  globalTypes: {
    theme: {
      description: 'Light or dark',
      toolbar: { icon: 'mirror', items: ['light', 'dark'], dynamicTitle: true },
    },
    network: {
      description:
        'The network of the story “Bad network”: of a real store with `npm run storybook`, made up otherwise',
      toolbar: {
        icon: 'lightning',
        title: 'Network',
        items: ['good', 'down', 'busy', 'train', 'flaky-3g', 'hotel-wifi', 'satellite', 'chaos'],
        dynamicTitle: true,
      },
    },
    direction: {
      description: 'Direction of the text',
      toolbar: { icon: 'transfer', items: ['ltr', 'rtl'], dynamicTitle: true },
    },
  },
  initialGlobals: { theme: 'light', direction: 'ltr', network: 'good' },
  decorators: [
    (Story, { globals }) => (
      <div className="stage" data-theme={String(globals['theme'])} dir={String(globals['direction'])}>
        <div className="stage-inner">
          <Story />
        </div>
      </div>
    ),
  ],
};

export default preview;
