import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useState } from 'react';
import { Uploader } from '../components/uploader.tsx';
import { arabic } from '../locales/ar.ts';
import { german } from '../locales/de.ts';
import { spanish } from '../locales/es.ts';
import { french } from '../locales/fr.ts';
import { japanese } from '../locales/ja.ts';
import { portuguese } from '../locales/pt.ts';
import { chinese } from '../locales/zh.ts';
import type { Strings } from '../text/strings.ts';
import code from './code/uploader.tsx?raw';
import { has, inTurn, says } from './play.ts';
import { EVERY_STATE } from './scenes.ts';
import { scriptedUnfinished } from './scripted-unfinished.ts';
import { createScene } from './scripted-uploads.ts';
import './themes.css';

interface Args {
  /** Class of an ancestor that sets the variables. */
  readonly theme?: string;
  readonly strings?: Strings;
}

const DAY = 86_400_000;

function Themed({ theme, strings }: Args): ReactNode {
  const [{ uppy }] = useState(() =>
    createScene(EVERY_STATE, {
      unfinished: scriptedUnfinished([{ name: 'film.mp4', size: 1_200_000_000, age: DAY, oneClick: true }]),
    }),
  );
  const isArabic = strings?.locale === 'ar';
  return (
    <div className={theme} lang={strings?.locale} dir={isArabic ? 'rtl' : undefined}>
      <Uploader uppy={uppy} strings={strings} />
    </div>
  );
}

/** Restyled by variables, and in other languages: for tests, since the toolbar has both for every story. */
const meta = {
  title: 'Uploader/Themes and languages',
  component: Themed,
  tags: ['!dev', '!autodocs'],
  parameters: { docs: { source: { code } } },
} satisfies Meta<typeof Themed>;

export default meta;
type Story = StoryObj<typeof meta>;

const inLanguage = (strings: Strings): Story => ({
  args: { strings },
  play: inTurn(
    says(strings.status.complete),
    says(strings.errors['no-progress'].title),
    says(strings.unfinishedTitle(1)),
  ),
});

export const Tailwind: Story = { args: { theme: 'theme-tailwind' }, play: has('.portage-item', 9) };
export const Shadcn: Story = { args: { theme: 'theme-shadcn' }, play: has('.portage-item', 9) };
export const German: Story = inLanguage(german);
export const French: Story = inLanguage(french);
export const Spanish: Story = inLanguage(spanish);
export const Portuguese: Story = inLanguage(portuguese);
export const Japanese: Story = inLanguage(japanese);
export const Chinese: Story = inLanguage(chinese);
export const Arabic: Story = inLanguage(arabic);
