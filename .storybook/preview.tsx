import type { Decorator, Preview } from '@storybook/react-vite';
import { arabic } from '../packages/react/src/locales/ar.ts';
import { german } from '../packages/react/src/locales/de.ts';
import { spanish } from '../packages/react/src/locales/es.ts';
import { french } from '../packages/react/src/locales/fr.ts';
import { japanese } from '../packages/react/src/locales/ja.ts';
import { portuguese } from '../packages/react/src/locales/pt.ts';
import { chinese } from '../packages/react/src/locales/zh.ts';
import { anew } from '../packages/react/src/stories/anew.tsx';
import { StoryStrings } from '../packages/react/src/stories/story-strings.ts';
import type { Strings } from '../packages/react/src/text/strings.ts';
import { DocsPage, type Tables, ThemedDocs } from './docs-page.tsx';
import { propsOf } from './props-table.tsx';
import '../packages/react/src/style.css';
import '../packages/react/src/stories/themes.css';
import '../packages/react/src/stories/unstyled.css';
import './preview.css';

/** The stylesheet's own look, or the class that makes another one. */
const LOOKS = { portage: '', shadcn: 'theme-shadcn', tailwind: 'theme-tailwind', unstyled: 'story-unstyled' } as const;

const LANGUAGES: Readonly<Record<string, Strings | undefined>> = {
  ...{ en: undefined, ar: arabic, de: german, es: spanish, fr: french, ja: japanese, pt: portuguese, zh: chinese },
};

const staged: Decorator = (Story, { globals, viewMode }) => {
  const { theme, language, look } = globals as Readonly<Record<string, string>>;
  // Also for what is not inside: the top layer, and the page's own background.
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
  else if (viewMode !== 'docs') delete document.documentElement.dataset['theme'];
  return (
    <div
      className="stage"
      data-view={viewMode}
      lang={language}
      dir={language === 'ar' ? 'rtl' : 'ltr'}
      data-look={look}
    >
      <div className={`stage-inner ${LOOKS[look as keyof typeof LOOKS] ?? ''}`}>
        <StoryStrings value={LANGUAGES[language ?? 'en']}>
          <Story />
        </StoryStrings>
      </div>
    </div>
  );
};

type Icon = 'mirror' | 'globe' | 'paintbrush';

/** A choice in the toolbar, which shows what is chosen. */
const choice = (description: string, icon: Icon, titles: Readonly<Record<string, string>>) => ({
  description,
  toolbar: {
    icon,
    items: Object.entries(titles).map(([value, title]) => ({ value, title })),
    dynamicTitle: true,
  },
});

const preview: Preview = {
  tags: ['autodocs'],
  parameters: {
    layout: 'fullscreen',
    a11y: { test: 'error' },
    // The toolbar chooses what is behind.
    backgrounds: { disable: true },
    docs: { page: DocsPage, container: ThemedDocs },
    options: {
      storySort: {
        order: [
          'Welcome',
          'Guides',
          ['Getting started', 'Anatomy', 'Theming', 'Forms', 'Before and after the upload', 'Hooks', 'Errors'],
          'Uploader',
          'Layouts',
          'Parts',
          'Recipes',
          'Hooks',
          'Diagnostics',
          'With Uppy',
        ],
      },
    },
  },
  globalTypes: {
    theme: choice('Light or dark', 'mirror', { system: 'System', light: 'Light', dark: 'Dark' }),
    language: choice('Language', 'globe', {
      ...{ en: 'English', ar: 'العربية', de: 'Deutsch', es: 'Español' },
      ...{ fr: 'Français', ja: '日本語', pt: 'Português', zh: '中文' },
    }),
    look: choice('Look', 'paintbrush', {
      ...{ portage: 'Portage', shadcn: 'shadcn', tailwind: 'Tailwind', unstyled: 'Unstyled' },
    }),
  },
  initialGlobals: { theme: 'system', language: 'en', look: 'portage' },
  // What a control changes is said where it is a prop.
  argTypesEnhancers: [
    ({ argTypes, parameters }) => {
      const { props = {} } = parameters as Tables;
      const known = new Map(
        Object.values(props)
          .flat()
          .flatMap(propsOf)
          .map((prop) => [prop.name, prop] as const),
      );
      return Object.fromEntries(
        Object.entries(argTypes).map(([name, type]) => [name, { description: known.get(name)?.says ?? '', ...type }]),
      );
    },
  ],
  decorators: [anew, staged],
};

export default preview;
